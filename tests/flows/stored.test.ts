// A deploy in the middle of a conversation: what earlier versions of the flows stored is read, and the customer goes on to the end as if nothing had been.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { flows } from '../../flows/index.ts'
import type { BotMemory } from '../../src/bot/index.ts'
import type { TicketView } from '../../src/tickets/ticket.ts'
import { Talk } from '../support/talk.ts'
import { around, dialogues } from './stored/dialogues.ts'

/** As `stored/record.ts` writes it. */
interface Recorded {
  flow: string
  version: number
  name: string
  memory: BotMemory
  tickets: TicketView[]
}

const folder = join(import.meta.dirname, 'stored')
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .toSorted()
const read = (file: string): Recorded[] => JSON.parse(readFileSync(join(folder, file), 'utf8'))
const newest = read(files.at(-1) ?? '')

/** The same conversation in today's process. */
function takenUp({ name, memory, tickets }: Recorded): Talk {
  const { abilities } = dialogues.find((dialogue) => dialogue.name === name)?.talk() ?? new Talk()
  const talk = new Talk({ abilities, with: new Talk() })
  talk.memory = memory
  // What is stored lacks what was added since, as a ticket's snapshot does until it changes.
  talk.tickets = tickets.map((ticket) => ({ ...ticket, follows: ticket.follows ?? null, toldApart: ticket.toldApart ?? [], merged: ticket.merged ?? [] }))
  return around(talk)
}

/** The questions of the form, answered until it shows what it has. */
async function fillIn(talk: Talk): Promise<void> {
  for (let tries = 0; tries < 8 && !talk.memory.asked.some(({ value }) => value === 'confirm'); tries++) {
    const said = talk.last?.say.map(({ text }) => text).join(' ') ?? ''
    if (/When would a visit/.test(said)) await talk.say('Thursday afternoon')
    else if (/How can we reach/.test(said)) await talk.say('Ann Lee, 415 555 0100')
    else if (/At which address/.test(said)) await talk.say('12 Elm St, Springfield')
    else if (talk.memory.asked.some(({ value }) => value === 'skip')) await talk.say('skip')
    else await talk.say('12 Elm St, Springfield')
  }
}

async function confirmed(talk: Talk): Promise<void> {
  await fillIn(talk)
  await talk.press('confirm')
  expect(talk.tickets[0]).toMatchObject({ status: 'accepted' })
  expect(talk.memory.flows).toEqual([])
}

/** How each conversation ends well, by its name. */
const ends: Readonly<Record<string, (talk: Talk) => Promise<void>>> = {
  'the address is asked': async (talk) => {
    await talk.say('12 Elm St, Springfield')
    await confirmed(talk)
    expect(talk.ticket.fields).toMatchObject({ product: 'T5 treadmill', address: '12 Elm St, Springfield', phone: '+14155550100' })
  },
  'all that is missing is asked by mail': async (talk) => {
    expect(await talk.say('12 Elm St, Springfield. You can call me on 415 555 0100, Thursday afternoon suits.')).toContain('Is everything right?')
    await confirmed(talk)
  },
  'the summary is shown': async (talk) => {
    await talk.say('all correct')
    expect(talk.ticket).toMatchObject({ status: 'accepted', fields: { serial: 'KP-20391', errorCode: 'E03' } })
  },
  'a guess is in the summary': async (talk) => {
    await talk.press('confirm')
    expect(talk.ticket).toMatchObject({ status: 'accepted', fields: { serial: 'XX-11' } })
  },
  'what to change is asked': async (talk) => {
    await talk.press('address')
    await talk.say('14 Oak Ave, Springfield')
    await confirmed(talk)
    expect(talk.ticket.fields.address).toBe('14 Oak Ave, Springfield')
  },
  'it waits until the customer has it': async (talk) => {
    await talk.say('It is at 12 Elm St, Springfield')
    await talk.say('call me on 415 555 0100')
    await confirmed(talk)
  },
  'which repair is asked': async (talk) => {
    const known = talk.tickets.length
    await talk.press('new')
    expect(talk.tickets).toHaveLength(known + 1)
    await fillIn(talk)
    expect(talk.ticket.fields.symptom).toContain('screen is cracked')
  },
  'whether it is the same is asked': async (talk) => {
    await talk.say('no')
    expect(talk.did('tell_apart')).toHaveLength(1)
    await confirmed(talk)
  },
  'whether to go on here is asked': async (talk) => {
    expect(await talk.say('yes')).toContain('here')
    expect(talk.did('take_up')).toMatchObject([{ number: talk.ticket._id, from: 'c_elsewhere' }])
    await confirmed(talk)
  },
  'where to is asked': async (talk) => {
    expect(await talk.say('415 555 2671')).toContain('a code of six digits')
  },
  'the code is asked': async (talk) => {
    talk.code = '123456'
    await talk.say('123456')
    expect(talk.did('verify_address')).toEqual([{ do: 'verify_address', way: 'sms', address: '+14155552671' }])
    expect(talk.memory.flows).toEqual([])
  },
  'which to cancel is asked': async (talk) => {
    await talk.say('1')
    expect(talk.tickets[0]).toMatchObject({ status: 'cancelled' })
  },
  'the score is asked': async (talk) => {
    await talk.say('5')
    expect(talk.did('answer_survey')).toMatchObject([{ survey: 's_1', score: 5 }])
  },
  'a comment is asked': async (talk) => {
    await talk.say('It still squeaks')
    expect(talk.effects).toContainEqual(expect.objectContaining({ do: 'answer_survey', comment: 'It still squeaks' }))
    expect(talk.memory.flows).toEqual([])
  },
  'an offer is asked about': async (talk) => {
    await talk.say('2')
    expect(talk.did('answer_offer')).toMatchObject([{ opportunity: 'op_1', answer: 'no' }])
  },
  'a quote is before the customer': async (talk) => {
    await talk.press('approve')
    expect(talk.did('answer_quote')).toHaveLength(1)
  },
  'a time is offered': async (talk) => {
    await talk.say('1')
    expect(talk.did('choose_slot')).toHaveLength(1)
  },
  'whether an inspection is wanted is asked': async (talk) => {
    await talk.press('gone')
    expect(talk.did('decline_inspection')).toMatchObject([{ workOrder: 'wo_1', why: 'gone' }])
  },
  'a reading that runs back is asked about': async (talk) => {
    await talk.press('replaced')
    expect(talk.did('read_meter')).toEqual([{ do: 'read_meter', asset: 'as_1', unit: 'hours', value: 1200, replaced: true }])
  },
  'which device to inspect is asked': async (talk) => {
    talk.devices = [{ asset: 'as_2', serial: 'WM-1', product: 'WashMaster 900' }]
    await talk.press('as_2')
    expect(talk.did('book_inspection')).toMatchObject([{ asset: 'as_2' }])
  },
  'an engineer is asked what is wrong with an item': async (talk) => {
    await talk.say('worn out')
    await talk.say('finish')
    expect(talk.did('finish_inspection')).toMatchObject([{ checks: [{ result: 'ok' }, { result: 'failed', value: 2.5, note: 'worn out' }] }])
  },
  'an engineer is asked why not': async (talk) => {
    await talk.say('No time')
    expect(talk.did('say_of_work')).toMatchObject([{ said: { say: 'reject', reason: 'no time' } }])
  },
  'an engineer is asked whether these are the parts': async (talk) => {
    await talk.say('1')
    await talk.say('skip')
    expect(talk.did('say_of_work')).toMatchObject([{ said: { say: 'finished', failure: { parts: [{ part: 'hose', quantity: 1 }] } } }])
  },
}

