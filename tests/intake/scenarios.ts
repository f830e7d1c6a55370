// What happens in a life that may end at any step. Whoever was not acknowledged repeats, so every act here can be played again.
import { startMemory } from '../../src/bot/memory.ts'
import type { Bot } from '../../src/bot/turn.ts'
import type { Effect } from '../../src/flow.ts'
import type { NewAttachment } from '../../src/message.ts'
import { changeStatus } from '../../src/tickets/index.ts'
import { newMessage, scriptedBot, type Life, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

export interface Scenario {
  name: string
  bot?: Bot
  yaml?: string
  play(life: Life, provider: Provider): Promise<void>
  /** Messages the provider is handed altogether. */
  answers: number
  /** Steps that must be among those at which it dies. */
  steps: readonly string[]
}

const hear = (life: Life, text: string, attachments: readonly NewAttachment[] = []) =>
  life.accept({ kind: 'message', message: newMessage(text, text, 'ann@example.org', { attachments }) })

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
