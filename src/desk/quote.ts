// What staff do with quotes, on any face: drafting, reviewing, sending, taking back, and writing down what a customer said elsewhere.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { sayDay } from '../hours/say-when.ts'
import type { Changed, Decision } from '../journal/index.ts'
import {
  decideQuote,
  draft,
  money,
  openVersion,
  priceList,
  quoteOf,
  quoteStream,
  review,
  send,
  totalOf,
  withdraw,
  type DecideResult,
  type Quote,
  type QuoteAct,
  type QuoteContent,
  type QuoteDecision,
  type QuoteRefusal,
} from '../quotes/index.ts'
import { categoryOf, survivorOf, ticketStream } from '../tickets/index.ts'
import { checkTicket, type Deed, type TicketRefusal } from './change-ticket.ts'

export type QuoteProblem = QuoteRefusal | Extract<TicketRefusal, { kind: 'stale' | 'too_late' | 'unknown_ticket' | 'merged' }>
export type QuoteResult = Changed<Quote, QuoteProblem>

/** A new version, or another draft in place of one that has not gone out. */
export async function draftQuote(core: Core, number: string, content: QuoteContent, deed: Deed): Promise<QuoteResult> {
  const ticket = await core.journal.load(ticketStream, number)
  return changeQuote(core, quoteOf(number), deed, async (quote) => {
    const gone = checkTicket(ticket)
    if (gone?.kind === 'unknown_ticket' || gone?.kind === 'merged') return { refusal: gone }
    if (categoryOf(ticket.status) === 'done') return { refusal: { kind: 'ticket_done' } }
    return draft(quote, number, content)
  })
}

export function reviewQuote(core: Core, id: string, deed: Deed): Promise<QuoteResult> {
  return changeQuote(core, id, deed, async (quote) => review(quote, deed.actor, core.company().quotes.fourEyes))
}

/** The customer is asked where they want news; the ticket waits for the answer. */
export function sendQuote(core: Core, id: string, deed: Deed): Promise<QuoteResult> {
  return changeQuote(core, id, deed, async (quote) => {
    if (quote.n === 0) return { refusal: { kind: 'unknown_quote' } }
    const to = await addresseeOf(core, quote.ticket)
    return 'refusal' in to ? to : send(quote, to, core.clock.now(), core.company().quotes.validForMs)
  })
}

export function withdrawQuote(core: Core, id: string, reason: string | null, deed: Deed): Promise<QuoteResult> {
  return changeQuote(core, id, deed, async (quote) => withdraw(quote, reason))
}

/** For a face that shows beforehand what goes out: looking at that is the review, and one change does both. */
export function lookAndSend(core: Core, number: string, deed: Deed): Promise<QuoteResult> {
  return changeQuote(core, quoteOf(number), deed, async (quote) => {
    const to = await addresseeOf(core, number)
    if ('refusal' in to) return to
    const { fourEyes, validForMs } = core.company().quotes
    const seen = review(quote, deed.actor, fourEyes)
    if (seen !== undefined && 'refusal' in seen) return seen
    const now = core.clock.now()
    const reviewed = (seen?.events ?? []).reduce((each, event) => quoteStream.apply(each, event, timestamp(now), deed.actor), quote)
    const sent = send(reviewed, to, now, validForMs)
    return sent === undefined || 'refusal' in sent ? sent : { events: [...(seen?.events ?? []), ...sent.events], effects: sent.effects }
  })
}

/** What a face needs to write a quote. */
export interface QuoteSheet {
  currency: string
  /** What has not gone out yet. */
  draft: QuoteContent | null
  /** The total of one that the customer can decide on. */
  open: string | null
}

