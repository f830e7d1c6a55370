// What staff can do to a ticket, on any face: note, assign, describe, reply. Status changes are in tickets/.
import { arm } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { replayMessage } from '../intake/handle.ts'
import type { Actor, Changed, Decision } from '../journal/index.ts'
import { digest, type OutboundMessage } from '../message.ts'
import { appendMessage } from '../conversations/index.ts'
import { wakeDelivery } from '../delivery/wake.ts'
import { ticketStream, type Priority, type Ticket } from '../tickets/index.ts'
import type { Event } from '../events.ts'

export type TicketRefusal = { kind: 'unknown_ticket' } | { kind: 'merged'; into: string } | { kind: 'stale'; version: number }

/** Refuses a ticket that is not there, lives on in another, or has changed since the caller saw it. */
export function checkTicket(ticket: Ticket, version?: number): TicketRefusal | undefined {
  if (ticket.n === 0) return { kind: 'unknown_ticket' }
  if (ticket.mergedInto !== null) return { kind: 'merged', into: ticket.mergedInto }
  return version !== undefined && version !== ticket.n ? { kind: 'stale', version: ticket.n } : undefined
}

function changeTicket(
  core: Core,
  number: string,
  actor: Actor,
  key: string,
  version: number | undefined,
  event: Event,
): Promise<Changed<Ticket, TicketRefusal>> {
  return core.journal.change<Ticket, TicketRefusal>(ticketStream, number, {
    key,
    decide(ticket): Decision<TicketRefusal> {
      const refusal = checkTicket(ticket, version)
      return refusal === undefined ? { kind: 'entry', actor, events: [event], effects: [] } : { kind: 'refused', refusal }
    },
  })
}

/** Internal: no customer ever sees it. */
export function addNote(core: Core, number: string, text: string, actor: Actor, key: string) {
  return changeTicket(core, number, actor, key, undefined, { type: 'note.created', text })
}

export function assign(core: Core, number: string, assignee: string | null, actor: Actor, key: string) {
  return changeTicket(core, number, actor, key, undefined, assignee === null ? { type: 'ticket.unassigned' } : { type: 'ticket.assigned', assignee })
}

export function describe(
  core: Core,
  number: string,
  changes: { subject?: string; description?: string; priority?: Priority },
  actor: Actor,
  key: string,
  version?: number,
) {
  return changeTicket(core, number, actor, key, version, { type: 'ticket.described', ...changes })
}

export type ReplyResult = { kind: 'queued' } | { kind: 'refused'; refusal: TicketRefusal | { kind: 'no_conversation' } }

/** An agent's own words to the customer; the agent has the conversation from then on. */
export async function reply(core: Core, number: string, text: string, agent: string, key: string): Promise<ReplyResult> {
  const ticket = await core.journal.load(ticketStream, number)
  const refusal = checkTicket(ticket)
  if (refusal !== undefined) return { kind: 'refused', refusal }
  if (ticket.conversation === null) return { kind: 'refused', refusal: { kind: 'no_conversation' } }
  await arm(core, digest('reply', key), timestamp(core.clock.now()), { kind: 'reply', conversation: ticket.conversation, text, agent, ticket: number }, true)
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
