// Answers what a flow wants looked up: from the stores, read-only, and only about this customer.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Query, QueryAnswer } from '../flow.ts'
import { categoryOf, type Ticket, type TicketView } from '../tickets/index.ts'

const recentMs = 30 * 86_400_000

export async function answerQuery(core: Core, customer: string, query: Query): Promise<QueryAnswer> {
  const { tickets } = core.collections
  switch (query.kind) {
    case 'tickets': {
      const found = await tickets.find({ 'customer.id': customer, spam: false, mergedInto: null }, { sort: { createdAt: -1 }, limit: 50 })
      const since = timestamp(core.clock.now() - recentMs)
      return { kind: 'tickets', tickets: found.filter((ticket) => categoryOf(ticket.status) !== 'done' || ticket.updatedAt > since).map(viewOf) }
    }
    case 'ticket': {
      const ticket = await tickets.get(query.number)
      return { kind: 'ticket', ticket: ticket?.customer.id === customer ? viewOf(ticket) : undefined }
    }
  }
}

function viewOf(ticket: Ticket): TicketView {
  const { _id, status, before, statusSince, subject, fields, incomplete, conversation, createdAt, updatedAt } = ticket
  return { _id, status, before, statusSince, subject, fields, incomplete, conversation, createdAt, updatedAt }
}