/** Undefined when there is no such ticket. */
export async function quoteSheet(core: Core, number: string): Promise<QuoteSheet | undefined> {
  const ticket = await core.journal.load(ticketStream, number)
  if (ticket.n === 0) return undefined
  const quote = await core.journal.load(quoteStream, quoteOf(number))
  const last = quote.versions.at(-1)
  const open = openVersion(quote)
  return {
    currency: last?.currency ?? core.company().quotes.currency,
    draft: last?.state === 'draft' || last?.state === 'reviewed' ? last : null,
    open: open === undefined ? null : money(totalOf(open), open.currency, 'en'),
  }
}

/** What the customer will read of the draft, in their language. */
export async function previewQuote(core: Core, number: string): Promise<string[]> {
  const { subject, language } = await core.journal.load(ticketStream, number)
  const draft = (await core.journal.load(quoteStream, quoteOf(number))).versions.at(-1)
  if (draft === undefined) return []
  const { timeZone } = core.company().flow
  const until = sayDay(core.clock.now() + core.company().quotes.validForMs, language, timeZone)
  const lines = priceList(draft.lines, draft.currency, language)
  const offer = core.render(language, 'quote.offer', { number, subject, lines, total: money(totalOf(draft), draft.currency, language), until })
  return [offer, ...(draft.note === null ? [] : [core.render(language, 'quote.note', { note: draft.note })])]
}

/** What the customer told staff, on the phone or at the counter: `text` in their words. They hear what was written down. */
export async function decideOnBehalf(core: Core, id: string, version: number, decision: QuoteDecision, text: string, deed: Deed): Promise<DecideResult> {
  const evidence = {
    at: timestamp(core.clock.now()),
    by: deed.actor,
    onBehalf: true,
    where: 'elsewhere',
    address: null,
    message: null,
    text,
  } as const
  return decideQuote(core, { quote: id, version, decision, evidence }, deed.key, { tell: true, look: false })
}

/** Where it goes; nothing is offered for a repair that is over. */
async function addresseeOf(core: Core, number: string): Promise<{ conversation: string | null; ticket: string } | { refusal: { kind: 'ticket_done' } }> {
  const { _id: ticket, status, conversation } = await survivorOf(core, number)
  return categoryOf(status) === 'done' ? { refusal: { kind: 'ticket_done' } } : { conversation, ticket }
}

function changeQuote(core: Core, id: string, deed: Deed, act: (quote: Quote) => Promise<QuoteAct | { refusal: QuoteProblem }>): Promise<QuoteResult> {
  return core.journal.change<Quote, QuoteProblem>(quoteStream, id, {
    key: deed.key,
    async decide(quote): Promise<Decision<QuoteProblem>> {
      if (deed.version !== undefined && quote.n > 0 && deed.version !== quote.n) return { kind: 'refused', refusal: { kind: 'stale', version: quote.n } }
      const made = await act(quote)
      if (made === undefined) return { kind: 'nothing' }
      if ('refusal' in made) return { kind: 'refused', refusal: made.refusal }
      if (deed.mayCommit?.() === false) return { kind: 'refused', refusal: { kind: 'too_late' } }
      return { kind: 'entry', actor: deed.actor, ...made }
    },
  })
}

export function explainQuoteProblem(problem: QuoteProblem): string {
  switch (problem.kind) {
    case 'unknown_quote':
      return 'There is no quote with this number; draft one for its ticket first.'
    case 'unknown_ticket':
      return 'There is no ticket with this number.'
    case 'merged':
      return `This ticket was merged into ${problem.into}; use that one.`
    case 'empty':
      return 'A quote has at least one line.'
    case 'wrong_state':
      return `The newest version is ${problem.state}; this needs ${problem.wanted}.`
    case 'own_draft':
      return 'Somebody else than who drafted it must review it (quotes.fourEyes in mendline.yaml).'
    case 'ticket_done':
      return 'The repair is over; reopen its ticket first.'
    case 'no_address':
      return 'The ticket has no address of its customer to send it to.'
    case 'stale':
      return `The quote has changed since: it is at version ${problem.version} now. Read it again.`
    case 'too_late':
      return 'This came too late to count; nothing was changed.'
  }
}
