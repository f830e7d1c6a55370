// A delivery: one event for one endpoint. It is the due document, the place in the order, and the log of what was tried. It names the event's
// journal entry and holds nothing of it, so that what is erased there is told no more.
import type { Timestamp } from '../clock.ts'
import { defineCollection } from '../storage/collection.ts'
import type { WebhookType } from './shapes.ts'

/** Where what is told comes from. */
export type Source = { kind: 'entry'; entry: string; index: number } | { kind: 'message'; message: string } | { kind: 'test' }

export interface Try {
  at: Timestamp
  durationMs: number
  /** Null: nobody answered. */
  status: number | null
  /** The beginning of the answer, or why there was none. */
  answer: string
}

export interface WebhookDelivery {
  /** Follows from endpoint and event: each is told once of each. */
  _id: string
  endpoint: string
  /** The event's id, the same for every endpoint. */
  event: string
  type: WebhookType
  /** What it is told in the order of: its ticket, or else the record it is about. */
  lane: string
  /** In the lane, from 1 without gaps. */
  sequence: number
  ticket: string | null
  source: Source
  state: 'waiting' | 'delivered' | 'failed'
  /** In a row, since it was made or replayed. */
  failures: number
  /** The first of these. */
  failedAt: Timestamp | null
  /** The last try was answered, with a no. */
  refused: boolean
  /** When it may be tried. */
  notBefore: Timestamp
  /** When to look at it: later than `notBefore` for one that waits behind another. */
  dueAt: Timestamp
  /** Whose process is at it, and until when that counts. */
  claimedBy: string
  claimedUntil: Timestamp
  /** The last ones, oldest first. */
  tries: Try[]
  /** What last asked for it to be told again. */
  replay: string | null
  /** When the event happened. */
  createdAt: Timestamp
  doneAt: Timestamp | null
}

export const webhookDeliveriesCollection = defineCollection<WebhookDelivery>('webhook_deliveries', [
  { name: 'sequence', fields: ['endpoint', 'lane', 'sequence'], unique: true },
  { name: 'due', fields: ['endpoint', 'state', 'dueAt'] },
  { name: 'done', fields: ['state', 'doneAt'] },
  { name: 'happened', fields: ['endpoint', 'createdAt'] },
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'ticket', fields: ['ticket', 'createdAt'] },
])

/** How an endpoint has been doing; none for one that answers well. */
export interface WebhookHealth {
  /** The endpoint. */
  _id: string
  /** Since when every try has failed. */
  failingSince: Timestamp | null
  /** It asked for a pause. */
  pausedUntil: Timestamp | null
}

export const webhookHealthCollection = defineCollection<WebhookHealth>('webhook_health')
