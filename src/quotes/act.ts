// What staff may do with a quote, and what follows: drafting, reviewing, sending, taking back. Pure decisions on the present quote.
import { timestamp } from '../clock.ts'
import type { Event } from '../events.ts'
import type { Actor, Consequence } from '../journal/index.ts'
import { type Quote, type QuoteContent, type QuoteState } from './quote.ts'

export type QuoteRefusal =
  | { kind: 'unknown_quote' }
  /** Nothing in it, or a total that is no amount. */
  | { kind: 'empty' }
  | { kind: 'wrong_state'; state: QuoteState; wanted: string }
  /** The company wants four eyes, and these two drafted it. */
  | { kind: 'own_draft' }
  /** Its ticket is over, or gone. */
  | { kind: 'ticket_done' }
  | { kind: 'no_address' }

export type QuoteAct = { events: Event[]; effects: Consequence[] } | { refusal: QuoteRefusal } | undefined

/** A draft is replaced and wants a new look, unless it says the same; anything later gets a version beside it. */
export function draft(quote: Quote, ticket: string, content: QuoteContent): QuoteAct {
  if (content.lines.length === 0) return { refusal: { kind: 'empty' } }
  const last = quote.versions.at(-1)
  const open = last?.state === 'draft' || last?.state === 'reviewed'
  if (open && isSame(last, content)) return undefined
  const version = open ? last.version : (last?.version ?? 0) + 1
  return { events: [{ type: 'quote.drafted', ticket, version, content }], effects: [] }
}

function isSame(one: QuoteContent, other: QuoteContent): boolean {
  const words = ({ lines, currency, note }: QuoteContent) =>
    JSON.stringify([lines.map((line) => [line.description, line.quantity, line.unitPrice]), currency, note])
  return words(one) === words(other)
}

/** Somebody has looked at it; with four eyes somebody else than who drafted it. */
export function review(quote: Quote, by: Actor, fourEyes: boolean): QuoteAct {
  const last = quote.versions.at(-1)
  if (last === undefined) return { refusal: { kind: 'unknown_quote' } }
  if (last.state === 'reviewed') return undefined
  if (last.state !== 'draft') return { refusal: { kind: 'wrong_state', state: last.state, wanted: 'a draft' } }
  if (fourEyes && last.draftedBy.kind === by.kind && last.draftedBy.id === by.id) return { refusal: { kind: 'own_draft' } }
  return { events: [{ type: 'quote.reviewed', version: last.version }], effects: [] }
}

/** Only what somebody has reviewed; it takes the place of a version that still waits for its answer. */
export function send(quote: Quote, to: { conversation: string | null; ticket: string }, now: number, validForMs: number): QuoteAct {
  const last = quote.versions.at(-1)
  if (last === undefined) return { refusal: { kind: 'unknown_quote' } }
  if (last.state === 'sent') return undefined
  if (last.state !== 'reviewed') return { refusal: { kind: 'wrong_state', state: last.state, wanted: 'a reviewed draft' } }
  if (to.conversation === null) return { refusal: { kind: 'no_address' } }
  const { version } = last
  const validUntil = timestamp(now + validForMs)
  return {
    events: [{ type: 'quote.sent', version, validUntil }],
    effects: [
      { do: 'ticket', number: to.ticket, change: { change: 'status', to: 'pending', comment: null } },
      {
        do: 'arm',
        at: timestamp(now),
        alarm: { kind: 'ask', conversation: to.conversation, flow: 'answer-quote', args: { quote: quote._id, version: String(version), ticket: to.ticket } },
      },
      { do: 'arm', at: validUntil, alarm: { kind: 'quote_expiry', quote: quote._id, version } },
    ],
  }
}

export function withdraw(quote: Quote, reason: string | null): QuoteAct {
  const last = quote.versions.at(-1)
  if (last === undefined) return { refusal: { kind: 'unknown_quote' } }
  if (last.state === 'withdrawn') return undefined
  if (last.state === 'approved' || last.state === 'declined' || last.state === 'expired')
    return { refusal: { kind: 'wrong_state', state: last.state, wanted: 'one that nobody has decided' } }
  return { events: [{ type: 'quote.withdrawn', version: last.version, reason }], effects: [] }
}
