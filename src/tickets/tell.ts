// News of a ticket, and who hears it.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Utterance } from '../flow.ts'
import type { Consequence } from '../journal/index.ts'
import type { Ticket } from './ticket.ts'

/** News for everybody who has asked about it, where they want to hear it. */
export function tellListeners(core: Pick<Core, 'clock'>, ticket: Ticket, say: Utterance[]): Consequence[] {
  const at = timestamp(core.clock.now())
  return listeningTo(ticket).map((conversation) => ({ do: 'arm', at, alarm: { kind: 'tell', conversation, ticket: ticket._id, say } }))
}

/** Where news of it goes: once to each customer who has asked about it. */
function listeningTo(ticket: Ticket): string[] {
  const told = new Set([ticket.customer.id])
  const others = ticket.merged.filter(({ customer }) => !told.has(customer) && told.add(customer))
  return [...new Set([ticket.conversation, ...others.map(({ conversation }) => conversation)].filter((each) => each !== null))]
}
