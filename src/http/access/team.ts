// A key of one team: the tickets of the others do not exist for it.
import type { Caller } from '../../access/index.ts'
import type { HttpReply, HttpRequest } from '../../channel.ts'
import type { Core } from '../../core.ts'
import { teamOf } from '../../desk/index.ts'
import { readTicketNumber, type Ticket } from '../../tickets/index.ts'
import { problem } from '../problem.ts'

/** Whether a caller of that team sees the ticket; null sees all. */
export function isOfTeam(core: Core, team: string | null, ticket: Ticket): boolean {
  return team === null || (ticket.n > 0 && teamOf(core.company().teams, ticket)?.name === team)
}

/** Whether the caller may reach the ticket by its number; one that is not there is nobody's. */
export async function mayReach(core: Core, { team }: Caller, number: string): Promise<boolean> {
  if (team === null) return true
  const ticket = await core.collections.tickets.get(number)
  return ticket !== undefined && isOfTeam(core, team, ticket)
}

type Handle = (request: HttpRequest, caller: Caller) => Promise<HttpReply>

/** Wraps the handler of a route: a ticket of another team is answered as one that is not there. */
export function withinTeam(core: Core, handle: Handle): Handle {
  return async (request, caller) => {
    const number = readTicketNumber(request.params['number'] ?? '')
    if (number !== undefined && !(await mayReach(core, caller, number))) return problem(404, 'Not found', 'There is no ticket with this number.')
    return handle(request, caller)
  }
}
