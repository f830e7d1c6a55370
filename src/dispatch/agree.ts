// A time is agreed upon: what that makes of the work order, who hears of it, and when they are reminded.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import type { Consequence } from '../journal/index.ts'
import type { Ticket } from '../tickets/index.ts'
import type { Booking } from './calendar.ts'
import type { Made } from './change-work-order.ts'
import type { Engineer } from './engineer.ts'
import { armNow, releaseEffects } from './release.ts'
import { reminderTimes } from './reminder-times.ts'
import { tellCustomers, whenFor } from './tell.ts'
import type { WorkOrder } from './work-order.ts'

interface Agreed {
  engineer: Engineer
  booking: Booking
  day: string
}

export async function decideAgreement(core: Core, order: WorkOrder, ticket: Ticket, { engineer, booking, day }: Agreed): Promise<Made> {
  const { from, until } = booking
  const before = order.appointment
  const agreed = { engineer: engineer._id, name: engineer.name, from, until, day }
  const moved = before !== null && before.from !== from
  const appointment: Event = moved
    ? { type: 'appointment.rescheduled', ...agreed, before: { from: before.from, until: before.until } }
    : { type: 'appointment.confirmed', ...agreed }
  const events: Event[] =
    order.status === 'scheduled' ? [appointment] : [appointment, { type: 'work_order.status_changed', from: order.status, to: 'scheduled', comment: null }]
  const text = moved ? 'appointment.rescheduled' : before === null ? 'appointment.confirmed' : 'appointment.engineer'
  const offered = armNow(core, { do: 'offer', workOrder: order._id, round: order.round + 1 })
  const when = await whenFor(core, ticket, Date.parse(from))
  return {
    events,
    effects: [
      ...releaseEffects(core, order),
      ...tellCustomers(core, ticket, text, { engineer: engineer.name, when }),
      ...remindersOf(core, order, booking),
      offered,
    ],
  }
}

/** Each only as long as it is still this agreement. */
function remindersOf(core: Core, { _id, round }: WorkOrder, { from }: Booking): Consequence[] {
  const { appointments, flow } = core.company()
  const now = core.clock.now()
  return reminderTimes(Date.parse(from), appointments.reminders, flow.timeZone)
    .filter((at) => at > now)
    .map((at) => ({ do: 'arm', at: timestamp(at), alarm: { kind: 'dispatch', act: { do: 'remind', workOrder: _id, round: round + 1 } } }))
}
