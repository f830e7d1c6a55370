// "You reported this already: is it the same?" Asked of the customer about what is theirs; what they say decides, nothing is guessed.
import { describe, expect, it } from 'vitest'
import { mail, Talk, type TalkOptions } from '../support/talk.ts'

const report = "My T5 stops with E03, SN KP-20391, we're at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits"
async function reported(words = report, options: TalkOptions = {}): Promise<Talk> {
  const talk = new Talk(options)
  await talk.say(words)
  if (talk.memory.asked.some(({ value }) => value === 'confirm')) await talk.press('confirm')
  talk.minutes(60)
  return talk
}
/** The same customer on another channel. */
const elsewhere = (talk: Talk, options: TalkOptions = {}): Talk => new Talk({ with: talk, ...options })

describe('a report of what the customer has reported already, on another channel', () => {
  it('opens its own repair and asks whether it is the same', async () => {
    for (const words of [
      'my treadmill T5 stops all by itself',
      'the T5 shows E03 and stops',
      '我的T5跑步机一跑就停',
      'KP-20391 is its serial number, my T5 shuts off after a minute',
    ]) {
      const talk = await reported()
      const first = talk.ticket._id
      const other = elsewhere(talk)
      const answer = await other.say(words)
      expect(talk.tickets, words).toHaveLength(2)
      expect(answer).toContain(talk.ticket._id)
      expect(answer).toMatch(new RegExp(`${first}.*(?:Is it the same\\?|是同一个问题吗)`))
      expect(other.memory.asked.map(({ value }) => value)).toEqual(['yes', 'no'])
    }
  })

  it('lives on in the first one by the word of the customer, with its messages and photos', async () => {
    for (const words of ['yes', '1', 'Yes, the same', "it's the same one", '是的', '同一个']) {
      const talk = await reported()
      const first = talk.ticket
      const other = elsewhere(talk)
      await other.say('my treadmill T5 stops all by itself', { files: ['photo1'] })
      const second = talk.ticket._id
      expect(await other.say(words), words).toContain(first._id)
      expect(other.did('merge_tickets')).toEqual([{ do: 'merge_tickets', from: second, into: first._id }])
      expect(other.did('open_task')).toEqual([{ do: 'open_task', kind: 'new_information', ticket: first._id }])
      expect(talk.tickets.map(({ _id }) => _id)).toEqual([first._id])
      expect(other.memory.flows).toEqual([])
    }
  })

  it('stays by itself by the word of the customer, which is remembered, and its form goes on', async () => {
    for (const words of ['no', '2', 'No, another one', 'it is a different one', '不是同一个', '是另一台']) {
      const talk = await reported()
      const first = talk.ticket
      const other = elsewhere(talk)
      await other.say('my treadmill T5 stops all by itself')
      const second = talk.ticket
      const answer = await other.say(words)
      expect(other.did('tell_apart'), words).toEqual([{ do: 'tell_apart', one: second._id, other: first._id }])
      expect(answer).toMatch(/serial number|序列号/)
      expect(await other.say('SN KP-20391')).not.toContain(first._id)
      expect(second.fields.serial).toBe('KP-20391')
      expect(talk.tickets).toHaveLength(2)
    }
  })

  it('asks again where the answer was more on the trouble, which is kept; whoever does not answer goes on with the form', async () => {
    const talk = await reported()
    const other = elsewhere(talk)
    await other.say('my treadmill T5 stops all by itself')
    expect(await other.say('It also squeaks loudly')).toContain('Is it the same?')
    expect(talk.ticket.fields.symptom).toContain('squeaks')
    await other.say('hm')
    expect(other.memory.asked.map(({ value }) => value)).not.toContain('yes')
    expect(other.did('merge_tickets')).toEqual([])
    expect(other.did('tell_apart')).toEqual([])
  })

  it('comes after what keeps people safe', async () => {
    const talk = await reported()
    const other = elsewhere(talk)
    await other.say('my treadmill T5 stops all by itself')
    expect(await other.say('now it is on fire!')).toContain('keep away')
    expect(other.did('hand_over')).toMatchObject([{ reason: 'safety' }])
  })

  it('is no longer left half-way once it is answered', async () => {
    const talk = await reported()
    const other = elsewhere(talk)
    await other.say('my treadmill T5 stops all by itself')
    other.minutes(25 * 60)
    await other.wake('abandoned')
    expect(talk.ticket.incomplete).toBe(true)
    await other.press('no')
    expect(talk.ticket.incomplete).toBe(false)
  })

  it('is asked by mail, too, before anything else is', async () => {
    const talk = await reported()
    const mailed = elsewhere(talk, { abilities: mail })
    const answer = await mailed.say('Our treadmill T5 stops all by itself.', { subject: 'Treadmill' })
    expect(answer).toContain('Is it the same?')
    expect(answer).not.toContain('To get started')
    expect(await mailed.say('No, this is another one, at the other gym.')).toContain('To get started we still need')
  })
})

