// Asking the customer for a time: for a new visit, and whenever the one agreed upon came to nothing.
import { arm } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Deed } from '../desk/change-ticket.ts'
import type { Consequence } from '../journal/index.ts'
import type { Ticket } from '../tickets/index.ts'
import type { DispatchAct, ProposalReason } from './acts.ts'
import { changeWorkOrder } from './change-work-order.ts'
import { mayMoveWork, nextWorkStatuses } from './status.ts'
import { openWorkOrder, workOrderId, type NewWorkOrder } from './open-work-order.ts'
import { armNow, releaseEffects } from './release.ts'
import { workOrderStream, type WorkOrder } from './work-order.ts'
import { workOf } from './work-of.ts'

/** By staff: the customer is asked in their conversation, once nothing else is talked about there. */
export function proposeTimes(core: Core, id: string, deed: Deed) {
  return changeWorkOrder(core, id, deed, (order, ticket) => {
    if (order.kind !== 'visit') return { refusal: { kind: 'no_visit' } }
    if (order.status !== 'unscheduled') return { refusal: { kind: 'not_allowed', from: order.status, allowed: nextWorkStatuses(order.kind, order.status) } }
    // A time that nobody can keep is taken back only by the customer's choice of another one.
    const reason: ProposalReason = order.appointment === null ? 'new' : 'engineer'
    return { events: [{ type: 'appointment.wanted', reason }], effects: ask(core, order, ticket, reason) }
  })
}

/** Only while no other time was agreed upon. */
export async function propose(core: Core, { workOrder, round, reason }: Extract<DispatchAct, { do: 'propose' }>, key: string): Promise<void> {
  await changeWorkOrder(core, workOrder, { actor: { kind: 'system', id: null }, key }, (order, ticket) =>
    order.status !== 'unscheduled' || order.round !== round || order.hold !== null
      ? undefined
      : { events: [{ type: 'appointment.wanted', reason }], effects: ask(core, order, ticket, reason) },
  )
}

/** Who cannot be asked is called by a person. */
export function ask(core: Core, order: WorkOrder, ticket: Ticket, reason: ProposalReason): Consequence[] {
  const { _id, conversation } = ticket
  if (conversation === null) return [{ do: 'open_task', kind: 'work_stuck', ticket: _id, conversation, message: null }]
  const args = { workOrder: order._id, reason, ticket: _id }
  return [armNow(core, { do: 'ask', workOrder: order._id, conversation, flow: 'appointment', args })]
}

/** What the change that led here made of the work order is there to be read before anybody is asked about it. */
export async function askAbout(core: Core, { workOrder, conversation, flow, args }: Extract<DispatchAct, { do: 'ask' }>, key: string): Promise<void> {
  await core.journal.load(workOrderStream, workOrder)
  await arm(core, `${key}/ask`, timestamp(core.clock.now()), { kind: 'ask', conversation, flow, args }, true)
}

/** Nobody opened the door: the time is off, and the customer is asked for another one. */
export function missVisit(core: Core, id: string, comment: string | null, deed: Deed) {
  return changeWorkOrder(core, id, deed, (order, ticket) => {
    const { status, kind } = order
    if ((status !== 'en_route' && status !== 'on_site') || !mayMoveWork(kind, status, 'unscheduled'))
      return { refusal: { kind: 'not_allowed', from: status, allowed: nextWorkStatuses(kind, status) } }
    return {
      events: [
        { type: 'appointment.canceled', reason: 'missed' },
        { type: 'work_order.status_changed', from: status, to: 'unscheduled', comment: comment ?? 'nobody was there' },
      ],
      effects: [...releaseEffects(core, order), ...ask(core, order, ticket, 'missed')],
    }
  })
}

/** A visit that somebody planned, once per key; its customer is asked for a time. */
export async function openPlanned(core: Core, wanted: NewWorkOrder, key: string): Promise<void> {
  const opened = await openWorkOrder(core, wanted, { actor: { kind: 'system', id: null }, key })
  if (opened.kind === 'refused') return
  const { _id, round } = opened.state
  await propose(core, { do: 'propose', workOrder: _id, round, reason: 'new' }, `${key}/propose`)
}

/** An accepted ticket gets its first visit; one that has work of any kind is in somebody's hands already. */
export async function openVisit(core: Core, number: string, key: string): Promise<void> {
  if ((await workOf(core, number)).some(({ _id }) => _id !== workOrderId(key))) return
  await openPlanned(core, { ticket: number, kind: 'visit' }, key)
}
