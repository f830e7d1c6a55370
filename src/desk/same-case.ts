// Which open tickets are still perhaps the same case as one, as its card shows them.
import type { Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { identityOf } from '../customers/index.ts'
import { caseLikeness, categoryOf, survivorOf, type CaseLikeness, type Ticket, type TicketStatus } from '../tickets/index.ts'

export interface SameCaseView extends CaseLikeness {
  number: string
  subject: string
  status: TicketStatus
  channel: Ticket['channel']
  customer: { name: string | null; same: boolean }
  createdAt: Timestamp
  /** The newer one is merged into the older. */
  merge: { from: string; into: string }
}

/** Those shown at once; the others follow as these are decided. */
const shownMax = 3

/** Without those that are over, that live on in it, or that look like another case by what is known now. */
export async function sameCaseOf(core: Core, ticket: Ticket): Promise<SameCaseView[]> {
  if (ticket.mergedInto !== null || categoryOf(ticket.status) === 'done') return []
  const apart = new Set(ticket.toldApart.map(({ number }) => number))
  const { ids } = await identityOf(core.collections, ticket.customer.id)
  const views = new Map<string, SameCaseView>()
  for (const proposed of ticket.sameCase) {
    const other = await survivorOf(core, proposed.number)
    const likeness = caseLikeness(ticket.fields, other.fields)
    if (likeness === undefined || other._id === ticket._id || apart.has(other._id) || categoryOf(other.status) === 'done') continue
    const [from, into] = other.createdAt <= ticket.createdAt ? [ticket._id, other._id] : [other._id, ticket._id]
    const { _id: number, subject, status, channel, customer, createdAt } = other
    views.set(number, {
      ...likeness,
      number,
      subject,
      status,
      channel,
      customer: { name: customer.name, same: ids.includes(customer.id) },
      createdAt,
      merge: { from, into },
    })
  }
  return [...views.values()].slice(0, shownMax)
}
