// Answers what a flow wants looked up: from the stores, read-only, and only about this customer.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { checkCode, identityOf, mayHaveCode } from '../customers/index.ts'
import { mayBegin, rungsOf, waysTo } from '../delivery/ladder.ts'
import { maskAddress } from '../desk/mask.ts'
import { partsMeant, slotsFor, visitsOf } from '../dispatch/index.ts'
import type { Query, QueryAnswer, QuoteView, WayView } from '../flow.ts'
import { devicesOf, meterFor } from '../inspections/index.ts'
import { linkTo } from '../links.ts'
import { contactPointId, conversationId, type Place } from '../message.ts'
import { openVersion, quoteStream, totalOf, type Quote, type QuoteVersion } from '../quotes/index.ts'
import { categoryOf, entitle, isOf, numbersOf, statuses, survivorOf, type Ticket } from '../tickets/index.ts'
import { viewsOf } from './view-tickets.ts'

/** Nobody means a repair older than this without its number. */
const rememberedMs = 2 * 365 * 86_400_000
const openStatuses = statuses.filter((status) => categoryOf(status) !== 'done')

/** `here` is where it is asked. */
export async function answerQuery(core: Core, here: Place, customer: string, query: Query): Promise<QueryAnswer> {
  const { verifications } = core.collections
  const { ids } = await identityOf(core.collections, customer)
  switch (query.kind) {
    case 'tickets': {
      return { kind: 'tickets', tickets: await viewsOf(core, here, ids, await ticketsOf(core, ids)) }
    }
    case 'ticket': {
      const ticket = await survivorOf(core, query.number)
      return { kind: 'ticket', ticket: isOf(ticket, ids) ? (await viewsOf(core, here, ids, [ticket]))[0] : undefined }
    }
    case 'way':
      return { kind: 'way', way: await wayOf(core, here, customer, query) }
    case 'code':
      return { kind: 'code', verdict: checkCode(await verifications.get(conversationId(here)), query.code, core.clock.now(), core.sign) }
    case 'quote':
      return { kind: 'quote', quote: await quoteFor(core, ids, query.quote) }
    case 'quotes':
      return { kind: 'quotes', quotes: await waitingQuotes(core, ids) }
    case 'visits':
      return { kind: 'visits', visits: await visitsOf(core, await ticketsOf(core, ids)) }
    case 'slots':
      return slotsFor(core, query, ids)
    case 'parts':
      return { kind: 'parts', parts: await partsMeant(core, here, query) }
    case 'devices':
      return devicesOf(core, ids)
    case 'meter':
      return meterFor(core, query, ids)
    case 'entitlement':
      return { kind: 'entitlement', entitlement: await entitlementFor(core, query) }
  }
}

/** The same check as when it is stored. Nothing when it says what the ticket says already. */
async function entitlementFor(core: Core, { ticket: number, serial, product }: Extract<Query, { kind: 'entitlement' }>) {
  const ticket = await survivorOf(core, number)
  const reported = ticket.n === 0 ? { ...ticket, createdAt: timestamp(core.clock.now()) } : ticket
  const device = { ...(serial === undefined ? {} : { serial }), ...(product === undefined ? {} : { product }) }
  const entitled = await entitle(core, reported, { ...ticket.fields, ...device })
  return entitled === undefined ? null : { ticket: number, result: entitled.entitlement }
}

async function wayOf(core: Core, here: Place, customer: string, { way, address }: Extract<Query, { kind: 'way' }>): Promise<WayView> {
  const { ways } = await waysTo(core, customer, null)
  const proved = rungsOf(ways, new Set()).filter((point) => point.channel === way && (address === null || point.address === address))[0]
  const on = mayBegin(core, way)
  if (proved !== undefined)
    return {
      on,
      known: { point: proved._id, shown: address ?? maskAddress(proved.address), here: proved._id === contactPointId(here.channel, here.address) },
      code: null,
    }
  if (address === null) return { on, known: null, code: null }
  const { contactPoints, customers } = core.collections
  const point = await contactPoints.get(contactPointId(way, address))
  const wanted = point === undefined || (point.optedOut === null && point.bad === null)
  const now = core.clock.now()
  const free = mayHaveCode(point?.codes ?? [], now) && mayHaveCode((await customers.get(customer))?.codes ?? [], now)
  return { on, known: null, code: !wanted ? 'not_wanted' : free ? 'may' : 'too_often' }
}

/** Loaded, not read: what was sent a moment ago may not be in the snapshot yet. */
async function quoteFor(core: Core, customers: readonly string[], wanted: { id: string; version: number }): Promise<QuoteView | undefined> {
  const quote = await core.journal.load(quoteStream, wanted.id)
  const version = quote.versions.find((each) => each.version === wanted.version)
  return version === undefined ? undefined : viewQuote(core, customers, quote, version)
}

async function waitingQuotes(core: Core, customers: readonly string[]): Promise<QuoteView[]> {
  const numbers = (await ticketsOf(core, customers)).flatMap(numbersOf)
  const waiting = await core.collections.quotes.find({ ticket: { $in: numbers }, state: 'sent' }, { sort: { updatedAt: -1 }, limit: 10 })
  const views = waiting.flatMap((quote) => {
    const version = openVersion(quote)
    return version === undefined ? [] : [viewQuote(core, customers, quote, version)]
  })
  const known = (await Promise.all(views)).filter((view) => view !== undefined)
  const valid = known.filter(({ state }) => state === 'sent')
  // Who says yes to an offer that has run out hears so.
  return valid.length > 0 ? valid : known
}

async function viewQuote(core: Core, customers: readonly string[], quote: Quote, version: QuoteVersion): Promise<QuoteView | undefined> {
  const ticket = await survivorOf(core, quote.ticket)
  const { lines, currency, note, validUntil } = version
  if (!isOf(ticket, customers) || validUntil === null) return undefined
  const state = version.state === 'sent' && validUntil <= timestamp(core.clock.now()) ? 'expired' : version.state
  const link = linkTo(core, 'quote', `${quote._id}.${version.version}`)
  return {
    id: quote._id,
    version: version.version,
    state,
    ticket: ticket._id,
    subject: ticket.subject,
    lines,
    currency,
    total: totalOf(version),
    note,
    validUntil,
    link,
  }
}

/** By index, the open ones apart from the rest, so that a customer of many years has all that is open. A ticket that was merged stands for the one it lives on in. */
async function ticketsOf(core: Core, customers: readonly string[]): Promise<Ticket[]> {
  const { tickets } = core.collections
  const own = { 'customer.id': { $in: customers }, spam: false }
  const newest = { sort: { createdAt: -1 }, limit: 50 } as const
  const since = timestamp(core.clock.now() - rememberedMs)
  const [open, latest] = await Promise.all([
    tickets.find({ ...own, status: { $in: openStatuses } }, newest),
    tickets.find({ ...own, createdAt: { $gt: since } }, newest),
  ])
  const present = await Promise.all([...open, ...latest].map(async (ticket) => (ticket.mergedInto === null ? ticket : survivorOf(core, ticket.mergedInto))))
  return [...new Map(present.map((ticket) => [ticket._id, ticket])).values()].toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
}
