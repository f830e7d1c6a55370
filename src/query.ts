// What a flow may look up, and what it is answered: what the stores know, as much of it as a conversation may know.
import type { Entitlement } from './assets/entitlement.ts'
import type { Timestamp } from './clock.ts'
import type { QuoteLine, QuoteState } from './quotes/quote.ts'
import type { TicketView } from './tickets/ticket.ts'
import type { NewsWay } from './understanding/entities/way.ts'
import type { TimeWindow } from './understanding/times/index.ts'

/** What a flow wants looked up; answered by the runtime from the stores, read-only. */
export type Query =
  /** Tickets of this customer, newest first: those that are not over, and the newest of those that are; not for ever, and not more than anybody has in mind. */
  | { kind: 'tickets' }
  /** Found only when it is this customer's: a number alone reveals nothing. */
  | { kind: 'ticket'; number: string }
  /** Whether and where this customer can be written to on a channel; an address is E.164 or a lower-case mail address. */
  | { kind: 'way'; way: NewsWay; address: string | null }
  /** Whether this is the one-time code that was asked for in this conversation. */
  | { kind: 'code'; code: string }
  /** What a device that is about to be on this ticket is entitled to; null where there is nothing to say, or it was said before. */
  | { kind: 'entitlement'; ticket: string; serial?: string; product?: string }
  /** A version of a quote, only to the customer of its ticket; of null the one that waits for this customer's answer, the latest if there are more. */
  | { kind: 'quote'; quote: { id: string; version: number } }
  /** All quotes that wait for this customer's word. */
  | { kind: 'quotes' }
  /** Visits to this customer that are still to come or to be agreed upon, oldest first. */
  | { kind: 'visits' }
  /** Free times for a visit: within these windows if there are any, else the nearest; none: any. `after`: milliseconds since the epoch. */
  | { kind: 'slots'; workOrder: string; windows: readonly TimeWindow[]; after: number | null }
  /** Which parts an engineer means by their words; only to whoever has the work. */
  | { kind: 'parts'; workOrder: string; words: string }
  /** The devices of this customer, as the records have them. */
  | { kind: 'devices' }
  /** What a meter of theirs shows; null before its first reading. `value`: whether that would run back. */
  | { kind: 'meter'; asset: string; unit: string; value: number }

export type QueryAnswer =
  | { kind: 'tickets'; tickets: readonly TicketView[] }
  | { kind: 'ticket'; ticket: TicketView | undefined }
  | { kind: 'way'; way: WayView }
  | { kind: 'code'; verdict: 'right' | 'wrong' | 'expired' }
  | { kind: 'quote'; quote: QuoteView | undefined }
  | { kind: 'quotes'; quotes: readonly QuoteView[] }
  | { kind: 'entitlement'; entitlement: { ticket: string; result: Entitlement } | null }
  | { kind: 'visits'; visits: readonly VisitView[] }
  /** `fits`: they are within the windows. */
  | { kind: 'slots'; slots: readonly SlotView[]; fits: boolean }
  /** Null: the words say that there are none. */
  | { kind: 'parts'; parts: readonly MeantPartView[] | null }
  | { kind: 'devices'; devices: readonly DeviceView[] }
  | { kind: 'meter'; last: number | null; runsBack: boolean }

export interface DeviceView {
  asset: string
  serial: string
  product: string | null
}

/** A part in somebody's words: `sure` what it is without a doubt, else `options`, the likeliest first; none where nothing is like it. */
export interface MeantPartView {
  words: string
  quantity: number
  sure: { number: string; name: string } | null
  options: readonly { number: string; name: string }[]
}

export interface VisitView {
  workOrder: string
  /** Counts the agreements on a time. */
  round: number
  ticket: string
  subject: string
  /** Milliseconds since the epoch. */
  appointment: { from: number; engineer: string } | null
  /** Whether the customer can still move it or call it off here. */
  mayChange: boolean
  /** When a visit would suit, as the customer said before. */
  windows: readonly TimeWindow[]
  /** Where it is an inspection; `due`: milliseconds since the epoch. */
  inspection: { name: string; device: string; due: number } | null
}

export interface SlotView {
  engineer: string
  /** Milliseconds since the epoch. */
  from: number
  until: number
}

export interface WayView {
  /** We can write there at all. */
  on: boolean
  /** A proved address of theirs: the one asked about, else the latest. `shown` tells it to its owner and nobody else. */
  known: { point: string; shown: string; /** It is the one they write from. */ here: boolean } | null
  /** Of an address that is not proved: whether a code may be sent there. */
  code: 'may' | 'too_often' | 'not_wanted' | null
}

export interface QuoteView {
  id: string
  version: number
  state: QuoteState
  ticket: string
  subject: string
  lines: readonly QuoteLine[]
  /** ISO 4217. */
  currency: string
  /** In the smallest unit of the currency. */
  total: number
  note: string | null
  validUntil: Timestamp
  /** Its page. */
  link: string
}
