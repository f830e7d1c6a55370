// Answers what a flow wants looked up: from the stores, read-only, and only about this customer.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Query, QueryAnswer } from '../flow.ts'
import { categoryOf, isOf, survivorOf, type Ticket, type TicketView } from '../tickets/index.ts'

const recentMs = 30 * 86_400_000

export async function answerQuery(core: Core, customer: string, query: Query): Promise<QueryAnswer> {
  switch (query.kind) {
    case 'tickets': {
      const since = timestamp(core.clock.now() - recentMs)
      const found = await ticketsOf(core, [customer])
      return { kind: 'tickets', tickets: found.filter((ticket) => categoryOf(ticket.status) !== 'done' || ticket.updatedAt > since).map(viewOf) }
    }
    case 'ticket': {
      const ticket = await survivorOf(core, query.number)
      return { kind: 'ticket', ticket: isOf(ticket, [customer]) ? viewOf(ticket) : undefined }
    }
  }
}

/** A ticket that was merged stands for the one it lives on in. */
async function ticketsOf(core: Core, customers: readonly string[]): Promise<Ticket[]> {
  const own = await core.collections.tickets.find({ 'customer.id': { $in: customers }, spam: false }, { sort: { createdAt: -1 }, limit: 50 })
  const present = await Promise.all(own.map(async (ticket) => (ticket.mergedInto === null ? ticket : survivorOf(core, ticket.mergedInto))))
  return [...new Map(present.map((ticket) => [ticket._id, ticket])).values()]
}

function viewOf(ticket: Ticket): TicketView {
  const { _id, merged, status, before, statusSince, subject, fields, incomplete, conversation, createdAt, updatedAt } = ticket
  return { _id, merged, status, before, statusSince, subject, fields, incomplete, conversation, createdAt, updatedAt }
}
