// A quote: what a repair out of warranty would cost, drafted by staff, decided by the customer. One stream holds all its versions, so
// that sending a new one and approving the old one cannot both win.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Event } from '../events.ts'
import type { Actor, Stream } from '../journal/index.ts'
import type { ChannelName } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'

export interface QuoteLine {
  description: string
  quantity: number
  /** In the smallest unit of the currency, what the customer pays for one. */
  unitPrice: number
}

export interface QuoteContent {
  lines: QuoteLine[]
  /** ISO 4217. */
  currency: string
  /** What the customer reads below the lines. */
  note: string | null
}

export const quoteStates = ['draft', 'reviewed', 'sent', 'approved', 'declined', 'expired', 'withdrawn', 'superseded'] as const
export type QuoteState = (typeof quoteStates)[number]

/** Who said what, when and where; kept for as long as the quote is. */
export interface Evidence {
  at: Timestamp
  by: Actor
  /** Staff wrote down what the customer told them. */
  onBehalf: boolean
  where: ChannelName | 'page' | 'elsewhere'
  /** The address it came from. */
  address: string | null
  /** The stored message, where there is one. */
  message: string | null
  /** The exact words, or the label of the button. */
  text: string
}

export interface QuoteVersion extends QuoteContent {
  version: number
  state: QuoteState
  draftedBy: Actor
  draftedAt: Timestamp
  reviewedBy: Actor | null
  sentAt: Timestamp | null
  validUntil: Timestamp | null
  evidence: Evidence | null
  /** Why it was withdrawn. */
  reason: string | null
}

export interface Quote {
  /** `Q-` and the number of its ticket. */
  _id: string
  n: number
  ticket: string
  /** Of the newest version. */
  state: QuoteState
  versions: QuoteVersion[]
  createdAt: Timestamp
  updatedAt: Timestamp
}

export type QuoteDecision = 'approved' | 'declined'

export type QuoteEvent =
  /** Internal: a new version, or a draft changed. */
  | { type: 'quote.drafted'; ticket: string; version: number; content: QuoteContent }
  /** Internal: somebody has looked at it. */
  | { type: 'quote.reviewed'; version: number }
  | { type: 'quote.sent'; version: number; validUntil: Timestamp }
  | { type: `quote.${QuoteDecision}`; version: number; evidence: Evidence }
  /** Internal: nobody answered in time. */
  | { type: 'quote.expired'; version: number }
  /** Internal: taken back by staff. */
  | { type: 'quote.withdrawn'; version: number; reason: string | null }

export const quotesCollection = defineCollection<Quote>('quotes', [
  { name: 'ticket', fields: ['ticket'] },
  { name: 'created', fields: ['createdAt', '_id'] },
])

export const quoteStream: Stream<Quote> = {
  kind: 'quote',
  collection: quotesCollection,
  begin: (id) => ({ _id: id, n: 0, ticket: '', state: 'draft', versions: [], createdAt: timestamp(0), updatedAt: timestamp(0) }),
  apply(quote, event, at, actor) {
    const versions = fold(quote.versions, event, at, actor)
    if (versions === undefined) return quote
    const begun = event.type === 'quote.drafted' && quote.n === 0 ? { ticket: event.ticket, createdAt: at } : {}
    return { ...quote, ...begun, versions, state: versions.at(-1)?.state ?? quote.state, updatedAt: at }
  },
}

/** The number of a quote from that of its ticket. */
export function quoteOf(ticket: string): string {
  return ticket.replace(/^R-/, 'Q-')
}

export function totalOf({ lines }: Pick<QuoteContent, 'lines'>): number {
  return lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0)
}

/** The version that its customer can decide on. */
export function openVersion({ versions }: Quote): QuoteVersion | undefined {
  return versions.find(({ state }) => state === 'sent')
}

function fold(versions: QuoteVersion[], event: Event, at: Timestamp, actor: Actor): QuoteVersion[] | undefined {
  const change = (number: number, changes: Partial<QuoteVersion>): QuoteVersion[] =>
    versions.map((each) => (each.version === number ? { ...each, ...changes } : each))
  switch (event.type) {
    case 'quote.drafted': {
      const { version, content } = event
      const drafted: QuoteVersion = {
        ...content,
        version,
        state: 'draft',
        draftedBy: actor,
        draftedAt: at,
        reviewedBy: null,
        sentAt: null,
        validUntil: null,
        evidence: null,
        reason: null,
      }
      return [...versions.filter((each) => each.version !== version), drafted]
    }
    case 'quote.reviewed':
      return change(event.version, { state: 'reviewed', reviewedBy: actor })
    case 'quote.sent':
      return versions.map((each) => {
        if (each.version === event.version) return { ...each, state: 'sent', sentAt: at, validUntil: event.validUntil }
        return each.state === 'sent' ? { ...each, state: 'superseded' } : each
      })
    case 'quote.approved':
      return change(event.version, { state: 'approved', evidence: event.evidence })
    case 'quote.declined':
      return change(event.version, { state: 'declined', evidence: event.evidence })
    case 'quote.expired':
      return change(event.version, { state: 'expired' })
    case 'quote.withdrawn':
      return change(event.version, { state: 'withdrawn', reason: event.reason })
    default:
      return undefined
  }
}
