// Moves of a work order: what is allowed, and what follows from each for the customer, the ticket and the engineer's calendar.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Deed } from '../desk/change-ticket.ts'
import type { Event } from '../events.ts'
import type { Consequence } from '../journal/index.ts'
import { checkFailure, type FailureRecord, type Ticket } from '../tickets/index.ts'
import { changeWorkOrder, type Made, type WorkRefusal } from './change-work-order.ts'
import { armNow, giveFree } from './release.ts'
import { mayMoveWork, nextWorkStatuses, wantsReason, type Outcome, type WorkStatus } from './status.ts'
import { hourFor, tellCustomers } from './tell.ts'
import { arrivalOf } from './arrival.ts'
import type { WorkOrder } from './work-order.ts'

export interface Move {
  to: WorkStatus
  comment: string | null
  /** With `ready`. */
  outcome?: Outcome | undefined
  /** What the work found and did. */
  failure?: FailureRecord | undefined
  /** Files. */
  photos?: readonly string[] | undefined
}

export function moveWorkOrder(core: Core, id: string, move: Move, deed: Deed) {
  return changeWorkOrder(core, id, deed, (order, ticket) => decideMove(core, order, ticket, move))
}

/** Events and effects of a move; `undefined` when it is there already. Changes nothing. */
export async function decideMove(core: Core, order: WorkOrder, ticket: Ticket, move: Move): Promise<Made> {
  const { to, comment, outcome, failure } = move
  if (order.status === to) return undefined
  const refusal = checkMove(core, order, move)
  if (refusal !== undefined) return { refusal }
  const photos = [...(move.photos ?? [])]
  const back: Event[] = to === 'unscheduled' ? [{ type: 'appointment.rejected', engineer: order.engineer, reason: comment ?? '' }] : []
  const recorded: Event[] = failure === undefined && photos.length === 0 ? [] : [{ type: 'work_order.recorded', failure: failure ?? null, photos }]
  const moved: Event = { type: 'work_order.status_changed', from: order.status, to, comment, ...(outcome === undefined ? {} : { outcome }) }
  return { events: [...back, ...recorded, moved], effects: await effectsOf(core, order, ticket, move) }
}

function checkMove(core: Core, { kind, status, outcome: known }: WorkOrder, { to, comment, outcome, failure }: Move): WorkRefusal | undefined {
  if (!mayMoveWork(kind, status, to)) return { kind: 'not_allowed', from: status, allowed: nextWorkStatuses(kind, status) }
  if (wantsReason(to) && comment === null) return { kind: 'wants_reason', to }
  if (to === 'ready' && (outcome ?? known) === null) return { kind: 'wants_outcome' }
  const problem = failure === undefined ? undefined : checkFailure(failure, core.company().failureLists)
  return problem === undefined ? undefined : { kind: 'bad_record', problem }
}

async function effectsOf(core: Core, order: WorkOrder, ticket: Ticket, move: Move): Promise<Consequence[]> {
  switch (move.to) {
    case 'en_route':
      return [...(await tellOnTheWay(core, order, ticket)), ...begin(ticket)]
    case 'on_site':
      return begin(ticket)
    case 'in_repair':
      return [...tellCustomers(core, ticket, 'work_order.in_repair'), ...begin(ticket)]
    case 'completed':
      // What it found is told when the inspection is completed with it.
      if (order.inspection !== undefined) return [inspected(core, order)]
      return [...recordOf(ticket, move), restored(ticket), ...finish(core, ticket, 'work_order.completed')]
    case 'cannot_complete':
      return [...recordOf(ticket, move), ...tellCustomers(core, ticket, 'work_order.cannot_complete'), task('work_stuck', order, ticket)]
    case 'canceled':
      return [...giveFree(core, order), ...(order.appointment === null ? [] : tellCustomers(core, ticket, 'appointment.canceled'))]
    case 'unscheduled':
      return giveFree(core, order)
    case 'received':
      return tellCustomers(core, ticket, 'work_order.received')
    case 'ready':
      return tellCustomers(core, ticket, `work_order.ready.${move.outcome ?? order.outcome ?? 'repaired'}`)
    case 'returned':
      return [
        ...recordOf(ticket, move),
        ...(works(order) ? [restored(ticket)] : []),
        ...surveyNow(core, ticket),
        ...finish(core, ticket, 'work_order.returned'),
      ]
    case 'accepted':
      return [armNow(core, { do: 'kit', workOrder: order._id })]
    case 'scheduled':
    case 'dispatched':
    case 'awaiting_item':
      return []
  }
}

function inspected(core: Core, { ticket, engineer }: WorkOrder): Consequence {
  return { do: 'arm', at: timestamp(core.clock.now()), alarm: { kind: 'inspection', act: { do: 'work_over', ticket, how: 'completed', engineer } } }
}

async function tellOnTheWay(core: Core, order: WorkOrder, ticket: Ticket): Promise<Consequence[]> {
  const { from, until } = await arrivalOf(core, order)
  const values = {
    engineer: order.engineerName ?? core.company().flow.company,
    from: await hourFor(core, ticket, from),
    until: await hourFor(core, ticket, until),
  }
  return tellCustomers(core, ticket, 'work_order.en_route', values)
}

/** Whoever works on it has begun; what staff have made of the ticket meanwhile stands. */
function begin({ _id, status }: Ticket): Consequence[] {
  return status === 'accepted' ? [{ do: 'ticket', number: _id, change: { change: 'status', to: 'in_progress', comment: null } }] : []
}

function recordOf({ _id }: Ticket, { failure }: Move): Consequence[] {
  return failure === undefined ? [] : [{ do: 'ticket', number: _id, change: { change: 'failure', failure } }]
}

/** It works again, whenever the ticket is resolved; before, so that its clock stops by itself. */
function restored({ _id }: Ticket): Consequence {
  return { do: 'ticket', number: _id, change: { change: 'restored' } }
}

/** Of a device that its customer has back. */
function works({ outcome }: WorkOrder): boolean {
  return outcome === 'repaired' || outcome === 'replaced'
}

/** Resolves the ticket where the settings say so, and its customer hears that; else a person decides. */
function finish(core: Core, ticket: Ticket, text: string): Consequence[] {
  if (ticket.status === 'resolved' || ticket.status === 'closed') return tellCustomers(core, ticket, text)
  if (core.company().dispatch.completedResolves)
    return [{ do: 'ticket', number: ticket._id, change: { change: 'status', to: 'resolved', comment: null, tell: true } }]
  const { _id, conversation } = ticket
  return [...tellCustomers(core, ticket, text), { do: 'open_task', kind: 'work_done', ticket: _id, conversation, message: null }]
}

/** A survey that waited for the device to be back. */
function surveyNow(core: Core, { _id, status, resolutions, conversation }: Ticket): Consequence[] {
  if (status !== 'resolved' || conversation === null) return []
  const { surveyDelayMs } = core.company()
  return [{ do: 'arm', at: timestamp(core.clock.now() + surveyDelayMs), alarm: { kind: 'survey', ticket: _id, resolution: resolutions } }]
}

export function task(kind: 'work_stuck' | 'work_done', order: WorkOrder, { _id, conversation }: Ticket): Consequence {
  return { do: 'open_task', kind, ticket: _id, conversation, message: null, once: `${kind}/${order._id}/${order.n}` }
}
