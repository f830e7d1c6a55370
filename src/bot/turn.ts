// What one turn of a conversation takes in and gives back; the bot decides, intake commits.
import type { Timestamp } from '../clock.ts'
import type { Abilities } from '../channel.ts'
import type { CustomerView, Effect, EngineerView, FlowSettings, People, Query, QueryAnswer, Utterance } from '../flow.ts'
import type { Cause, Choice, InboundMessage, Language, Place, SaidKey } from '../message.ts'

/** A question from outside (a survey): started when no flow is open, or the open one has been silent for 30 minutes. */
export interface OutsideQuestion {
  flow: string
  args: Readonly<Record<string, string>>
}

export type Trigger =
  | { kind: 'messages'; messages: readonly InboundMessage[] }
  /** Proactive: said at once, changes no flow. */
  | { kind: 'news'; say: readonly Utterance[] }
  | { kind: 'question'; question: OutsideQuestion }
  /** What is open here about the ticket goes on elsewhere: it asks no more. */
  | { kind: 'moved'; ticket: string; say: readonly Utterance[] }
  /** An alarm set by a `wake` effect. */
  | { kind: 'wake'; wake: 'questions' | 'abandoned' }

/** One flow on the conversation's stack. */
export interface OpenFlow {
  name: string
  version: number
  state: unknown
  args: Readonly<Record<string, string>>
}

/** When a ticket was last spoken of in a conversation; `answering` tells an exchange with the customer from news. */
export interface SpokenOf {
  ticket: string
  at: Timestamp
  answering: boolean
}

/** What the bot remembers of a conversation; plain JSON, stored in its snapshot. */
export interface BotMemory {
  language: Language | null
  /** Bottom first; the last one is being talked about. */
  flows: OpenFlow[]
  waiting: OutsideQuestion[]
  /** The choices of the question asked last, if it is still open. */
  asked: Choice[]
  /** When a question was last asked. */
  askedAt: Timestamp | null
  lastInboundAt: Timestamp | null
  /** The ticket spoken of last. */
  ticket: string | null
  /** The tickets spoken of here, the latest last; bounded. */
  spoken: SpokenOf[]
  /** Turns in a row in which nothing was understood. */
  misunderstandings: number
}

export interface TurnInput {
  trigger: Trigger
  memory: BotMemory
  conversation: string
  place: Place
  abilities: Abilities
  customer: CustomerView
  settings: FlowSettings
  /** The tickets that messages answer, by the ids of the messages. */
  about: Readonly<Record<string, string>>
  now: number
  people: People
  engineer: EngineerView | null
  freshTicketNumber: string
  answer(query: Query): Promise<QueryAnswer>
}

/** A sentence ready to be sent. */
export interface Said {
  text: string
  choices: Choice[]
  cause: Cause
  acknowledgement: boolean
  ticket: string | null
  /** The keys it was made of. */
  utterances: SaidKey[]
}

export interface TurnResult {
  memory: BotMemory
  language: Language
  say: Said[]
  effects: Effect[]
}

export interface Bot {
  /** Reads, decides, changes nothing. Throws when a flow throws. */
  turn(input: TurnInput): Promise<TurnResult>
}
