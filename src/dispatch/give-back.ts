// Work that its engineer does not do: free for another one, at the time agreed with the customer.
import type { Core } from '../core.ts'
import { armNow, giveFree } from './release.ts'
import type { Made } from './change-work-order.ts'
import type { WorkOrder } from './work-order.ts'

export function giveBack(core: Core, order: WorkOrder, reason: string): Exclude<Made, undefined> {
  return {
    events: [
      { type: 'appointment.rejected', engineer: order.engineer, reason },
      { type: 'work_order.status_changed', from: order.status, to: 'unscheduled', comment: reason },
    ],
    effects: [...giveFree(core, order), armNow(core, { do: 'redispatch', workOrder: order._id, round: order.round })],
  }
}
