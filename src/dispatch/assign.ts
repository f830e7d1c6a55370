// Giving work to somebody: a visit at a time, work in the shop to a bench; and several open visits at once.
import type { Core } from '../core.ts'
import type { Deed } from '../desk/change-ticket.ts'
import { assignJobs } from './assignment.ts'
import { bookSlot } from './booking.ts'
import { candidatesFor, type Candidate } from './candidates.ts'
import { changeWorkOrder } from './change-work-order.ts'
import type { Reason } from './eligible.ts'
import { engineerStream } from './engineer.ts'
import { moveWorkOrder } from './move.ts'
import { isOver } from './status.ts'
import { workOrderStream, type WorkOrder } from './work-order.ts'

export interface Assignment {
  /** Null: nobody has it any more. */
  engineer: string | null
  /** A visit's, milliseconds since the epoch; left out: the time agreed with the customer. */
  from?: number | undefined
}

/** The customer hears of a time, and of another engineer than the one they expect. */
export async function assignWork(core: Core, id: string, { engineer, from }: Assignment, deed: Deed) {
  const order = await core.journal.load(workOrderStream, id)
  const at = from ?? (order.appointment === null ? undefined : Date.parse(order.appointment.from))
  if (order.kind === 'visit' && engineer !== null && at !== undefined) return bookSlot(core, id, { engineer, from: at }, deed)
  if (order.kind === 'visit' && engineer === null && order.engineer !== null && order.status !== 'unscheduled')
    return moveWorkOrder(core, id, { to: 'unscheduled', comment: 'taken back' }, deed)
  const named = engineer === null ? undefined : await core.journal.load(engineerStream, engineer)
  return changeWorkOrder(core, id, deed, (known) => {
    if (isOver(known.status)) return { refusal: { kind: 'over', status: known.status } }
    if (engineer !== null && named?.active !== true) return { refusal: { kind: 'unknown_engineer', engineer } }
    if (known.engineer === engineer) return undefined
    return { events: [{ type: 'work_order.assigned', engineer, name: named?.name ?? null }] }
  })
}

export interface Proposal {
  assignments: { order: WorkOrder; candidate: Candidate }[]
  left: { order: WorkOrder; reasons: { engineer: string; reasons: Reason[] }[] }[]
}

/** The best way to share the open visits among the engineers, one each. Changes nothing. */
export async function proposeAssignments(core: Core): Promise<Proposal> {
  const open = await core.collections.workOrders.find({ kind: 'visit', status: 'unscheduled', hold: null }, { sort: { createdAt: 1 }, limit: 200 })
  const found = await Promise.all(open.map(async (order) => ({ order, ...(await candidatesFor(core, order, { warn: false })) })))
  const chosen = assignJobs(
    found.flatMap(({ order, candidates }) => candidates.map(({ engineer, score }) => ({ job: order._id, engineer: engineer._id, score: score.total }))),
  )
  const engineerOf = new Map(chosen.map(({ job, engineer }) => [job, engineer]))
  const proposal: Proposal = { assignments: [], left: [] }
  for (const { order, candidates, leftOut } of found) {
    const candidate = candidates.find(({ engineer }) => engineer._id === engineerOf.get(order._id))
    if (candidate !== undefined) proposal.assignments.push({ order, candidate })
    else proposal.left.push({ order, reasons: leftOut.map(({ engineer, reasons }) => ({ engineer: engineer._id, reasons })) })
  }
  return proposal
}
