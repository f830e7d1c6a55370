// All work for a ticket, and for those that live on in it.
import type { Core } from '../core.ts'
import { numbersOf, survivorOf } from '../tickets/index.ts'
import { isOver } from './status.ts'
import { workOrderStream, type WorkOrder } from './work-order.ts'

/** Oldest first. */
export async function workOf(core: Core, number: string): Promise<WorkOrder[]> {
  return core.collections.workOrders.find({ ticket: { $in: numbersOf(await survivorOf(core, number)) } }, { sort: { createdAt: 1 } })
}

/** A device of theirs is still with us, or on its way to us. Loaded, not read: what came back a moment ago may not be in the snapshot yet. */
export async function awaitsReturn(core: Core, number: string): Promise<boolean> {
  for (const { _id, kind } of await workOf(core, number)) if (kind !== 'visit' && !isOver((await core.journal.load(workOrderStream, _id)).status)) return true
  return false
}
