// Holding a work order back, and naming who has it.
import type { Core } from '../core.ts'
import type { Deed } from '../desk/change-ticket.ts'
import { changeWorkOrder } from './change-work-order.ts'
import { engineerStream } from './engineer.ts'
import { isOver } from './status.ts'

/** With a reason it is held, with null released. */
export function holdWork(core: Core, id: string, reason: string | null, deed: Deed) {
  return changeWorkOrder(core, id, deed, ({ hold, status }) => {
    if (isOver(status)) return { refusal: { kind: 'over', status } }
    if ((hold?.reason ?? null) === reason) return undefined
    return { events: [reason === null ? { type: 'work_order.released' } : { type: 'work_order.held', reason }] }
  })
}

/** Work in the shop: whose bench it is on. */
export async function assignWork(core: Core, id: string, engineer: string | null, deed: Deed) {
  const named = engineer === null ? undefined : await core.journal.load(engineerStream, engineer)
  return changeWorkOrder(core, id, deed, (order) => {
    if (isOver(order.status)) return { refusal: { kind: 'over', status: order.status } }
    if (named?.active === false) return { refusal: { kind: 'unknown_engineer', engineer: named._id } }
    if (order.engineer === engineer) return undefined
    return { events: [{ type: 'work_order.assigned', engineer, name: named?.name ?? null }] }
  })
}
