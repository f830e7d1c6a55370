// REST: offers for repairs that cost something. Drafted, reviewed, then sent; the customer decides.
import { z } from 'zod'
import type { HttpReply } from '../../channel.ts'
import type { Core } from '../../core.ts'
import {
  decideOnBehalf,
  draftQuote,
  explainQuoteProblem,
  pageOf,
  reviewQuote,
  sendQuote,
  viewQuote,
  withdrawQuote,
  type QuoteResult,
} from '../../desk/index.ts'
import { isCurrency, quoteStates, quoteStream, type Quote } from '../../quotes/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { problem } from '../problem.ts'
import { quoteLineView, quoteView } from '../quote-views.ts'
import { ofTicket, text, ticketNumber } from './inputs.ts'
import { withVersion } from './record-replies.ts'
import { noTicket } from './ticket-replies.ts'

const quoteNumber = z.string().regex(/^Q-[0-9A-Z]{7}$/, 'A quote number looks like Q-4K7Q2MM; this is none.')
const ofQuote = z.strictObject({ id: quoteNumber })
const theQuote = { status: 200, description: 'The quote as it is now; its version is the ETag', view: quoteView }
const noQuote = 'There is no quote with this number.'
const wrongState = 'Its newest version is not in a state that allows it.'
const stale = 'It has changed since the version in If-Match.'
const content = z.strictObject({
  lines: z
    .array(quoteLineView.extend({ description: text(300), quantity: z.int().min(1).max(10_000), unitPrice: z.int().min(-1_000_000_000).max(1_000_000_000) }))
    .min(1, 'has at least one line')
    .max(100, 'has at most 100 lines'),
  currency: z.string().refine(isCurrency, 'is no currency; use a code such as EUR').optional(),
  note: text(2000).nullable().default(null),
})

export function quoteEndpoints(core: Core): Endpoint[] {
  const { quotes } = core.collections
  return [
    endpoint(core, {
      method: 'GET',
      path: '/quotes',
      summary: 'Quotes, newest first',
      takes: z.object({ query: listQuery({ state: z.enum(quoteStates).optional(), ticket: ticketNumber.optional() }) }),
      answers: { status: 200, description: 'A page of quotes', view: pageOfViews(quoteView) },
      async handle({ query: { limit, cursor, ...filter } }) {
        return { view: viewPage(await pageOf(quotes, filter, 'createdAt', { limit, cursor }), viewQuote) }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/quotes/{id}',
      summary: 'One quote with all its versions',
      takes: z.object({ params: ofQuote }),
      answers: theQuote,
      refuses: { 404: noQuote },
      async handle({ params: { id } }) {
        const quote = await core.journal.load(quoteStream, id)
        return quote.n === 0 ? problem(404, 'Not found', noQuote) : shown(quote)
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/tickets/{number}/quotes',
      summary: 'Draft a quote for a ticket: a new version, or another draft in place of one that has not gone out',
      takes: z.object({ params: ofTicket, body: content }),
      answers: theQuote,
      refuses: { 404: noTicket, 409: 'The repair is over, or it was merged into another.', 412: stale },
      async handle({ params, body: { currency = core.company().quotes.currency, ...rest } }, deed) {
        return changed(await draftQuote(core, params.number, { ...rest, currency }, deed))
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/quotes/{id}/review',
      summary: 'Say that somebody has looked at the draft; nothing goes out before',
      takes: z.object({ params: ofQuote }),
      answers: theQuote,
      refuses: { 404: noQuote, 409: wrongState, 412: stale },
      handle: async ({ params }, deed) => changed(await reviewQuote(core, params.id, deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/quotes/{id}/send',
      summary: 'Send the reviewed version to the customer, whose answer the ticket then waits for',
      takes: z.object({ params: ofQuote }),
      answers: theQuote,
      refuses: { 404: noQuote, 409: `${wrongState} Or the repair is over, or its customer has no address.`, 412: stale },
      handle: async ({ params }, deed) => changed(await sendQuote(core, params.id, deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/quotes/{id}/withdraw',
      summary: 'Take the newest version back while nobody has decided on it',
      takes: z.object({ params: ofQuote, body: z.strictObject({ reason: text(500).nullable().default(null) }) }),
      answers: theQuote,
      refuses: { 404: noQuote, 409: wrongState, 412: stale },
      handle: async ({ params, body }, deed) => changed(await withdrawQuote(core, params.id, body.reason, deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/quotes/{id}/decide',
      summary: 'Write down what the customer said of it on the phone or at the counter; they hear what was written down',
      takes: z.object({
        params: ofQuote,
        body: z.strictObject({ version: z.int().min(1), decision: z.enum(['approved', 'declined']), text: text(2000).describe("The customer's words") }),
      }),
      answers: theQuote,
      refuses: { 404: noQuote, 409: 'That version is not open for a decision.' },
      async handle({ params: { id }, body: { version, decision, text: words } }, deed) {
        const quote = await core.journal.load(quoteStream, id)
        if (quote.n === 0) return problem(404, 'Not found', noQuote)
        const result = await decideOnBehalf(core, id, version, decision, words, deed)
        if (result.kind !== 'closed') return shown(result.kind === 'decided' ? result.quote : quote)
        return problem(409, 'Conflict', result.state === null ? `The quote has no version ${version}.` : `Version ${version} is ${result.state}.`)
      },
    }),
  ]
}

function shown(quote: Quote) {
  return withVersion(viewQuote(quote))
}

function changed(result: QuoteResult): ReturnType<typeof shown> | HttpReply {
  if (result.kind !== 'refused') return shown(result.state)
  const { refusal } = result
  const why = explainQuoteProblem(refusal)
  if (refusal.kind === 'unknown_quote' || refusal.kind === 'unknown_ticket') return problem(404, 'Not found', why)
  return refusal.kind === 'stale' ? problem(412, 'Precondition failed', why) : problem(409, 'Conflict', why)
}
