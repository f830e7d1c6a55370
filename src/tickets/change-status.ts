// Changes of a ticket's status: what is allowed, and what follows from each.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import type { Utterance } from '../flow.ts'
import type { Actor, Changed, Consequence } from '../journal/index.ts'
import { categoryOf, isReopening, mayMove, nextStatuses, type TicketStatus } from './status.ts'
import { tellListeners } from './tell.ts'
import { ticketStream } from './stream.ts'
import type { Ticket } from './ticket.ts'

export interface StatusRefusal {
  kind: 'not_allowed'
  from: TicketStatus
  allowed: TicketStatus[]
}

export interface StatusChange {
  to: TicketStatus
  comment: string | null
  /** False when the customer hears of it in the same breath: their own turn, an agent's own words. */
  tell: boolean
}

/** Events and effects of a move; `undefined` when the ticket is there already. Changes nothing. */
export function decideStatus(
  core: Core,
  ticket: Ticket,
  change: StatusChange,
): { events: Event[]; effects: Consequence[] } | { refusal: StatusRefusal } | undefined {
  const { to, comment } = change
  if (ticket.status === to) return undefined
  if (!mayMove(ticket.status, to, ticket.before))
    return { refusal: { kind: 'not_allowed', from: ticket.status, allowed: nextStatuses(ticket.status, ticket.before) } }
  const events: Event[] = [{ type: 'ticket.status_changed', from: ticket.status, to, comment }]
  if (isReopening(ticket.status, to)) events.push({ type: 'ticket.reopened', from: ticket.status, comment })
  return { events, effects: effectsOf(core, ticket, change) }
}

/** For customers and clocks; staff have theirs in desk/. A merged ticket moves no more. */
export function changeStatus(core: Core, number: string, change: StatusChange & { actor: Actor; key: string }): Promise<Changed<Ticket, StatusRefusal>> {
  return core.journal.change<Ticket, StatusRefusal>(ticketStream, number, {
    key: change.key,
    decide(ticket) {
      const made = ticket.n === 0 || ticket.mergedInto !== null ? undefined : decideStatus(core, ticket, change)
      if (made === undefined) return { kind: 'nothing' }
      return 'refusal' in made ? { kind: 'refused', refusal: made.refusal } : { kind: 'entry', actor: change.actor, ...made }
    },
  })
}

function effectsOf(core: Core, ticket: Ticket, { to, comment, tell }: StatusChange): Consequence[] {
  const company = core.company()
  const now = core.clock.now()
  const news: Utterance = {
    text: `ticket.status.${to}${comment === null ? '' : '.comment'}`,
    with: { number: ticket._id, subject: ticket.subject, ...(comment === null ? {} : { comment }) },
    kind: 'statement',
    ticket: ticket._id,
  }
  const effects = tell ? tellListeners(core, ticket, [news]) : []
  if (to === 'resolved' && ticket.conversation !== null)
    effects.push({ do: 'arm', at: timestamp(now + company.surveyDelayMs), alarm: { kind: 'survey', ticket: ticket._id, resolution: ticket.resolutions + 1 } })
  if (to === 'resolved')
    effects.push({ do: 'arm', at: timestamp(now + company.closeAfterMs), alarm: { kind: 'close', ticket: ticket._id, version: ticket.n + 1 } })
  if (to === 'pending' && ticket.conversation !== null)
    effects.push({ do: 'arm', at: timestamp(now + company.pendingReminderMs), alarm: { kind: 'reminder', ticket: ticket._id, version: ticket.n + 1 } })
  // What was kept for it is free for others.
  if (to === 'closed' || to === 'cancelled') effects.push({ do: 'free_parts', ticket: ticket._id })
  // Work again for a person: the customer says it is not fixed.
  if (categoryOf(ticket.status) === 'done' && to === 'in_progress')
    effects.push({ do: 'open_task', kind: 'new_information', ticket: ticket._id, conversation: ticket.conversation, message: null })
  return effects
}