describe('in the form', () => {
  it('the serial number tells that it was reported already', async () => {
    const talk = await reported('SN KP-20391 beeps and stops after a minute, 415 555 0100, 12 Elm Street')
    const first = talk.ticket
    const other = elsewhere(talk)
    await other.say('I have a new repair')
    await other.say('it stops every few minutes')
    for (let turn = 0; turn < 4 && !other.memory.asked.some(({ value }) => value === 'yes'); turn++) {
      const asked = other.memory.flows.at(-1)?.state
      await other.say(JSON.stringify(asked).includes('"asking":"product"') ? 'a rowing machine' : 'KP-20391')
    }
    expect(other.memory.asked.map(({ value }) => value)).toEqual(['yes', 'no'])
    await other.press('yes')
    expect(other.did('merge_tickets')).toMatchObject([{ into: first._id }])
  })

  it('is not asked of what the customer was asked about before', async () => {
    const talk = await reported()
    const other = elsewhere(talk)
    await other.say('the T5 makes a strange noise')
    expect(other.memory.asked.map(({ value }) => value)).toEqual([talk.ticket._id, 'new'])
    await other.press('new')
    expect(await other.say('it stops, too, SN KP-20391')).not.toContain('Is it the same?')
  })
})

describe('nothing is asked', () => {
  it('in the conversation that spoke of the repair: there it is more on it', async () => {
    const talk = await reported()
    expect(await talk.say('The T5 stops with E03 again and again')).toContain(talk.ticket._id)
    expect(talk.tickets).toHaveLength(1)
  })

  it('about another device, a stranger, or a repair that was left alone for longer than `sameCaseWithin`', async () => {
    const talk = await reported()
    const other = elsewhere(talk)
    expect(await other.say('my fridge stops all by itself')).not.toContain('Is it the same?')
    const stranger = new Talk({ customer: { id: 'stranger' } })
    expect(await stranger.say(report)).not.toContain(talk.ticket._id)
    const late = await reported()
    late.minutes(8 * 24 * 60)
    expect(await elsewhere(late).say('my T5 stops all by itself')).not.toContain('Is it the same?')
  })
})

describe('the same trouble on what was over a short while ago', () => {
  it('is asked about, and taken up again by the word of the customer: no second repair stays', async () => {
    const talk = await reported()
    const first = talk.ticket
    talk.move('closed')
    talk.minutes(5 * 24 * 60)
    expect(await talk.say('My T5 treadmill stops after ten minutes')).toContain('Is it the same trouble again?')
    expect(talk.did('reopen_ticket')).toEqual([])
    const second = talk.ticket._id
    await talk.say('yes')
    expect(talk.did('reopen_ticket')).toMatchObject([{ number: first._id }])
    expect(talk.did('merge_tickets')).toEqual([{ do: 'merge_tickets', from: second, into: first._id }])
    expect(talk.tickets).toHaveLength(1)
  })

  it('of another kind, or too long ago, is a new repair', async () => {
    const talk = await reported()
    talk.move('closed')
    expect(await talk.say('My T5 treadmill squeaks')).not.toContain('Is it the same')
    const late = await reported()
    late.move('closed')
    late.minutes(15 * 24 * 60)
    expect(await late.say('My T5 treadmill stops after ten minutes')).not.toContain('Is it the same')
    expect(late.ticket.follows).toBeNull()
  })
})
