// The contract of a flow: a conversation as data and a pure function, so that a day-old conversation survives a deploy.
import type { Timestamp } from './clock.ts'
import type { SpokenOf } from './bot/turn.ts'
import type { Abilities } from './channel.ts'
import type { Forms } from './forms/form.ts'
import type { Check, ChecklistItem } from './inspections/checklist.ts'
import type { LabelCode } from './labels/code.ts'
import type { Cause, Choice, Language } from './message.ts'
import type { OfferAnswer } from './insights/opportunities/opportunity.ts'
import type { WorkStatus } from './dispatch/status.ts'
import type { FailureLists, FailureRecord } from './tickets/failure.ts'
import type { Priority } from './tickets/status.ts'
import type { QuoteDecision } from './quotes/quote.ts'
import type { RepairFields } from './tickets/ticket.ts'
import type { CatalogueProduct } from './understanding/entities/product.ts'
import type { NewsWay } from './understanding/entities/way.ts'
import type { TimeWindow } from './understanding/times/index.ts'
import type { Understanding } from './understanding/understanding.ts'
import type { Query, QueryAnswer, SlotView } from './query.ts'

export type { Query, QueryAnswer, DeviceView, MeantPartView, VisitView, SlotView, WayView, QuoteView } from './query.ts'

/** One thing to be said: a key of `flows/texts/` and what goes into it. Rendered in the customer's language when the turn is committed. */
export interface Utterance {
  text: string
  with?: Readonly<Record<string, string | number>>
  /** Buttons or a numbered list; labels are keys of `flows/texts/` when `label` starts with `@`. */
  choices?: readonly Choice[]
  /** `question` waits for an answer; `acknowledgement` is the first word on a new request. */
  kind: 'statement' | 'question' | 'acknowledgement'
  /** The ticket it is about, which mail puts into the subject. */
  ticket?: string
}

export interface FlowMessage {
  id: string
  text: string
  subject?: string
  choice?: string
  /** The ticket of the message that this one answers or quotes, where that is known. */
  about?: string
  attachments: readonly { file: string; name: string; contentType: string }[]
  /** What the codes on labels in its photos say. */
  codes?: readonly LabelCode[]
  understanding: Understanding
}

export type FlowInput =
  /** One message, or a burst that belongs together. */
  | { kind: 'messages'; messages: readonly FlowMessage[] }
  | { kind: 'answer'; answer: QueryAnswer }
  /** A side question or another flow laid on top is done: ask the open question again. With `goesOn` the customer wants to go on by that way instead. */
  | { kind: 'resumed'; goesOn?: NewsWay }
  /** The customer has been silent for the time set in `mendline.yaml`. */
  | { kind: 'abandoned' }

export interface CustomerView {
  id: string
  name: string | null
  email: string | null
  phone: string | null
}

/** What flows know of the company: from `mendline.yaml`. */
export interface FlowSettings extends Forms {
  company: string
  /** For customers whose language is not known yet. */
  language: Language
  /** IANA name. */
  timeZone: string
  /** ISO 3166 code: where phone numbers without a country's code belong to. */
  country: string
  products: readonly CatalogueProduct[]
  /** Silence after which an unfinished request is marked incomplete. */
  incompleteAfterMs: number
  /** What an engineer chooses from when the work is done. */
  failureLists: FailureLists
  /** How long after its end a repair is taken up again by the customer's word; later a new one follows it. */
  reopenWithinMs: number
  /** How long after the last change of an open ticket a like report may be the same case. */
  sameCaseWithinMs: number
}

/** Whether somebody of ours is at work; `backAt`, milliseconds since the epoch, null where nobody knows. */
export type People = { here: true } | { here: false; backAt: number | null }

/** What an engineer has to do, as they may hear of it. */
export interface JobView {
  workOrder: string
  ticket: string
  subject: string
  address: string | null
  customer: string | null
  phone: string | null
  status: WorkStatus
  /** Milliseconds since the epoch; null where no time is agreed upon. */
  from: number | null
  /** The offer that waits for an answer. */
  offer: string | null
  /** Where it is one: what is to be looked at, and what was found so far. */
  inspection: { name: string; items: readonly ChecklistItem[]; checks: readonly Check[] } | null
}

