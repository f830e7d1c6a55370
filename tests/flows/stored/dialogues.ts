// Conversations left in the middle, one for every question a flow may be left with: recorded by `record.ts`, gone on with by `stored.test.ts`.
import { mail, settings, sms, Talk } from '../../support/talk.ts'

export interface Dialogue {
  /** The flow that is left open. */
  flow: string
  name: string
  talk(): Talk
  begin(talk: Talk): Promise<unknown>
}

const report = 'My T5 treadmill stops after ten minutes'
const everything =
  'My T5 treadmill (SN KP-20391) stops after ten minutes with E03, 12 Elm St, Springfield, call me on 415 555 0100, Thursday afternoon. Ann Lee'

/** Skips what is only welcome, until this is asked. */
async function until(talk: Talk, asked: string, words: string): Promise<void> {
  for (let said = await talk.say(words), tries = 0; !said.includes(asked) && tries < 4; tries++) said = await talk.say('skip')
}

async function accepted(talk: Talk, words: string): Promise<void> {
  await talk.say(words)
  for (let tries = 0; tries < 4 && talk.memory.asked.some(({ value }) => value === 'skip'); tries++) await talk.say('skip')
  await talk.press('confirm')
}

const inChat = () => new Talk()

/** In the middle of March 2026, Berlin. */
const hour = (day: number): { engineer: string; from: number; until: number } => {
  const from = Date.parse(`2026-03-0${day}T15:00:00Z`)
  return { engineer: 'kim', from, until: from + 3_600_000 }
}

export function around(talk: Talk): Talk {
  const ticket = talk.tickets[0]?._id ?? 'R-0000000'
  talk.visits = [{ workOrder: 'wo_1', round: 0, ticket, subject: 'Treadmill', appointment: null, mayChange: true, windows: [], inspection: null }]
  talk.slots = () => ({ slots: [hour(4), hour(5)], fits: true })
  talk.quotes = [
    {
      id: 'Q-1',
      version: 1,
      state: 'sent',
      ticket,
      subject: 'Treadmill',
      lines: [{ description: 'Drive belt', quantity: 1, unitPrice: 4550 }],
      currency: 'EUR',
      total: 4550,
      note: null,
      validUntil: '2026-03-16T09:00:00.000Z',
      link: 'https://desk.example/quote/x',
    },
  ]
  return talk
}

function onSite(): Talk {
  const talk = engineer()
  const { engineer: who } = talk
  if (who !== null) talk.engineer = { ...who, jobs: who.jobs.map((job) => ({ ...job, status: 'on_site' })) }
  return talk
}

function inspecting(): Talk {
  const talk = onSite()
  const items = [
    { id: '1', text: 'Emergency stop', value: null, photo: false },
    { id: '2', text: 'Belt tension', value: { unit: 'mm', min: 5, max: 15 }, photo: false },
  ]
  const inspection = { name: 'Safety inspection', items, checks: [] }
  if (talk.engineer !== null) talk.engineer = { ...talk.engineer, jobs: talk.engineer.jobs.map((job) => ({ ...job, inspection })) }
  return talk
}

function engineer(): Talk {
  const talk = new Talk({ abilities: sms })
  const job = {
    workOrder: 'wo_1',
    ticket: 'R-0000000',
    subject: 'T5: the belt slips',
    address: 'Main Street 5',
    customer: 'Ann Lee',
    phone: null,
    inspection: null,
  }
  talk.engineer = { id: 'kim', name: 'Kim', jobs: [{ ...job, status: 'dispatched', from: Date.parse('2026-03-05T09:00:00Z'), offer: 'offer-1' }] }
  return talk
}

