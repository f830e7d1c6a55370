// Who has a ticket: claiming it, and giving it to an agent or a team.
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import { decideStatus } from '../tickets/index.ts'
import { changeTicket, type Deed } from './change-ticket.ts'

/** An agent as tickets and conversations know them (`id`), and as people read them. */
export interface Agent {
  id: string
  name: string
}

export interface Claim {
  /** Whoever has it. */
  force: boolean
  /** A new one is accepted by it, and its customer hears so. */
  accept: boolean
}

/** Takes the ticket, unless another agent has it. */
export function claim(core: Core, number: string, agent: Agent, { force, accept }: Claim, deed: Deed) {
  return changeTicket(core, number, deed, (ticket) => {
    const { assignee } = ticket
    if (assignee !== null && assignee !== agent.id && !force)
      return { refusal: { kind: 'owned', by: assignee, name: ticket.assigneeName ?? assignee, since: ticket.assignedAt ?? ticket.createdAt } }
    const accepted = accept && ticket.status === 'new' ? decideStatus(core, ticket, { to: 'accepted', comment: null, tell: true }) : undefined
    if (accepted !== undefined && 'refusal' in accepted) return accepted
    const taken: Event[] = assignee === agent.id ? [] : [{ type: 'ticket.assigned', assignee: agent.id, name: agent.name }]
    if (taken.length === 0 && accepted === undefined) return undefined
    return { events: [...taken, ...(accepted?.events ?? [])], effects: accepted?.effects ?? [] }
  })
}

/** Gives the ticket to somebody, whoever has it now; null leaves it to the team. */
export function assign(core: Core, number: string, agent: Agent | null, deed: Deed) {
  return changeTicket(core, number, deed, (ticket) => {
    if (ticket.assignee === (agent?.id ?? null)) return undefined
    return { events: [agent === null ? { type: 'ticket.unassigned' } : { type: 'ticket.assigned', assignee: agent.id, name: agent.name }] }
  })
}

/** Gives the ticket to a team of the settings; nobody in it has it yet. */
export function assignTeam(core: Core, number: string, team: string, deed: Deed) {
  return changeTicket(core, number, deed, (ticket) => {
    if (!core.company().teams.some(({ name }) => name === team)) return { refusal: { kind: 'unknown_team', team } }
    if (ticket.team === team && ticket.assignee === null) return undefined
    const left: Event[] = ticket.assignee === null ? [] : [{ type: 'ticket.unassigned' }]
    return { events: [...left, { type: 'ticket.team_set', team }] }
  })
}