describe.each(files)('as stored in %s', (file) => {
  it.each(read(file).map((recorded) => [recorded.flow, recorded.version, recorded.name, recorded] as const))(
    '%s %i goes on where %s',
    async (_flow, _version, name, recorded) => {
      const talk = takenUp(recorded)
      if (name.startsWith('an engineer')) talk.engineer = dialogues.find((dialogue) => dialogue.name === name)?.talk().engineer ?? null
      await (ends[name] ?? expect.unreachable(`nobody says how "${name}" ends`))(talk)
    },
  )
})

/** Done with in one turn: nothing of them is ever stored. */
const ofOneTurn = ['check-status', 'small-talk', 'talk-to-person']

describe.each(flows.all.filter(({ name }) => !ofOneTurn.includes(name)).map((flow) => [flow.name, flow] as const))('what %s stores today', (name, flow) => {
  const today = newest.filter((recorded) => recorded.flow === name && recorded.version === flow.version)

  // When this fails the state has another shape than the one recorded: raise the flow's version, let `parseState` read the old one, and
  // record anew with `node tests/flows/stored/record.ts 0N-what-changed`. The older recordings stay.
  it('is of the shape that was recorded under its version', () => {
    expect(today.length).toBeGreaterThan(0)
    for (const state of today.flatMap(({ memory }) => statesIn(memory, name))) expect(flow.parseState(structuredClone(state))).toEqual(state)
  })

  // What `parseState` lets pass without being asked for, a field that may be left out, would go unnoticed there.
  it('has no fields that no recording has', async () => {
    const stored: unknown[] = []
    for (const { name: left, talk: make, begin } of dialogues.filter((dialogue) => dialogue.flow === name)) {
      const talk = make()
      await begin(talk)
      stored.push(...statesIn(talk.memory, name))
      expect(stored.length, `"${left}" leaves ${name} open`).toBeGreaterThan(0)
    }
    const known = new Set(today.flatMap(({ memory }) => statesIn(memory, name).flatMap((state) => keysOf(state))))
    expect(stored.flatMap((state) => keysOf(state)).filter((key) => !known.has(key))).toEqual([])
  })
})

function statesIn({ flows: open }: BotMemory, name: string): unknown[] {
  return open.filter((each) => each.name === name).map(({ state }) => state)
}

/** The names of fields on the way to each value; the elements of a list and the answers of a company's own questions have none. */
function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
  return Object.entries(value)
    .flatMap(([key, inner]) => keysOf(inner, `${path}.${key}`))
    .toSorted()
}