export const dialogues: readonly Dialogue[] = [
  { flow: 'report-repair', name: 'the address is asked', talk: inChat, begin: (talk) => until(talk, 'At which address', report) },
  {
    flow: 'report-repair',
    name: 'all that is missing is asked by mail',
    talk: () => new Talk({ abilities: mail }),
    begin: (talk) => talk.say(report, { subject: 'Treadmill' }),
  },
  { flow: 'report-repair', name: 'the summary is shown', talk: inChat, begin: (talk) => talk.say(everything) },
  {
    flow: 'report-repair',
    name: 'a guess is in the summary',
    talk: () => new Talk({ settings: { products: settings.products.map((product) => ({ ...product, serial: 'KP-\\d{5}' })) } }),
    begin: (talk) => talk.say(everything.replace('KP-20391', 'XX-11')),
  },
  {
    flow: 'report-repair',
    name: 'what to change is asked',
    talk: inChat,
    async begin(talk) {
      await talk.say(everything)
      await talk.press('change')
    },
  },
  {
    flow: 'report-repair',
    name: 'it waits until the customer has it',
    talk: inChat,
    async begin(talk) {
      await talk.say(report)
      for (let said = '', tries = 0; !said.includes('is kept') && tries < 8; tries++) said = await talk.say('later')
    },
  },
  {
    flow: 'report-repair',
    name: 'which repair is asked',
    talk: inChat,
    async begin(talk) {
      await accepted(talk, everything)
      await accepted(talk, 'another machine: our WashMaster 900 (SN WM-1) leaks, 12 Elm St, Springfield, call me on 415 555 0100, Friday. Ann Lee')
      talk.minutes(3 * 24 * 60)
      await talk.say('the screen is cracked')
    },
  },
  {
    flow: 'report-repair',
    name: 'whether it is the same is asked',
    talk: () => new Talk({ with: new Talk() }),
    async begin(talk) {
      const first = new Talk()
      await accepted(first, "My T5 stops with E03, SN KP-20391, we're at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits")
      first.minutes(60)
      talk.tickets = first.tickets
      talk.now = first.now
      await talk.say('my treadmill T5 stops all by itself')
    },
  },
  {
    flow: 'report-repair',
    name: 'whether to go on here is asked',
    talk: inChat,
    async begin(talk) {
      const elsewhere = new Talk()
      await until(elsewhere, 'At which address', report)
      const state = elsewhere.memory.flows.at(-1)?.state
      talk.tickets = elsewhere.tickets.map((ticket) => ({ ...ticket, openElsewhere: { conversation: 'c_elsewhere', flow: 'report-repair', state } }))
      await talk.say('It is the treadmill again')
    },
  },
  { flow: 'change-channel', name: 'where to is asked', talk: inChat, begin: (talk) => talk.say('text me instead') },
  { flow: 'change-channel', name: 'the code is asked', talk: inChat, begin: (talk) => talk.say('text me instead, at 415 555 2671') },
  {
    flow: 'cancel-repair',
    name: 'which to cancel is asked',
    talk: inChat,
    async begin(talk) {
      await accepted(talk, everything)
      await talk.say('please cancel my repair')
    },
  },
  {
    flow: 'answer-survey',
    name: 'the score is asked',
    talk: inChat,
    async begin(talk) {
      await accepted(talk, everything)
      await talk.survey({ survey: 's_1', ticket: talk.ticket._id, subject: 'Treadmill' })
    },
  },
  {
    flow: 'answer-survey',
    name: 'a comment is asked',
    talk: inChat,
    async begin(talk) {
      await accepted(talk, everything)
      await talk.survey({ survey: 's_1', ticket: talk.ticket._id, subject: 'Treadmill' })
      await talk.say('2')
    },
  },
  {
    flow: 'answer-quote',
    name: 'a quote is before the customer',
    talk: inChat,
    async begin(talk) {
      await accepted(talk, everything)
      await around(talk).turn({ kind: 'question', question: { flow: 'answer-quote', args: { quote: 'Q-1', version: '1', ticket: talk.ticket._id } } })
    },
  },
  {
    flow: 'answer-offer',
    name: 'an offer is asked about',
    talk: inChat,
    begin: (talk) =>
      talk.turn({ kind: 'question', question: { flow: 'answer-offer', args: { opportunity: 'op_1', kind: 'failing_often', device: 'T5 KP-1', count: '3' } } }),
  },
  {
    flow: 'appointment',
    name: 'a time is offered',
    talk: inChat,
    begin: (talk) =>
      around(talk).turn({ kind: 'question', question: { flow: 'appointment', args: { workOrder: 'wo_1', reason: 'new', ticket: 'R-0000000' } } }),
  },
  {
    flow: 'appointment',
    name: 'whether an inspection is wanted is asked',
    talk: inChat,
    async begin(talk) {
      const inspection = { name: 'Safety inspection', device: 'T5 treadmill', due: Date.parse('2026-03-20T08:00:00Z') }
      around(talk).visits = talk.visits.map((visit) => ({ ...visit, inspection }))
      await talk.turn({ kind: 'question', question: { flow: 'appointment', args: { workOrder: 'wo_1', reason: 'new', ticket: 'R-0000000' } } })
      await talk.say('we sold the treadmill')
    },
  },
  {
    flow: 'read-meter',
    name: 'a reading that runs back is asked about',
    talk: inChat,
    async begin(talk) {
      talk.meter = 12_450
      await talk.turn({ kind: 'question', question: { flow: 'read-meter', args: { asset: 'as_1', unit: 'hours', device: 'T5 treadmill KP-20391' } } })
      await talk.say('1,200 hours')
    },
  },
  {
    flow: 'book-inspection',
    name: 'which device to inspect is asked',
    talk: inChat,
    async begin(talk) {
      talk.devices = [
        { asset: 'as_1', serial: 'KP-20391', product: 'T5 treadmill' },
        { asset: 'as_2', serial: 'WM-1', product: 'WashMaster 900' },
      ]
      await talk.say('I would like to book an inspection')
    },
  },
  {
    flow: 'checklist',
    name: 'an engineer is asked what is wrong with an item',
    talk: inspecting,
    async begin(talk) {
      await talk.turn({ kind: 'question', question: { flow: 'checklist', args: { workOrder: 'wo_1' } } })
      await talk.say('ok')
      await talk.say('2.5 mm')
    },
  },
  {
    flow: 'field',
    name: 'an engineer is asked why not',
    talk: engineer,
    async begin(talk) {
      await talk.turn({ kind: 'question', question: { flow: 'field', args: { workOrder: 'wo_1', offer: 'offer-1' } } })
      await talk.say('2')
    },
  },
  {
    flow: 'field',
    name: 'an engineer is asked whether these are the parts',
    talk: onSite,
    async begin(talk) {
      for (const words of ['finished', '1', '1', '1', '1', 'a hose']) await talk.say(words)
    },
  },
]
