// Reminds of a visit, as long as it is still the one that was agreed upon.
import type { Core } from '../core.ts'
import type { DispatchAct } from './acts.ts'
import { changeWorkOrder } from './change-work-order.ts'
import { tellCustomers, whenFor } from './tell.ts'

export async function remind(core: Core, { workOrder, round }: Extract<DispatchAct, { do: 'remind' }>, key: string): Promise<void> {
  await changeWorkOrder(core, workOrder, { actor: { kind: 'clock', id: null }, key }, async (order, ticket) => {
    const { appointment, engineerName, status } = order
    const awaited = status === 'scheduled' || status === 'dispatched' || status === 'accepted'
    if (appointment === null || order.round !== round || !awaited || Date.parse(appointment.from) <= core.clock.now()) return undefined
    const when = await whenFor(core, ticket, Date.parse(appointment.from))
    const engineer = engineerName ?? core.company().flow.company
    return { events: [{ type: 'appointment.reminded' }], effects: tellCustomers(core, ticket, 'appointment.reminder', { engineer, when }) }
  })
}
