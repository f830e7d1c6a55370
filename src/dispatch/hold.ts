// Holding a work order back.
import type { Core } from '../core.ts'
import type { Deed } from '../desk/change-ticket.ts'
import { changeWorkOrder } from './change-work-order.ts'
import { isOver } from './status.ts'

/** With a reason it is held, with null released. */
export function holdWork(core: Core, id: string, reason: string | null, deed: Deed) {
  return changeWorkOrder(core, id, deed, ({ hold, status }) => {
    if (isOver(status)) return { refusal: { kind: 'over', status } }
    if ((hold?.reason ?? null) === reason) return undefined
    return { events: [reason === null ? { type: 'work_order.released' } : { type: 'work_order.held', reason }] }
  })
}