/** Whoever writes is an engineer with work at hand. */
export interface EngineerView {
  id: string
  name: string
  /** In order of time. */
  jobs: readonly JobView[]
}

/** What an engineer says of their work. */
export type WorkSaid =
  | { say: 'accept'; offer: string }
  | { say: 'reject'; reason: string }
  | { say: 'on_my_way' | 'arrived' | 'no_show' }
  /** `part` in words; `parts` one by one, where the catalogue has it with its number. */
  | { say: 'need_part'; part: string; parts: readonly { words: string; quantity: number; number: string | null }[] }
  | { say: 'cannot_complete'; reason: string; photos: readonly string[] }
  | { say: 'finished'; failure: FailureRecord; photos: readonly string[] }

export interface FlowContext {
  /** Milliseconds since the epoch. */
  now: number
  language: Language
  customer: CustomerView
  abilities: Abilities
  settings: FlowSettings
  people: People
  /** Unused so far; a turn opens one ticket at most. */
  ticketNumber: string
  /** Null: whoever writes is a customer. */
  engineer: EngineerView | null
  /** The ticket this conversation spoke of last. */
  ticket: string | null
  /** The tickets this conversation spoke of, the latest last. */
  spoken: readonly SpokenOf[]
  /** Why the flow was started, e.g. which survey: what the starter gave it. */
  args: Readonly<Record<string, string>>
}

/** What is to be done once the turn is committed; each is carried out exactly once. */
export type Effect =
  /** `follows`: the ticket whose trouble came back. */
  | { do: 'open_ticket'; number: string; subject: string; description: string; fields: RepairFields; priority: Priority; follows?: string }
  /** Adds to or replaces what is known. */
  | { do: 'fill_ticket'; number: string; fields: RepairFields; subject?: string }
  /** The messages belong to this ticket. */
  | { do: 'attach'; number: string; messages: readonly string[] }
  /** The confirmed summary: `new` becomes `accepted`. */
  | { do: 'accept_ticket'; number: string }
  | { do: 'mark_incomplete'; number: string; incomplete: boolean }
  | { do: 'cancel_ticket'; number: string; comment: string }
  /** By the customer's word. */
  | { do: 'reopen_ticket'; number: string; comment: string }
  /** It is the same case, by the customer's word: the one lives on in the other. */
  | { do: 'merge_tickets'; from: string; into: string }
  /** It is another case, by the customer's word. */
  | { do: 'tell_apart'; one: string; other: string }
  /** The customer thanks for, or nods at, the last news of it. */
  | { do: 'acknowledge'; number: string; message: string }
  | { do: 'answer_survey'; survey: string; score?: number; comment?: string }
  /** The customer's word on a quote; `text` exactly as it was said. */
  | { do: 'answer_quote'; quote: string; version: number; decision: QuoteDecision; text: string; message: string | null }
  /** The customer's word on the question whether they want an offer; `words` exactly. */
  | { do: 'answer_offer'; opportunity: string; answer: OfferAnswer; words: string; message: string | null }
  | { do: 'describe_customer'; name?: string; email?: string; phone?: string }
  /** What is open here about the ticket is asked on where the customer wants to hear from us: the flow of that name starts there with `continue` in its args. */
  | { do: 'continue_there'; flow: string; number: string }
  /** What another conversation has open about the ticket goes on here from now on. `tell`: whoever comes back there reads so. */
  | { do: 'take_up'; number: string; from: string; tell: boolean }
  /** Where the customer wants news from now on; `point` null: any address of theirs on that channel. */
  | { do: 'prefer'; way: NewsWay; point: string | null }
  /** To an address that is not proved yet. */
  | { do: 'send_code'; way: NewsWay; address: string }
  | { do: 'miss_code' }
  /** The right code was typed: the address is theirs, and news goes there. */
  | { do: 'verify_address'; way: NewsWay; address: string }
  /** Times were offered for a visit. */
  | { do: 'offer_slots'; workOrder: string; slots: readonly SlotView[] }
  /** One of them was chosen; whether it is still free is told as news. */
  | { do: 'choose_slot'; workOrder: string; round: number; engineer: string; from: number }
  /** An engineer's word about their work. */
  | { do: 'say_of_work'; workOrder: string; said: WorkSaid }
  | { do: 'call_off'; workOrder: string; round: number; reason: string }
  /** The customer does not want this inspection; `gone`: the device is not with them any more. */
  | { do: 'decline_inspection'; workOrder: string; why: 'declined' | 'gone'; text: string }
  /** They want to be asked again later. */
  | { do: 'put_off_visit'; workOrder: string; round: number }
  /** They want an inspection; `asset` null: of a device that is not in the records. */
  | { do: 'book_inspection'; asset: string | null; device: string; words: string; messages: readonly string[]; windows: readonly TimeWindow[] }
  /** The device is not with them any more. */
  | { do: 'device_gone'; asset: string; text: string }
  /** What a meter shows. */
  | { do: 'read_meter'; asset: string; unit: string; value: number; replaced: boolean }
  /** An item of the checklist, as the engineer found it. */
  | { do: 'check_item'; workOrder: string; check: Check }
  /** The checklist is done; all of it, in case an item is still on its way. */
  | { do: 'finish_inspection'; workOrder: string; checks: readonly Check[] }
  /** The engineer is asked the items of the checklist, one by one. */
  | { do: 'go_through'; workOrder: string }
  /** The bot falls silent and a person takes the conversation. */
  | { do: 'hand_over'; reason: 'asked' | 'not_understood' | 'safety' | 'not_served'; ticket?: string }
  /** Something a person must look at. */
  | { do: 'open_task'; kind: 'new_information' | 'quote'; ticket?: string }
  /** Runs the conversation again at `at`: waiting questions, or an abandoned form. One alarm per kind; the latest `at` counts. */
  | { do: 'wake'; kind: 'questions' | 'abandoned'; at: Timestamp }

