// What dispatch looks at when it looks for somebody: engineers, their hours and calendars, the promise of the ticket.
import type { Core } from '../core.ts'
import { slaOf } from '../sla/index.ts'
import type { Ticket } from '../tickets/index.ts'
import type { CalendarDay } from './calendar.ts'
import { hoursOfEngineer } from './days.ts'
import { reasonsAgainst, type Reason } from './eligible.ts'
import type { Engineer } from './engineer.ts'
import type { Ways } from './fits.ts'
import type { Hours } from '../hours/index.ts'
import { requiredParts } from './parts-filter.ts'
import { freeSlots, type Slot } from './slots.ts'
import type { WorkOrder } from './work-order.ts'

export interface Booked {
  engineer: Engineer
  hours: Hours
  /** By date. */
  days: ReadonlyMap<string, CalendarDay>
}

export function waysOf(core: Core): Ways {
  const { speed, unknownTravel, buffer } = core.company().dispatch
  return { speed, unknownTravelMs: unknownTravel, bufferMs: buffer }
}

/** Everybody at work, with what they have in their calendars. */
export async function boardOf(core: Core): Promise<Booked[]> {
  const engineers = await core.collections.engineers.find({ active: true }, { sort: { _id: 1 } })
  return Promise.all(engineers.map((engineer) => calendarOf(core, engineer)))
}

export async function calendarOf(core: Core, engineer: Engineer): Promise<Booked> {
  const yesterday = new Date(core.clock.now() - 2 * 86_400_000).toISOString().slice(0, 10)
  const days = await core.collections.calendar.find({ engineer: engineer._id, date: { $gte: yesterday } })
  return { engineer, hours: hoursOfEngineer(engineer, core.company()), days: new Map(days.map((day) => [day.date, day])) }
}

/** When the repair is promised: milliseconds since the epoch; null where nothing is. */
export function dueOf(core: Core, ticket: Ticket): number | null {
  const due = slaOf(ticket, core.company(), core.clock.now())?.restore.due ?? null
  return due === null ? null : Date.parse(due)
}

export interface Able {
  able: { on: Booked; slots: Slot[] }[]
  leftOut: { engineer: Engineer; reasons: Reason[] }[]
}

/** Who can do it, with their free times between the two moments; and who cannot, and why. */
export async function lookForSlots(core: Core, order: WorkOrder, from: number, until: number): Promise<Able> {
  const ways = waysOf(core)
  const found: Able = { able: [], leftOut: [] }
  const lacking = await requiredParts(core, order)
  for (const on of await boardOf(core)) {
    // Whoever gave one time back may have another.
    const reasons = [...reasonsAgainst(on.engineer, { ...order, appointment: null }), ...(await lacking(on.engineer._id))]
    if (reasons.length > 0) {
      found.leftOut.push({ engineer: on.engineer, reasons })
      continue
    }
    const slots = freeSlots({ ...on, visit: { workOrder: order._id, point: order.site.point, durationMs: order.duration }, ways, from, until })
    if (slots.length > 0) found.able.push({ on, slots })
    else found.leftOut.push({ engineer: on.engineer, reasons: [{ filter: 'calendar', text: 'has no free time in the days that are planned' }] })
  }
  return found
}

/** Between these two moments a visit that is asked for now may begin. */
export function horizonOf(core: Core): { from: number; until: number } {
  const { lead, horizon } = core.company().dispatch
  return { from: core.clock.now() + lead, until: core.clock.now() + horizon }
}
