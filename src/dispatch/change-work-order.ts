// The one way anybody changes a work order: who does it, for which cause; and why it may be refused.
import type { Core } from '../core.ts'
import type { Deed } from '../desk/change-ticket.ts'
import { explainRecord } from '../desk/refusal.ts'
import type { Event } from '../events.ts'
import type { Changed, Consequence } from '../journal/index.ts'
import { survivorOf, type FailureProblem, type Ticket, type TicketStatus } from '../tickets/index.ts'
import type { WorkStatus } from './status.ts'
import { workOrderStream, type WorkOrder } from './work-order.ts'

export type WorkRefusal =
  | { kind: 'unknown_work_order' }
  | { kind: 'unknown_ticket' }
  | { kind: 'ticket_over'; status: TicketStatus }
  | { kind: 'stale'; version: number }
  | { kind: 'not_allowed'; from: WorkStatus; allowed: readonly WorkStatus[] }
  | { kind: 'wants_reason'; to: WorkStatus }
  /** What is handed back has an outcome. */
  | { kind: 'wants_outcome' }
  | { kind: 'over'; status: WorkStatus }
  | { kind: 'unknown_engineer'; engineer: string }
  /** A hard filter leaves them out. */
  | { kind: 'not_able'; name: string; reasons: readonly string[] }
  /** Somebody else was faster, or the day does not allow it. */
  | { kind: 'slot_taken'; reason: string }
  /** Another time was agreed upon meanwhile. */
  | { kind: 'outdated' }
  /** Times are agreed upon for visits only. */
  | { kind: 'no_visit' }
  | { kind: 'bad_record'; problem: FailureProblem }

/** What an act makes of the present work order; `undefined` when all is as wished. */
export type Made = { events: Event[]; effects?: Consequence[] } | { refusal: WorkRefusal } | undefined

export function changeWorkOrder(
  core: Core,
  id: string,
  deed: Deed,
  act: (order: WorkOrder, ticket: Ticket) => Made | Promise<Made>,
): Promise<Changed<WorkOrder, WorkRefusal>> {
  return core.journal.change<WorkOrder, WorkRefusal>(workOrderStream, id, {
    key: deed.key,
    async decide(order) {
      if (order.n === 0) return { kind: 'refused', refusal: { kind: 'unknown_work_order' } }
      if (deed.version !== undefined && deed.version !== order.n) return { kind: 'refused', refusal: { kind: 'stale', version: order.n } }
      const made = await act(order, await survivorOf(core, order.ticket))
      if (made === undefined) return { kind: 'nothing' }
      if ('refusal' in made) return { kind: 'refused', refusal: made.refusal }
      return { kind: 'entry', actor: deed.actor, events: made.events, effects: made.effects ?? [] }
    },
  })
}

/** For people and callers to read: what is in the way, and what to do. */
export function explainWork(refusal: WorkRefusal): string {
  switch (refusal.kind) {
    case 'unknown_work_order':
      return 'There is no work order with this id.'
    case 'unknown_ticket':
      return 'There is no ticket with this number.'
    case 'ticket_over':
      return `The ticket is ${refusal.status}; reopen it first.`
    case 'stale':
      return `It has changed since; its version is ${refusal.version} now. Look at it again, then act.`
    case 'not_allowed':
      return `A work order that is ${refusal.from} can become ${refusal.allowed.join(', ') || 'nothing else'}.`
    case 'wants_reason':
      return `Say in the comment why it becomes ${refusal.to}.`
    case 'wants_outcome':
      return 'Say with which outcome it is ready: repaired, replaced, unrepairable or declined_and_returned.'
    case 'over':
      return `The work order is ${refusal.status}; open another one for the ticket.`
    case 'unknown_engineer':
      return `There is no engineer "${refusal.engineer}" at work.`
    case 'not_able':
      return `${refusal.name} cannot do it: ${refusal.reasons.join('; ')}.`
    case 'slot_taken':
      return `That time is not free: ${refusal.reason}. Choose another one of its slots.`
    case 'outdated':
      return 'Another time was agreed upon meanwhile. Look at the work order again.'
    case 'no_visit':
      return 'The device comes to the shop: there is no visit to make an appointment for.'
    case 'bad_record':
      return explainRecord(refusal.problem)
  }
}
