// What a customer decided about a visit in a conversation is done: a time taken, the visit called off.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { WorkOrderEvent } from '../events.ts'
import type { DispatchAct } from './acts.ts'
import { bookSlot } from './booking.ts'
import { changeWorkOrder } from './change-work-order.ts'
import { ask } from './propose.ts'
import { releaseEffects } from './release.ts'
import { mayMoveWork } from './status.ts'
import { tellCustomers } from './tell.ts'

export async function hearCustomer(core: Core, { customer, said }: Extract<DispatchAct, { do: 'customer_said' }>, key: string): Promise<void> {
  const deed = { actor: { kind: 'customer', id: customer } as const, key }
  switch (said.do) {
    case 'offer_slots': {
      const slots = said.slots.map(({ engineer, from, until }) => ({ engineer, from: timestamp(from), until: timestamp(until) }))
      await changeWorkOrder(core, said.workOrder, { ...deed, actor: { kind: 'bot', id: null } }, () => ({ events: [{ type: 'appointment.proposed', slots }] }))
      return
    }
    case 'choose_slot': {
      const { workOrder, engineer, from, round } = said
      const booked = await bookSlot(core, workOrder, { engineer, from, round }, deed)
      if (booked.kind !== 'refused' || (booked.refusal.kind !== 'slot_taken' && booked.refusal.kind !== 'not_able')) return
      // Whoever was slower is offered what is free now.
      await changeWorkOrder(core, workOrder, { actor: deed.actor, key: `${key}/taken` }, (order, ticket) => ({
        events: [{ type: 'appointment.wanted', reason: 'taken' }],
        effects: ask(core, order, ticket, 'taken'),
      }))
      return
    }
    case 'call_off':
      await changeWorkOrder(core, said.workOrder, deed, (order, ticket) => {
        const { status, round, appointment } = order
        const may = status === 'unscheduled' || mayMoveWork(order.kind, status, 'unscheduled')
        if (round !== said.round || appointment === null || !may) return undefined
        const moved: WorkOrderEvent[] =
          status === 'unscheduled' ? [] : [{ type: 'work_order.status_changed', from: status, to: 'unscheduled', comment: said.reason }]
        return {
          events: [{ type: 'appointment.canceled', reason: said.reason }, ...moved],
          effects: [...releaseEffects(core, order), ...tellCustomers(core, ticket, 'appointment.canceled')],
        }
      })
  }
}
