// Whatever is said, in whatever order: rules that always hold.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { flows } from '../../flows/index.ts'
import { fieldIn } from '../../flows/fields/index.ts'
import { repairStateSchema, type RepairState } from '../../flows/repair/state.ts'
import { timestamp } from '../../src/clock.ts'
import type { TicketStatus } from '../../src/tickets/status.ts'
import { chineseIntents } from '../understanding/intents.zh.ts'
import { englishIntents } from '../understanding/intents.en.ts'
import { chat, mail, settings, sms, Talk } from '../support/talk.ts'

type Act =
  | { do: 'say'; text: string; files: string[]; subject?: string }
  | { do: 'press'; index: number }
  | { do: 'wait'; minutes: number }
  | { do: 'survey' }
  | { do: 'wake'; kind: 'questions' | 'abandoned' }
  | { do: 'staff'; status: TicketStatus }
  | { do: 'news' }

const answers = [
  '1',
  '2',
  '3',
  '5',
  'yes',
  'no',
  'skip',
  'later',
  'back',
  'cancel',
  '返回',
  '跳过',
  'KP-20391',
  '12 Elm Street',
  '14 Oak Avenue, Springfield',
  '415 555 0100',
  'ann@example.org',
  'Ann Lee',
  'Thursday afternoon',
  'tomorrow',
  'the address',
  'Address: 5 High Street\nSerial: AB-1234',
  'the third floor',
  '人民路5号',
  '13800138000',
  '周四下午',
  '',
  '?',
  'actually it is the T6',
  'No, the address is 9 Low Road',
  "Hi, our T5 treadmill (SN KP-20391) stops after ten minutes with E03 since Monday, we're at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits",
]
const sentences = [...answers, ...answers, ...Object.values(englishIntents).flat(), ...Object.values(chineseIntents).flat()]

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      text: fc.constantFrom(...sentences),
      files: fc.constantFrom<string[]>([], [], [], [], ['p1'], ['p2', 'p3']),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('say' as const),
      text: fc.string({ unit: 'grapheme', maxLength: 60 }),
      files: fc.constant<string[]>([]),
      subject: fc.string(),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('press' as const), index: fc.nat(6) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const), minutes: fc.constantFrom(1, 29, 31, 1440, 50_000) }) },
  { weight: 1, arbitrary: fc.constant({ do: 'survey' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wake' as const), kind: fc.constantFrom('questions' as const, 'abandoned' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('staff' as const),
      status: fc.constantFrom<TicketStatus>('accepted', 'in_progress', 'pending', 'resolved', 'closed', 'cancelled'),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'news' as const }) },
)

async function perform(talk: Talk, doing: Act): Promise<void> {
  switch (doing.do) {
    case 'say':
      return void (await talk.say(doing.text, { files: doing.files, ...(doing.subject === undefined ? {} : { subject: doing.subject }) }))
    case 'press': {
      const choice = talk.memory.asked[doing.index]
      return choice === undefined ? undefined : void (await talk.press(choice.value))
    }
    case 'wait':
      return talk.minutes(doing.minutes)
    case 'survey':
      return talk.tickets.length === 0 ? undefined : void (await talk.survey({ survey: 's_1', ticket: talk.ticket._id, subject: 'the dryer' }))
    case 'wake':
      return void (await talk.wake(doing.kind))
    case 'staff':
      return talk.tickets.length === 0 ? undefined : talk.move(doing.status)
    case 'news':
      return void (await talk.news({ text: 'away', kind: 'statement' }))
  }
}

/** Where the form on top stands. */
function formOf(talk: Talk): RepairState | undefined {
  const top = talk.memory.flows.at(-1)
  return top?.name === 'report-repair' ? repairStateSchema.parse(top.state) : undefined
}

