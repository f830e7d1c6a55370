// What reports count: one row for each repair, put together from its ticket, its work and its survey. Read-only.
import { productKey } from '../../assets/index.ts'
import type { Timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { WorkOrder } from '../../dispatch/index.ts'
import type { Survey } from '../../surveys/index.ts'
import { isFirstTimeFix, type Ticket } from '../../tickets/index.ts'
import { pagesOf } from '../pages.ts'

export interface Period {
  /** ISO instants; the first counts, the second no more. */
  from: Timestamp
  until: Timestamp
  /** Only repairs of this product; of all when left out. */
  product?: string | undefined
}

export interface RepairFact {
  ticket: Ticket
  product: string | null
  asset: string | null
  agent: string | null
  engineer: string | null
  /** Over at the first attempt (one visit, resolved once), with no repeat since; null while it is not over. */
  fixedFirst: boolean | null
  work: readonly WorkOrder[]
  surveys: readonly Survey[]
}

/** Repairs reported in the period, page by page, so that years of them fit into memory. Merged ones, spam and inspections are none. */
export async function* factsOf(core: Core, { from, until, product }: Period): AsyncGenerator<RepairFact[]> {
  const { tickets, surveys, workOrders } = core.collections
  for await (const found of pagesOf(tickets, { createdAt: { $gte: from, $lt: until }, ...ofProduct(product) }, 'createdAt')) {
    const repairs = found.filter(({ mergedInto, spam, inspection }) => mergedInto === null && !spam && inspection?.role !== 'visit')
    const numbers = repairs.map(({ _id }) => _id)
    const [work, answers] = await Promise.all([workOrders.find({ ticket: { $in: numbers } }), surveys.find({ ticket: { $in: numbers } })])
    yield repairs.map((ticket) => factOf(ticket, work, answers))
  }
}

function ofProduct(product: string | undefined): { productKey?: string } {
  return product === undefined ? {} : { productKey: productKey(product) }
}

/** Whether a ticket is of the product; for what is counted by something else than repairs. */
export async function isOfProduct(core: Core, numbers: readonly string[], product: string | undefined): Promise<(number: string | null) => boolean> {
  if (product === undefined) return () => true
  const found = await core.collections.tickets.find({ _id: { $in: numbers }, ...ofProduct(product) })
  const known = new Set<string | null>(found.map(({ _id }) => _id))
  return (number) => known.has(number)
}

function factOf(ticket: Ticket, work: readonly WorkOrder[], surveys: readonly Survey[]): RepairFact {
  const own = work.filter((order) => order.ticket === ticket._id)
  return {
    ticket,
    product: ticket.fields.product ?? null,
    asset: ticket.fields.serial ?? null,
    agent: ticket.assigneeName,
    engineer: own.findLast(({ engineerName }) => engineerName !== null)?.engineerName ?? null,
    fixedFirst: fixedFirst(ticket, own),
    work: own,
    surveys: surveys.filter((survey) => survey.ticket === ticket._id),
  }
}

/** Work that was called off, or is not done yet, was no attempt. */
function fixedFirst(ticket: Ticket, work: readonly WorkOrder[]): boolean | null {
  const once = isFirstTimeFix(ticket)
  return once && work.filter(({ status }) => status === 'completed' || status === 'cannot_complete' || status === 'returned').length > 1 ? false : once
}
