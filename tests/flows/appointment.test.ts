// The time of a visit in conversation: chosen by button, number or free words, moved, called off, and left to a person when it is too soon.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Query, SlotView, VisitView } from '../../src/flow.ts'
import { mail, sms, Talk } from '../support/talk.ts'

const at = (text: string): number => Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Berlin').epochMilliseconds
const slot = (text: string): SlotView => ({ engineer: 'kim', from: at(text), until: at(text) + 3_600_000 })
const visit: VisitView = {
  workOrder: 'wo_1',
  round: 0,
  ticket: 'R-0000000',
  subject: 'Treadmill',
  appointment: null,
  mayChange: true,
  windows: [],
  inspection: null,
}
const free = [slot('2026-03-04T09:00'), slot('2026-03-05T16:00'), slot('2026-03-06T16:30')]
const args = { workOrder: 'wo_1', reason: 'new', ticket: 'R-0000000' }
const thursday = '4 March at 09:00'

let talk: Talk
let asked: Extract<Query, { kind: 'slots' }>[]
function begin(talking: Talk, more: Partial<VisitView> = {}): void {
  talk = talking
  asked = []
  talk.visits = [{ ...visit, ...more }]
  talk.slots = (query) => {
    asked.push(query)
    const within = free.filter(({ from, until }) => query.windows.some((window) => Date.parse(window.from) <= from && until <= Date.parse(window.until)))
    const later = free.filter(({ from }) => from > (query.after ?? 0))
    return query.windows.length === 0 ? { slots: later, fits: true } : within.length > 0 ? { slots: within, fits: true } : { slots: free.slice(1), fits: false }
  }
}
beforeEach(() => begin(new Talk({ abilities: sms })))
const offer = (more = args) => talk.turn({ kind: 'question', question: { flow: 'appointment', args: more } })

describe('a time for a visit', () => {
  it('is chosen by its number', async () => {
    const said = await offer()
    expect(said).toContain('When shall we come')
    expect(said).toContain(`[1] Wednesday ${thursday}`)
    expect(said).toContain('[4] Other times')
    expect(talk.did('offer_slots')).toHaveLength(1)
    expect(await talk.say('2')).toContain('One moment, we book Thursday 5 March at 16:00')
    expect(talk.did('choose_slot')).toEqual([{ do: 'choose_slot', workOrder: 'wo_1', round: 0, engineer: 'kim', from: at('2026-03-05T16:00') }])
    expect(talk.memory.flows).toEqual([])
  })

  it('is chosen by a button, and by mail the booking alone is told', async () => {
    begin(new Talk({ abilities: mail }))
    await offer()
    expect(await talk.press(`kim@${at('2026-03-06T16:30')}`)).toBe('')
    expect(talk.did('choose_slot')).toMatchObject([{ from: at('2026-03-06T16:30') }])
  })

  it('is found by free words: not before four, Thursday or Friday', async () => {
    await offer()
    const said = await talk.say('Not before four, Thursday or Friday please')
    expect(said).toContain('at a time you wished for')
    expect(said).toContain('[1] Thursday 5 March at 16:00')
    expect(said).toContain('[2] Friday 6 March at 16:30')
    expect(said).not.toContain(thursday)
    await talk.say('the second one')
    expect(talk.did('choose_slot')).toMatchObject([{ from: at('2026-03-06T16:30') }])
  })

  it('that was wished for in the request is proposed straight away', async () => {
    begin(new Talk(), { windows: [{ from: new Date(at('2026-03-05T14:00')).toISOString(), until: new Date(at('2026-03-05T18:00')).toISOString() }] })
    const said = await offer()
    expect(said).toContain('at a time you wished for')
    expect(said).toContain('[1] Thursday 5 March at 16:00')
  })

  it('nobody has is answered with the nearest, and says so', async () => {
    await offer()
    const said = await talk.say('Saturday morning')
    expect(said).toContain('nobody is free')
    expect(said).toContain('[1] Thursday 5 March at 16:00')
  })

  it('is looked for further on, asked for in words, or left for later', async () => {
    await offer()
    await talk.say('4')
    expect(asked.at(-1)).toMatchObject({ after: at('2026-03-06T16:30'), windows: [] })
    expect(talk.last?.say[0]?.text).toContain('There are no others')
    expect(await talk.say('Saturday')).toContain('nobody is free')
    expect(await talk.say('later')).toContain('Write to us any time')
    expect(talk.memory.flows).toEqual([])
  })

  it('that somebody else took is asked for anew, and so is one that was missed', async () => {
    await offer()
    await talk.say('1')
    expect(await offer({ ...args, reason: 'taken' })).toContain('a moment faster')
    talk.minutes(31)
    expect(await offer({ ...args, reason: 'missed' })).toContain('did not meet you')
  })

  it('is for a person where none is free', async () => {
    talk.slots = () => ({ slots: [], fits: true })
    expect(await offer()).toContain('A person from our team')
    expect(talk.did('open_task')).toHaveLength(1)
  })

  it('is not asked for any more once the visit is over', async () => {
    talk.visits = []
    expect(await offer()).toBe('')
    expect(talk.memory.flows).toEqual([])
  })

  it('is asked in Chinese where that is spoken', async () => {
    begin(new Talk({ settings: { language: 'zh' } }))
    expect(await offer()).toContain('我们什么时候上门')
    expect(await talk.say('周四下午四点以后可以')).toContain('可以在您希望的时间上门')
    expect(asked.at(-1)?.windows).not.toEqual([])
  })

  it('gives way to another wish, and comes back after a side question', async () => {
    await offer()
    await talk.say('My washing machine leaks water onto the floor')
    expect(talk.did('open_ticket')).toHaveLength(1)
  })
})

