// What staff can do to a ticket, on any face: note, assign, describe, move, reply.
import { arm } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import { appendMessage } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { wakeDelivery } from '../delivery/wake.ts'
import { replayMessage } from '../intake/handle.ts'
import { digest, type OutboundMessage } from '../message.ts'
import { decideStatus, ticketStream, type Priority, type StatusChange } from '../tickets/index.ts'
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

export function describe(core: Core, number: string, changes: { subject?: string; description?: string; priority?: Priority }, deed: Deed) {
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

export type ReplayResult = { kind: 'done' } | { kind: 'unknown' } | { kind: 'failed'; error: unknown }

/** Runs an input again that no machine could read. What fails again stays where it is. */
export async function replayNeedsReview(core: Core, taskId: string, by: string): Promise<ReplayResult> {
  const { tasks, messages } = core.collections
  const task = await tasks.get(taskId)
  if (task === undefined || task.kind !== 'needs_review' || task.message === null || task.state === 'done') return { kind: 'unknown' }
  const message = await messages.get(task.message)
  if (message?.direction !== 'inbound') return { kind: 'unknown' }
  try {
    await replayMessage(core, message, taskId)
  } catch (error) {
    return { kind: 'failed', error }
  }
  await tasks.update(taskId, { $set: { state: 'done', doneAt: timestamp(core.clock.now()), doneBy: by } })
  return { kind: 'done' }
}

/** Sends a failed message again, as a new message under the same words; the old one keeps its state. */
export async function replayDeadLetter(core: Core, messageId: string): Promise<OutboundMessage | undefined> {
  const message = await core.collections.messages.get(messageId)
  if (message?.direction !== 'outbound' || message.state !== 'failed') return undefined
  const id = `m_${digest('again', message._id)}`
  const again = await appendMessage(core.collections.messages, {
    ...message,
    _id: id,
    key: id,
    state: 'queued',
    reason: null,
    attempts: 0,
    dueAt: timestamp(core.clock.now()),
    createdAt: timestamp(core.clock.now()),
    providerId: message.channel === 'email' ? `${id}@${core.mail.domain}` : null,
    relayOf: null,
  })
  await wakeDelivery(core, message.conversation)
  return again.message.direction === 'outbound' ? again.message : undefined
}
