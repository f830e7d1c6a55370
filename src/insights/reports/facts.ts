// What reports count: one row for each repair, put together from its ticket, its work and its survey. Read-only.
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

/** Repairs reported in the period, page by page, so that years of them fit into memory. Merged ones and spam are none. */
export async function* factsOf(core: Core, { from, until }: Period): AsyncGenerator<RepairFact[]> {
  const { tickets, surveys, workOrders } = core.collections
  for await (const found of pagesOf(tickets, { createdAt: { $gte: from, $lt: until } }, 'createdAt')) {
    const repairs = found.filter(({ mergedInto, spam }) => mergedInto === null && !spam)
    const numbers = repairs.map(({ _id }) => _id)
    const [work, answers] = await Promise.all([workOrders.find({ ticket: { $in: numbers } }), surveys.find({ ticket: { $in: numbers } })])
    yield repairs.map((ticket) => factOf(ticket, work, answers))
  }
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
