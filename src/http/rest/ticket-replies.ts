// What routes about one ticket answer.
import type { HttpReply } from '../../channel.ts'
import { explainRefusal, viewTicket, type TicketRefusal } from '../../desk/index.ts'
import type { Changed } from '../../journal/index.ts'
import type { Ticket } from '../../tickets/index.ts'
import { problem } from '../problem.ts'
import { ticketView } from '../views.ts'
import { withVersion } from './record-replies.ts'

export const theTicket = { status: 200, description: 'The ticket as it is now; its version is the ETag', view: ticketView }
export const noTicket = 'There is no ticket with this number.'

/** With the version, for If-Match. */
export function shown(ticket: Ticket) {
  return withVersion(viewTicket(ticket))
}

export function changed(result: Changed<Ticket, TicketRefusal>) {
  return result.kind === 'refused' ? refusedTicket(result.refusal) : shown(result.state)
}

export function refusedTicket(refusal: TicketRefusal): HttpReply {
  const why = explainRefusal(refusal)
  switch (refusal.kind) {
    case 'unknown_ticket':
      return problem(404, 'Not found', why)
    case 'stale':
      return problem(412, 'Precondition failed', why)
    case 'bad_record':
    case 'unknown_team':
      return problem(400, 'Bad request', why)
    default:
      return problem(409, 'Conflict', why)
  }
}
