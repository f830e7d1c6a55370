// What routes about one ticket answer.
import type { HttpReply } from '../../channel.ts'
import { viewTicket, type TicketRefusal } from '../../desk/index.ts'
import type { Changed } from '../../journal/index.ts'
import type { Ticket } from '../../tickets/index.ts'
import { problem } from '../problem.ts'
import { ticketView } from '../views.ts'

export const theTicket = { status: 200, description: 'The ticket as it is now; its version is the ETag', view: ticketView }
export const noTicket = 'There is no ticket with this number.'

/** With the version, for If-Match. */
export function shown(ticket: Ticket) {
  return { view: viewTicket(ticket), headers: { etag: `"${ticket.n}"` } }
}

export function changed(result: Changed<Ticket, TicketRefusal>) {
  return result.kind === 'refused' ? refusedTicket(result.refusal) : shown(result.state)
}

export function refusedTicket(refusal: TicketRefusal): HttpReply {
  switch (refusal.kind) {
    case 'unknown_ticket':
      return problem(404, 'Not found', noTicket)
    case 'merged':
      return problem(409, 'Conflict', `This ticket was merged into ${refusal.into}; use that one.`)
    case 'stale':
      return problem(412, 'Precondition failed', `The ticket has changed since: it is at version ${refusal.version} now. Read it again.`)
    case 'not_allowed':
      return problem(409, 'Conflict', `A ticket that is ${refusal.from} can become: ${refusal.allowed.join(', ')}.`)
    case 'owned':
      return problem(409, 'Conflict', `${refusal.by} has had this ticket since ${refusal.since}; take it over with force, or leave it.`)
    case 'too_late':
      return problem(409, 'Conflict', 'This came too late to count; nothing was changed.')
  }
}
