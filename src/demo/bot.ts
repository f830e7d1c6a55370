// The bot of a made-up history: it says what the desk's texts say, and knows from the story, not from the words, what a customer means.
import { startMemory } from '../bot/memory.ts'
import type { Bot, Said, TurnInput, TurnResult } from '../bot/turn.ts'
import type { Effect, Utterance } from '../flow.ts'
import type { InboundMessage, Language } from '../message.ts'

/** What comes of a customer's message; `fresh` is a ticket number that nobody has. */
export type Script = (message: InboundMessage, fresh: string) => { language: Language; effects: Effect[]; say: Utterance[] }

export interface DemoBot extends Bot {
  /** Before the message with this provider's id is heard. */
  expect(id: string, script: Script): void
}

type Render = (language: Language, key: string, values: Readonly<Record<string, string | number>>) => string

/** What is asked of customers from outside a conversation, as they read it. */
const asked: Readonly<Record<string, string>> = { 'answer-survey': 'survey.ask', 'answer-quote': 'quote.ask_again' }

export function createDemoBot(render: Render): DemoBot {
  const scripts = new Map<string, Script>()

  return {
    expect: (id, script) => void scripts.set(id, script),
    async turn(input) {
      const decided = decide(input)
      return { ...decided, memory: { ...startMemory(), ...input.memory, language: decided.language } }
    },
  }

  function decide({ trigger, memory, freshTicketNumber }: TurnInput): Omit<TurnResult, 'memory'> {
    const language = memory.language ?? 'en'
    switch (trigger.kind) {
      case 'messages': {
        const [message] = trigger.messages
        const script = message === undefined ? undefined : scripts.get(message.providerId)
        if (message === undefined || script === undefined) throw new Error('nobody knows this story')
        scripts.delete(message.providerId)
        const heard = script(message, freshTicketNumber)
        return { language: heard.language, effects: heard.effects, say: heard.say.map((utterance) => said(heard.language, utterance, 'answer')) }
      }
      case 'news':
        return { language, effects: [], say: trigger.say.map((utterance) => said(language, utterance, 'news')) }
      case 'question': {
        const { flow, args } = trigger.question
        const text = asked[flow]
        if (text === undefined) return { language, effects: [], say: [] }
        const about = { number: args['ticket'] ?? '', subject: args['subject'] ?? args['ticket'] ?? '' }
        return { language, effects: [], say: [said(language, { text, with: about, kind: 'question', ticket: about.number }, 'news')] }
      }
      case 'wake':
      case 'moved':
        return { language, effects: [], say: [] }
    }
  }

  function said(language: Language, { text, with: values = {}, kind, ticket }: Utterance, cause: Said['cause']): Said {
    const words = { text, with: values }
    return {
      text: render(language, text, values),
      choices: [],
      cause,
      acknowledgement: kind === 'acknowledgement',
      ticket: ticket ?? null,
      utterances: [words],
    }
  }
}
