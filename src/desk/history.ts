// All that changed about a ticket, in one order: the ticket itself, the work on it, its parts, its quote, the question how it went.
import type { Core } from '../core.ts'
import { workOf } from '../dispatch/index.ts'
import type { Event } from '../events.ts'
import type { Entry } from '../journal/index.ts'
import { quoteOf } from '../quotes/index.ts'
import { numbersOf, type Ticket } from '../tickets/index.ts'

export const happeningKinds = ['ticket', 'work_order', 'part_request', 'quote', 'survey'] as const

/** Whose history an entry is of; `name` as staff know it: a work order's kind, parts with their number, a quote's number. */
export interface About {
  kind: (typeof happeningKinds)[number]
  id: string
  name: string
}

export interface Happened {
  about: About
  entry: Entry
}

/** Oldest first; each stream in its own order. */
export async function historyOf(core: Core, ticket: Ticket): Promise<Happened[]> {
  const streams: About[] = [{ kind: 'ticket', id: ticket._id, name: ticket._id }, ...(await streamsAround(core, ticket))]
  const histories = await Promise.all(
    streams.map(async (about) => (await core.journal.entries(about.kind, about.id)).map((entry): Happened => ({ about, entry }))),
  )
  return histories.flat().toSorted(({ entry: one }, { entry: other }) => one.at.localeCompare(other.at) || one.n - other.n)
}

async function streamsAround(core: Core, ticket: Ticket): Promise<About[]> {
  const { partRequests, parts, surveys } = core.collections
  const numbers = numbersOf(ticket)
  const [orders, requests, asked] = await Promise.all([
    workOf(core, ticket._id),
    partRequests.find({ ticket: { $in: numbers } }, { sort: { createdAt: 1 } }),
    surveys.find({ ticket: { $in: numbers } }),
  ])
  const named = await Promise.all(requests.map(async ({ part, quantity, wanted }) => `${quantity} × ${(await parts.get(part))?.number ?? wanted ?? part}`))
  return [
    ...orders.map(({ _id: id, kind }): About => ({ kind: 'work_order', id, name: kind })),
    ...requests.map(({ _id: id }, index): About => ({ kind: 'part_request', id, name: named[index] ?? '' })),
    ...numbers.map(quoteOf).map((id): About => ({ kind: 'quote', id, name: id })),
    ...asked.map(({ _id: id }): About => ({ kind: 'survey', id, name: id })),
  ]
}

/** What the bot fills in while it asks is no move, nor is what only clocks and calendars keep. */
const quiet = new Set<Event['type']>([
  'ticket.described',
  'ticket.marked',
  'ticket.moved',
  'ticket.entitlement_checked',
  'ticket.responded',
  'ticket.restored',
  'ticket.followed',
  'ticket.acknowledged',
  'ticket.same_case_proposed',
  'ticket.repeat_found',
  'ticket.repeated',
  'work_order.described',
  'work_order.offered',
  'quote.reviewed',
])

/** Worth a line for a person. */
export function isMove({ events }: Entry): boolean {
  return events.some(({ type }) => !quiet.has(type))
}
