// Finds another engineer for a time that was agreed upon, looking at all such visits together; without one a person sees to it.
import type { Core } from '../core.ts'
import type { DispatchAct } from './acts.ts'
import { proposeAssignments } from './assign.ts'
import { bookSlot } from './booking.ts'
import { changeWorkOrder } from './change-work-order.ts'
import { task } from './move.ts'
import { armNow } from './release.ts'
import { workOrderStream } from './work-order.ts'

export async function redispatch(core: Core, { workOrder, round }: Extract<DispatchAct, { do: 'redispatch' }>, key: string): Promise<void> {
  const order = await core.journal.load(workOrderStream, workOrder)
  const { appointment } = order
  if (order.status !== 'unscheduled' || order.round !== round || appointment === null) return
  const { assignments } = await proposeAssignments(core)
  const found = assignments.find((each) => each.order._id === workOrder)
  const actor = { kind: 'system', id: null } as const
  if (found !== undefined) {
    const wish = { engineer: found.candidate.engineer._id, from: Date.parse(appointment.from), round }
    const booked = await bookSlot(core, workOrder, wish, { actor, key })
    if (booked.kind !== 'refused' || booked.refusal.kind === 'outdated') return
  }
  await changeWorkOrder(core, workOrder, { actor, key: `${key}/nobody` }, (now, ticket) =>
    now.status === 'unscheduled' && now.round === round
      ? { events: [{ type: 'work_order.pooled' }], effects: [task('work_stuck', now, ticket), armNow(core, { do: 'show_pool', workOrder })] }
      : undefined,
  )
}