export type Step<State> =
  /** `understood: false` when the messages made no sense here; three in a row bring a person. `goesOn`: what lies beneath goes on by another way. */
  | { state: State | 'done'; say: readonly Utterance[]; effects: readonly Effect[]; understood?: boolean; goesOn?: NewsWay }
  | { state: State; ask: Query }
  /** The messages are not for this flow: it is over, and they go to the flow beneath, else to where the router sends them. */
  | { pass: true }

export interface Flow<State> {
  readonly name: string
  readonly version: number
  /** Several may be open in one conversation, each for its own ticket; of the others a second takes the place of the first. */
  readonly many?: true
  /** Reads a stored state, upgrading older versions. Throws when it is none. */
  parseState(stored: unknown): State
  /** Opens the flow. When messages opened it, `next` is called with them at once; a question from outside is asked here. */
  start(context: FlowContext): Step<State>
  next(state: State, input: FlowInput, context: FlowContext): Step<State>
}

export interface Route {
  flow: string
  args: Readonly<Record<string, string>>
  /** Where the messages go when that flow finds that they are not for it. */
  otherwise?: Route
}

/**
 * Where messages go. `open` names the flow being talked about: `undefined` as the answer leaves the messages to it.
 * With no flow open there is always somewhere to go.
 */
export interface Router {
  beside(messages: readonly FlowMessage[], open: string): Route | undefined
  enter(messages: readonly FlowMessage[], context: FlowContext): Route
  /** Where three misunderstandings in a row lead. */
  notUnderstood: Route
}

/** The conversations a bot can have. */
export interface Flows {
  all: readonly Flow<unknown>[]
  router: Router
}

/** Why something is said, which decides whether it spends the automatic-message budget. */
export type { Cause }