describe('an appointment', () => {
  const agreed = { from: at('2026-03-05T16:00'), engineer: 'Kim' }

  it('is moved by the customer’s word, into the time they name', async () => {
    begin(new Talk(), { appointment: agreed })
    const said = await talk.say('Can we move the appointment to Friday after four?')
    expect(asked).toHaveLength(1)
    expect(said).toContain('[1] Friday 6 March at 16:30')
    await talk.say('1')
    expect(talk.did('choose_slot')).toMatchObject([{ from: at('2026-03-06T16:30') }])
  })

  it('is called off after one question, or kept, or moved', async () => {
    begin(new Talk(), { appointment: agreed })
    expect(await talk.say('Please cancel the appointment')).toContain('Shall we call off the visit on Thursday 5 March at 16:00')
    await talk.press('keep')
    expect(talk.did('call_off')).toEqual([])
    await talk.say('Please cancel the appointment')
    await talk.press('off')
    expect(talk.did('call_off')).toMatchObject([{ workOrder: 'wo_1', round: 0 }])
    expect(talk.did('open_task')).toHaveLength(1)
    await talk.say('Please cancel the appointment')
    expect(await talk.press('move')).toContain('When shall we come')
  })

  it('that is too soon to be changed is for a person', async () => {
    begin(new Talk(), { appointment: agreed, mayChange: false })
    expect(await talk.say('Please cancel the appointment')).toContain('very soon')
    expect(talk.did('open_task')).toHaveLength(1)
    expect(talk.did('call_off')).toEqual([])
  })

  it.each(["I won't be home then", 'Sorry, I cannot make it', '那天我不在家', '我来不了'])(
    'that does not suit any more, as in "%s", is moved, and too late for that it is for a person',
    async (words) => {
      begin(new Talk(), { appointment: agreed })
      expect(await talk.say(words)).toMatch(/When shall we come|什么时候上门/)
      begin(new Talk(), { appointment: agreed, mayChange: false })
      expect(await talk.say(words)).toMatch(/very soon|很近了/)
      expect(talk.did('open_task')).toHaveLength(1)
    },
  )

  it('stands whatever day is spoken of beside it', async () => {
    begin(new Talk(), { appointment: agreed })
    await talk.say('On Monday my neighbour has the key')
    expect(talk.did('offer_slots')).toEqual([])
  })

  it('of several is asked which', async () => {
    begin(new Talk(), { appointment: agreed })
    talk.visits.push({ ...visit, workOrder: 'wo_2', ticket: 'R-0000001', subject: 'Washer', appointment: agreed })
    expect(await talk.say('Please cancel the appointment')).toContain('Which visit')
    await talk.press('wo_2')
    await talk.press('off')
    expect(talk.did('call_off')).toMatchObject([{ workOrder: 'wo_2' }])
  })
})
