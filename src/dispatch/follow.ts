// What a ticket's fate means for the work on it.
import { arm } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Entry } from '../journal/index.ts'
import { survivorOf } from '../tickets/index.ts'
import { isOver } from './status.ts'
import { moveWorkOrder } from './move.ts'
import { workOf } from './work-of.ts'

export async function followTickets(core: Core, entry: Entry): Promise<void> {
  if (!entry.stream.startsWith('ticket/')) return
  const ticket = entry.stream.slice('ticket/'.length)
  const to = entry.events.flatMap((event) => (event.type === 'ticket.status_changed' ? [event.to] : []))
  const now = timestamp(core.clock.now())
  if (to.includes('cancelled')) await arm(core, `cancel_work/${entry._id}`, now, { kind: 'dispatch', act: { do: 'cancel_work', ticket } }, true)
  if (to.includes('accepted') && core.company().dispatch.visitOnAcceptance)
    await arm(core, `open_visit/${ticket}`, now, { kind: 'dispatch', act: { do: 'open_visit', ticket } }, true)
}

/** Unless the ticket was reopened meanwhile. */
export async function cancelWork(core: Core, number: string, key: string): Promise<void> {
  const ticket = await survivorOf(core, number)
  if (ticket.status !== 'cancelled') return
  for (const { _id, status } of await workOf(core, number))
    if (!isOver(status)) await moveWorkOrder(core, _id, { to: 'canceled', comment: null }, { actor: { kind: 'system', id: null }, key: `${key}/${_id}` })
}