function check(talk: Talk, doing: Act, before: RepairState | undefined): void {
  const { last, memory } = talk
  if (last === undefined) return
  // One message a turn, one ticket at most, and whole sentences.
  expect(last.say.length).toBeLessThanOrEqual(1)
  expect(last.effects.filter((effect) => effect.do === 'open_ticket').length).toBeLessThanOrEqual(1)
  for (const { text, choices } of last.say) {
    expect(text).not.toMatch(/undefined|\{number\}|\{subject\}|\[object/)
    expect(text.trim()).not.toBe('')
    expect(new Set(choices.map(({ value }) => value)).size).toBe(choices.length)
    expect(new Set(choices.map(({ label }) => label)).size).toBe(choices.length)
  }
  // What is done is done to tickets that are there, and alarms ring in the future.
  for (const effect of last.effects) {
    if ('number' in effect) expect(talk.tickets.map(({ _id }) => _id)).toContain(effect.number)
    if (effect.do === 'wake') expect(effect.at > timestamp(talk.now - 1)).toBe(true)
  }
  if (doing.do !== 'say' && doing.do !== 'press') return
  // Everything survives being stored, at every step.
  expect(JSON.parse(JSON.stringify(last))).toEqual(last)
  for (const open of memory.flows) expect(flows.all.find(({ name }) => name === open.name)?.parseState(open.state)).toEqual(open.state)
  // What is known is never asked, unless the customer wants to change it.
  const form = formOf(talk)
  const asksAnew =
    doing.do === 'press' ||
    before?.stage === 'which_field' ||
    /back|返|上一|退|填错|undo|previous|address|地址|change|wrong|改|不对|serial|序列|号/i.test(doing.text)
  if (form !== undefined && !asksAnew) {
    const { asking, stage, fields } = form
    const context = {
      now: talk.now,
      language: last.language,
      customer: talk.customer,
      abilities: talk.abilities,
      settings: talk.settings,
      people: { here: true } as const,
      engineer: null,
      ticketNumber: '',
      ticket: null,
      spoken: [],
      args: {},
    }
    if (asking !== null && asking !== before?.asking && stage === 'form') expect(fieldIn(fields, asking, context)?.known(fields, context), asking).toBe(false)
  }
}

it.each([
  ['chat', chat],
  ['text messages', sms],
  ['mail', mail],
])('hold in %s', async (_name, abilities) => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 25 }), async (acts) => {
      const talk = new Talk({ abilities })
      for (const doing of acts) {
        const before = { turn: talk.last, form: formOf(talk) }
        await perform(talk, doing)
        if (talk.last !== before.turn) check(talk, doing, before.form)
      }
    }),
    { numRuns: 300 },
  )
})

it('a repair told in any order and any portions ends with the same ticket', async () => {
  const parts = ['My T5 stops with E03', 'serial number KP-20391', "we're at 12 Elm St", 'call me on 415 555 0100', 'Thursday afternoon suits']
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(parts.slice(1), { minLength: 4 }), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), async (rest, joins) => {
      const talk = new Talk()
      const portions = [parts[0] ?? '']
      for (const [index, part] of rest.entries()) {
        if (joins[index] === true) portions.push(`${portions.pop()}, ${part}`)
        else portions.push(part)
      }
      for (const portion of portions) await talk.say(portion)
      expect(talk.tickets).toHaveLength(1)
      expect(talk.ticket.fields).toMatchObject({
        product: 'T5 treadmill',
        serial: 'KP-20391',
        errorCode: 'E03',
        address: '12 Elm St',
        phone: '+14155550100',
        preferredTime: expect.stringMatching(/^Thursday afternoon/),
      })
      await talk.say('yes')
      expect(talk.ticket.status).toBe('accepted')
    }),
    { numRuns: 60 },
  )
})

it('every form that the settings can describe comes to its confirmation', async () => {
  const need = fc.constantFrom('required' as const, 'optional' as const, 'hidden' as const)
  const form = fc.record({ product: need, serial: need, symptom: need, photos: need, address: need, contact: need, preferredTime: need })
  const reply: Record<string, [string, string[]]> = {
    product: ['the T5', []],
    serial: ['KP-20391', []],
    symptom: ['it beeps', []],
    photos: ['', ['p1']],
    address: ['12 Elm Street', []],
    contact: ['415 555 0100', []],
    preferredTime: ['Friday', []],
  }
  await fc.assert(
    fc.asyncProperty(form, fc.boolean(), async (wanted, byMail) => {
      const talk = new Talk({ abilities: byMail ? mail : chat, settings: { ...settings, form: wanted } })
      await talk.say('I need a repair')
      for (let step = 0; step < 12 && talk.memory.asked[0]?.value !== 'confirm'; step++) {
        const top = repairStateSchema.parse(talk.memory.flows.at(-1)?.state)
        const names = top.asking === null ? Object.keys(reply) : [top.asking]
        const given = names.map((name) => reply[name] ?? ['', []])
        await talk.say(
          given
            .map(([text], index) => (names.length > 1 ? `${names[index]}: ${text}` : text))
            .join('\n')
            .replace('preferredTime', 'time'),
          { files: given.flatMap(([, files]) => files) },
        )
      }
      await talk.say('1')
      expect(talk.ticket.status).toBe('accepted')
      for (const name of Object.keys(wanted)) {
        const field = (['product', 'serial', 'symptom', 'photos', 'address', 'contact', 'preferredTime'] as const).find((known) => known === name)
        if (field !== undefined && wanted[field] === 'required' && field !== 'contact') expect(talk.ticket.fields[field], field).toBeDefined()
      }
    }),
    { numRuns: 100 },
  )
})
