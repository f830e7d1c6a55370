// Booking a time: first the engineer's calendar, in which one insert decides who gets it, then the work order, which agrees or lets it go.
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Deed } from '../desk/change-ticket.ts'
import type { Actor, Changed, Decision } from '../journal/index.ts'
import { digest } from '../message.ts'
import { calendarStream, dayId, type Booking, type CalendarDay } from './calendar.ts'
import { calendarOf, waysOf, type Booked } from './board.ts'
import { changeWorkOrder, type WorkRefusal } from './change-work-order.ts'
import { decideAgreement } from './agree.ts'
import { dateAt } from './days.ts'
import { misfitWords, reasonsAgainst, type Reason } from './eligible.ts'
import { engineerStream } from './engineer.ts'
import { misfitOf } from './fits.ts'
import { requiredParts } from './parts-filter.ts'
import { armNow } from './release.ts'
import { workingDay } from './slots.ts'
import { isOver } from './status.ts'
import { workOrderStream, type WorkOrder } from './work-order.ts'

export interface Wish {
  engineer: string
  /** Milliseconds since the epoch. */
  from: number
  /** The work order's when the time was chosen; left out by whoever does not mind. */
  round?: number | undefined
  /** Whoever gave it back before may take it now. */
  again?: boolean
}

/** Once per key, whoever else wants the time at the same moment. */
export async function bookSlot(core: Core, id: string, wish: Wish, deed: Deed): Promise<Changed<WorkOrder, WorkRefusal>> {
  const order = await core.journal.load(workOrderStream, id)
  const engineer = await core.journal.load(engineerStream, wish.engineer)
  const booking: Booking = {
    id: digest('booking', deed.key),
    workOrder: id,
    round: wish.round ?? order.round,
    from: timestamp(wish.from),
    until: timestamp(wish.from + order.duration),
    point: order.site.point,
  }
  const on = await calendarOf(core, engineer)
  // The time agreed upon stands whatever became of the parts meanwhile.
  const lacking = order.appointment === null ? await (await requiredParts(core, order))(engineer._id) : []
  const day = dayId(engineer._id, dateAt(wish.from, on.hours.timeZone))
  const booked = await core.journal.change<CalendarDay, WorkRefusal>(calendarStream, day, {
    key: `${deed.key}/book`,
    decide: (known) => decideBooking(core, { order: wish.again === true ? { ...order, rejections: [] } : order, on, booking, lacking }, known, deed.actor),
  })
  if (booked.kind === 'refused') return { kind: 'refused', refusal: booked.refusal, state: order }
  return settleBooking(core, day, booking.id)
}

interface Asked {
  order: WorkOrder
  on: Booked
  booking: Booking
  lacking: readonly Reason[]
}

function decideBooking(core: Core, { order, on, booking, lacking }: Asked, known: CalendarDay, actor: Actor): Decision<WorkRefusal> {
  const refuse = (refusal: WorkRefusal): Decision<WorkRefusal> => ({ kind: 'refused', refusal })
  if (known.booked.some(({ id }) => id === booking.id)) return { kind: 'nothing' }
  if (order.n === 0) return refuse({ kind: 'unknown_work_order' })
  if (order.kind !== 'visit') return refuse({ kind: 'no_visit' })
  if (isOver(order.status)) return refuse({ kind: 'over', status: order.status })
  if (order.round !== booking.round) return refuse({ kind: 'outdated' })
  if (on.engineer.n === 0) return refuse({ kind: 'unknown_engineer', engineer: on.engineer._id })
  const reasons = [...reasonsAgainst(on.engineer, { ...order, appointment: booking.from === order.appointment?.from ? order.appointment : null }), ...lacking]
  if (reasons.length > 0) return refuse({ kind: 'not_able', name: on.engineer.name, reasons: reasons.map(({ text }) => text) })
  const visit = { workOrder: order._id, from: Date.parse(booking.from), until: Date.parse(booking.until), point: booking.point }
  if (visit.from <= core.clock.now()) return refuse({ kind: 'slot_taken', reason: 'it has begun' })
  const misfit = misfitOf(workingDay(on.engineer, on.hours, known.date, known), visit, waysOf(core))
  if (misfit !== undefined) return refuse({ kind: 'slot_taken', reason: `${on.engineer.name} ${misfitWords[misfit]}` })
  return {
    kind: 'entry',
    actor,
    events: [{ type: 'calendar.booked', booking }],
    // Whoever booked it settles it at once; this is for the case that they died.
    effects: [armNow(core, { do: 'settle', day: known._id, booking: booking.id })],
  }
}

/** The work order agrees to a booked time, unless another one was agreed upon since it was chosen: then it is given free. */
export async function settleBooking(core: Core, day: string, id: string): Promise<Changed<WorkOrder, WorkRefusal>> {
  const known = await core.journal.load(calendarStream, day)
  const actor = { kind: 'system', id: null } as const
  const booking = known.booked.find((each) => each.id === id)
  const engineer = await core.journal.load(engineerStream, known.engineer)
  if (booking === undefined) return { kind: 'refused', refusal: { kind: 'outdated' }, state: workOrderStream.begin('') }
  const settled = await changeWorkOrder(core, booking.workOrder, { actor, key: `settle/${id}` }, (order, ticket) =>
    isOver(order.status) || order.round !== booking.round
      ? { refusal: { kind: 'outdated' } }
      : decideAgreement(core, order, ticket, { engineer, booking, day }),
  )
  if (settled.kind === 'refused')
    await core.journal.change(calendarStream, day, {
      key: `unsettle/${id}`,
      decide: ({ booked }) =>
        booked.some((each) => each.id === id)
          ? { kind: 'entry', actor, events: [{ type: 'calendar.released', booking: id }], effects: [] }
          : { kind: 'nothing' },
    })
  return settled
}
