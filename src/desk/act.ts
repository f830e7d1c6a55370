// What staff can do to a ticket, on any face: note, assign, describe, move, reply.
import { arm } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { digest } from '../message.ts'
import { decideStatus, ticketStream, type Priority, type RepairFields, type StatusChange } from '../tickets/index.ts'
import { changeTicket, checkTicket, isTooLate, type Deed, type TicketRefusal } from './change-ticket.ts'

/** Internal: no customer ever sees it. */
export function addNote(core: Core, number: string, text: string, deed: Deed) {
  return changeTicket(core, number, deed, () => ({ events: [{ type: 'note.created', text }] }))
}

/** Gives the ticket to somebody, whoever has it now; null leaves it to the team. */
export function assign(core: Core, number: string, assignee: string | null, deed: Deed) {
  return changeTicket(core, number, deed, (ticket) => {
    if (ticket.assignee === assignee) return undefined
    return { events: [assignee === null ? { type: 'ticket.unassigned' } : { type: 'ticket.assigned', assignee }] }
  })
}

export interface Description {
  subject?: string
  description?: string
  priority?: Priority
  fields?: RepairFields
}

export function describe(core: Core, number: string, changes: Description, deed: Deed) {
  return changeTicket(core, number, deed, () => ({ events: [{ type: 'ticket.described', ...changes }] }))
}

/** Moves the ticket; `tell` brings the customer the news, with the comment. */
export function setStatus(core: Core, number: string, change: StatusChange, deed: Deed) {
  return changeTicket(core, number, deed, (ticket) => decideStatus(core, ticket, change))
}

/** An agent as tickets and conversations know them (`id`), and as customers read them. */
export interface Agent {
  id: string
  name: string
}

export type ReplyResult = { kind: 'queued' } | { kind: 'refused'; refusal: TicketRefusal | { kind: 'no_conversation' } }

/** An agent's own words to the customer; the agent has the conversation from then on. */
export async function reply(core: Core, number: string, text: string, agent: Agent, deed: Deed): Promise<ReplyResult> {
  const ticket = await core.journal.load(ticketStream, number)
  const refusal = checkTicket(ticket, deed.version)
  if (refusal !== undefined) return { kind: 'refused', refusal }
  const { conversation } = ticket
  if (conversation === null) return { kind: 'refused', refusal: { kind: 'no_conversation' } }
  if (isTooLate(core, deed)) return { kind: 'refused', refusal: { kind: 'too_late' } }
  const alarm = { kind: 'reply', conversation, text, agent: agent.id, speaker: agent.name, ticket: number } as const
  await arm(core, digest('reply', deed.key), timestamp(core.clock.now()), alarm, true)
  return { kind: 'queued' }
}
