// Changes of a ticket's status: what is allowed, and what follows from each.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import type { Actor, Changed, Consequence } from '../journal/index.ts'
import { categoryOf, isReopening, mayMove, nextStatuses, type TicketStatus } from './status.ts'
import { ticketStream } from './stream.ts'
import type { Ticket } from './ticket.ts'

export type StatusRefusal =
  | { kind: 'unknown_ticket' }
  | { kind: 'merged'; into: string }
  | { kind: 'stale'; version: number }
  | { kind: 'not_allowed'; from: TicketStatus; allowed: TicketStatus[] }

/** Refuses what the status table does not allow; changes nothing. `version` is what the caller last saw. */
export function checkStatus(ticket: Ticket, to: TicketStatus, version: number | undefined): StatusRefusal | undefined {
  if (ticket.n === 0) return { kind: 'unknown_ticket' }
  if (ticket.mergedInto !== null) return { kind: 'merged', into: ticket.mergedInto }
  if (version !== undefined && version !== ticket.n) return { kind: 'stale', version: ticket.n }
  return mayMove(ticket.status, to, ticket.before)
    ? undefined
    : { kind: 'not_allowed', from: ticket.status, allowed: nextStatuses(ticket.status, ticket.before) }
}

export interface StatusChange {
  to: TicketStatus
  comment: string | null
  actor: Actor
  /** Unique for ever; the same cause changes once. */
  key: string
  version?: number
  /** False when the customer hears of it in the same breath (their own turn). */
  tell: boolean
}

export function changeStatus(core: Core, number: string, change: StatusChange): Promise<Changed<Ticket, StatusRefusal>> {
  return core.journal.change<Ticket, StatusRefusal>(ticketStream, number, {
    key: change.key,
    decide(ticket) {
      if (ticket.n > 0 && ticket.status === change.to) return { kind: 'nothing' }
      const refusal = checkStatus(ticket, change.to, change.version)
      if (refusal !== undefined) return { kind: 'refused', refusal }
      const events: Event[] = [{ type: 'ticket.status_changed', from: ticket.status, to: change.to, comment: change.comment }]
      if (isReopening(ticket.status, change.to)) events.push({ type: 'ticket.reopened', from: ticket.status, comment: change.comment })
      return { kind: 'entry', actor: change.actor, events, effects: effectsOf(core, ticket, change) }
    },
  })
}

function effectsOf(core: Core, ticket: Ticket, { to, comment, tell }: StatusChange): Consequence[] {
  const company = core.company()
  const now = core.clock.now()
  const effects: Consequence[] = []
  if (tell && ticket.conversation !== null)
    effects.push({
      do: 'arm',
      at: timestamp(now),
      alarm: {
        kind: 'tell',
        conversation: ticket.conversation,
        ticket: ticket._id,
        say: [
          {
            text: `ticket.status.${to}${comment === null ? '' : '.comment'}`,
            with: { number: ticket._id, subject: ticket.subject, ...(comment === null ? {} : { comment }) },
            kind: 'statement',
            ticket: ticket._id,
          },
        ],
      },
    })
  if (to === 'resolved' && ticket.conversation !== null)
    effects.push({ do: 'arm', at: timestamp(now + company.surveyDelayMs), alarm: { kind: 'survey', ticket: ticket._id, resolution: ticket.resolutions + 1 } })
  if (to === 'resolved')
    effects.push({ do: 'arm', at: timestamp(now + company.closeAfterMs), alarm: { kind: 'close', ticket: ticket._id, version: ticket.n + 1 } })
  if (to === 'pending' && ticket.conversation !== null)
    effects.push({ do: 'arm', at: timestamp(now + company.pendingReminderMs), alarm: { kind: 'reminder', ticket: ticket._id, version: ticket.n + 1 } })
  // Work again for a person: the customer says it is not fixed.
  if (categoryOf(ticket.status) === 'done' && to === 'in_progress')
    effects.push({ do: 'open_task', kind: 'new_information', ticket: ticket._id, conversation: ticket.conversation, message: null })
  return effects
}
