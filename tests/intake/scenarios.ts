// What happens in a life that may end at any step. Whoever was not acknowledged repeats, so every act here can be played again.
import { flows } from '../../flows/index.ts'
import { createBot, loadTexts } from '../../src/bot/index.ts'
import { startMemory } from '../../src/bot/memory.ts'
import type { Bot } from '../../src/bot/turn.ts'
import { mergeTickets } from '../../src/desk/index.ts'
import type { Effect } from '../../src/flow.ts'
import { contactPointId, type NewAttachment } from '../../src/message.ts'
import { reply } from '../../src/desk/index.ts'
import { changeStatus } from '../../src/tickets/index.ts'
import { newMessage, scriptedBot, type Life, type LifeOptions, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

export interface Scenario {
  name: string
  bot?: Bot
  yaml?: string
  also?: LifeOptions['also']
  /** What is said at two addresses comes in no order. */
  scattered?: true
  play(life: Life, provider: Provider): Promise<void>
  /** Messages the provider is handed altogether. */
  answers: number
  /** Steps that must be among those at which it dies. */
  steps: readonly string[]
}

const hear = (life: Life, text: string, attachments: readonly NewAttachment[] = [], from = 'ann@example.org') =>
  life.accept({ kind: 'message', message: newMessage(text, text, from, { attachments }) })

/** The scripted bot, which does more once there is a ticket, and remembers the survey it asks about. */
function botThat(more: (text: string, ticket: string, survey: string) => readonly Effect[]): Bot {
  return {
    async turn(input) {
      const result = await scriptedBot.turn(input)
      const { trigger } = input
      if (trigger.kind === 'question') {
        const { flow: name, args } = trigger.question
        return { ...result, memory: { ...result.memory, flows: [{ name, version: 1, state: null, args }] } }
      }
      const { ticket, flows } = input.memory ?? startMemory()
      if (trigger.kind !== 'messages' || ticket === null) return result
      const survey = flows[0]?.args['survey'] ?? ''
      return { ...result, effects: [...result.effects, ...trigger.messages.flatMap(({ text }) => more(text, ticket, survey))] }
    },
  }
}

/** A request with a photo, what is said about it later, and the provider's word that the first answer arrived. */
export const repair: Scenario = {
  name: 'a repair request',
  bot: botThat((text, number) =>
    text === 'In the kitchen'
      ? [
          { do: 'fill_ticket', number, fields: { address: 'the kitchen' } },
          { do: 'describe_customer', name: 'Ann Lee', phone: '+14155550100' },
          { do: 'accept_ticket', number },
          { do: 'open_task', kind: 'new_information', ticket: number },
          { do: 'wake', kind: 'abandoned', at: '2100-01-01T00:00:00.000Z' },
        ]
      : [],
  ),
  async play(life, provider) {
    await hear(life, 'It leaks', [{ name: 'leak.png', contentType: 'image/png', content: new Uint8Array(100) }])
    await hear(life, 'In the kitchen')
    const first = await eventually(async () => provider.sent[0], 'an answer')
    const raw = { name: 'receipt', contentType: 'application/json', content: new TextEncoder().encode('{}') }
    await life.accept({ kind: 'receipt', receipt: { channel: 'email', messageId: first._id, state: 'delivered' }, raw })
  },
  answers: 2,
  // Stored, queued, turn run, entry committed, effects, provider called, receipt stored.
  steps: [
    'write file #1',
    'insert messages #1',
    'add turn #1',
    'turn #1',
    'insert conversation entry #1',
    'insert contact_point entry #1',
    'insert ticket entry #1',
    'insert messages #3',
    'insert customer entry #2',
    'put due #1',
    'insert tasks #1',
    'send #1',
    'insert receipts #1',
  ],
}

/** Staff resolve the ticket; its customer hears of it, is asked how it went, and answers. */
export const survey: Scenario = {
  name: 'a survey',
  yaml: 'survey:\n  delay: 1ms',
  bot: botThat((text, _, survey) => (text === 'not good' ? [{ do: 'answer_survey', survey, score: 2, comment: text }] : [])),
  async play(life, provider) {
    await hear(life, 'It leaks')
    const number = await eventually(async () => provider.sent[0]?.ticket ?? undefined, 'the ticket number')
    await changeStatus(life.core, number, { to: 'resolved', comment: null, tell: true, actor: { kind: 'api', id: 'test' }, key: `resolve/${number}` })
    await eventually(async () => (provider.sent.length >= 3 ? true : undefined), 'the question')
    await hear(life, 'not good')
  },
  answers: 4,
  steps: ['insert due #1', 'add due #1', 'insert survey entry #1', 'update due state #1', 'insert survey entry #2', 'insert ticket entry #3'],
}

const phone = '+14155552671'
const text = (life: Life, words: string) =>
  life.accept({ kind: 'message', message: newMessage(words, words, phone, { channel: 'sms', account: '+14155550199' }) })

/** By text: a mail address is proved by its code, then no more texts are wanted; news goes to the mail, an agent's words find their way there. */
export const addresses: Scenario = {
  name: 'a change of address',
  also: [{ name: 'sms', account: '+14155550199', abilities: { carrierKeywords: true } }],
  scattered: true,
  bot: botThat((words) =>
    words === 'By mail please'
      ? [{ do: 'send_code', way: 'email', address: 'ann@example.org' }]
      : words === 'The code'
        ? [{ do: 'verify_address', way: 'email', address: 'ann@example.org' }]
        : [],
  ),
  async play(life, provider) {
    for (const words of ['It leaks', 'By mail please', 'The code']) await text(life, words)
    // What still waits would be held back by the next word.
    await eventually(async () => (provider.sent.length >= 4 ? true : undefined), 'three answers and the code')
    await text(life, 'STOP')
    const number = await eventually(async () => provider.sent[0]?.ticket ?? undefined, 'the ticket number')
    const said = async () => (await life.core.collections.contactPoints.get(contactPointId('sms', phone)))?.optedOut ?? undefined
    await eventually(said, 'the opt-out')
    await changeStatus(life.core, number, { to: 'accepted', comment: null, tell: true, actor: { kind: 'api', id: 'test' }, key: `accept/${number}` })
    await reply(
      life.core,
      number,
      { text: 'We come on Friday.', agent: { id: 'kim', name: 'Kim' } },
      { actor: { kind: 'agent', id: 'kim' }, key: `reply/${number}` },
    )
  },
  answers: 6,
  steps: [
    'insert verification entry #1',
    'insert contact_point entry #3',
    'insert customer entry #3',
    'insert tasks #1',
    'insert messages #8',
    'insert conversation entry #6',
  ],
}

/** Two neighbours report the same; staff merge their tickets, and the one whose ticket was merged writes again. */
export const merge: Scenario = {
  name: 'a merge',
  async play(life, provider) {
    const numberOf = (text: string) =>
      eventually(async () => provider.sent.find((message) => message.text === `heard ${text}`)?.ticket ?? undefined, 'a ticket number')
    await hear(life, 'The lift stops')
    const into = await numberOf('The lift stops')
    await hear(life, 'It hangs between floors', [], 'bob@example.org')
    const from = await numberOf('It hangs between floors')
    await mergeTickets(life.core, from, into, null, { actor: { kind: 'api', id: 'test' }, key: `merge/${from}` })
    await eventually(async () => (provider.sent.length >= 3 ? true : undefined), 'the news')
    await hear(life, 'It hums, too', [], 'bob@example.org')
  },
  answers: 4,
  steps: ['insert merge entry #1', 'insert ticket entry #3', 'insert ticket entry #4', 'insert due #1', 'insert conversation entry #3'],
}

let reported = ''
/** The same is reported by mail and by text; the customer says that it is the same, and writes again. */
export const sameCase: Scenario = {
  name: 'one case in two tickets',
  also: [{ name: 'sms', account: '+14155550199' }],
  bot: botThat((words, ticket) =>
    words === 'The same'
      ? [{ do: 'merge_tickets', from: ticket, into: reported }]
      : words === 'Thanks'
        ? [
            { do: 'tell_apart', one: reported, other: ticket },
            { do: 'acknowledge', number: ticket, message: 'nobody wrote it' },
          ]
        : [],
  ),
  async play(life, provider) {
    const ticketOf = (words: string) =>
      eventually(async () => provider.sent.find((message) => message.text === `heard ${words}`)?.ticket ?? undefined, 'a ticket number')
    await hear(life, 'It leaks')
    reported = await ticketOf('It leaks')
    await text(life, 'It leaks here')
    await ticketOf('It leaks here')
    await text(life, 'Thanks')
    await ticketOf('Thanks')
    await text(life, 'The same')
  },
  answers: 4,
  steps: ['insert merge entry #1', 'insert merge entry #2', 'insert ticket entry #3', 'insert ticket entry #5', 'insert conversation entry #4'],
}

/** A form begun in web chat goes on by text, with the bot of the product: the number is proved, the next question comes there and is answered there. */
export const goingOn: Scenario = {
  name: 'a form that goes on elsewhere',
  also: [
    { name: 'webchat', abilities: { storeIsDelivery: true } },
    { name: 'sms', account: '+14155550199' },
  ],
  bot: createBot({ texts: loadTexts(), flows }),
  async play(life, provider) {
    const chat = (words: string, id = words) =>
      life.accept({ kind: 'message', message: newMessage(words, id, 'visitor-1', { channel: 'webchat', account: 'site' }) })
    await chat('My T5 treadmill stops after ten minutes')
    await chat('text me instead, at +1 415 555 2671')
    const code = await eventually(async () => {
      const said = provider.sent.find(({ oneTimeCode }) => oneTimeCode !== undefined)?.utterances[0]?.with['code']
      return said === undefined ? undefined : String(said)
    }, 'the code')
    await chat(code, 'the code')
    await eventually(async () => (provider.sent.some(({ text: said }) => said.includes('Let us go on')) ? true : undefined), 'the question there')
    const open = async () => (await life.core.collections.conversations.find({})).filter(({ memory }) => memory.flows.length > 0)
    await eventually(async () => ((await open()).every(({ place }) => place?.channel === 'sms') ? true : undefined), 'the end of the form in the chat')
    await text(life, 'skip')
  },
  answers: 3,
  steps: [
    'insert verification entry #2',
    'insert ticket entry #2',
    'insert due #1',
    'insert conversation entry #4',
    'insert conversation entry #5',
    'insert conversation entry #6',
  ],
}
