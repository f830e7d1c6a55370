// Who could do a work order, the best first, each with their score; and everybody else with the reason why not.
import type { Core } from '../core.ts'
import { survivorOf } from '../tickets/index.ts'
import { boardOf, dueOf, horizonOf, lookForSlots, waysOf, type Booked } from './board.ts'
import { dateAt } from './days.ts'
import { calendarReason, reasonsAgainst, type Reason } from './eligible.ts'
import type { Engineer } from './engineer.ts'
import { misfitOf, placeBefore } from './fits.ts'
import { partsFilter, requiredParts } from './parts-filter.ts'
import { travelMs } from './place.ts'
import { scoreOf, type Score } from './score.ts'
import { workingDay, type Slot } from './slots.ts'
import type { WorkOrder } from './work-order.ts'

export interface Candidate {
  engineer: Engineer
  /** The time agreed with the customer, else the first that is free. */
  slot: Slot
  score: Score
  /** What speaks against them without leaving them out. */
  warnings: Reason[]
}

export interface Candidates {
  candidates: Candidate[]
  leftOut: { engineer: Engineer; reasons: Reason[] }[]
}

/** `warn`: with what they would come without, which takes a look at the stock. */
export async function candidatesFor(core: Core, order: WorkOrder, { warn }: { warn: boolean }): Promise<Candidates> {
  const due = dueOf(core, await survivorOf(core, order.ticket))
  const found = order.appointment === null ? await byFirstSlot(core, order) : await byAppointment(core, order, order.appointment)
  const lacking = await partsFilter(core, order, warn ? ['warn'] : [])
  const candidates = await Promise.all(
    found.able.map(async ({ on, slot }) => {
      const { engineer } = on
      return { engineer, slot, score: suit(core, order, on, slot, due), warnings: await lacking(engineer._id) }
    }),
  )
  return {
    candidates: candidates.toSorted((one, other) => other.score.total - one.score.total || one.engineer._id.localeCompare(other.engineer._id)),
    leftOut: found.leftOut,
  }
}

interface Found {
  able: { on: Booked; slot: Slot }[]
  leftOut: Candidates['leftOut']
}

async function byFirstSlot(core: Core, order: WorkOrder): Promise<Found> {
  const { from, until } = horizonOf(core)
  const { able, leftOut } = await lookForSlots(core, order, from, until)
  return { able: able.flatMap(({ on, slots: [slot] }) => (slot === undefined ? [] : [{ on, slot }])), leftOut }
}

async function byAppointment(core: Core, order: WorkOrder, appointment: { from: string; until: string }): Promise<Found> {
  const found: Found = { able: [], leftOut: [] }
  const [from, until] = [Date.parse(appointment.from), Date.parse(appointment.until)]
  const lacking = await requiredParts(core, order)
  for (const on of await boardOf(core)) {
    const { engineer, hours, days } = on
    const date = dateAt(from, hours.timeZone)
    const misfit = misfitOf(workingDay(engineer, hours, date, days.get(date)), { workOrder: order._id, from, until, point: order.site.point }, waysOf(core))
    const reasons = [...reasonsAgainst(engineer, order), ...(misfit === undefined ? [] : [calendarReason(misfit)]), ...(await lacking(engineer._id))]
    if (reasons.length > 0) found.leftOut.push({ engineer, reasons })
    else found.able.push({ on, slot: { engineer: engineer._id, day: `${engineer._id}/${date}`, from, until } })
  }
  return found
}

export function suit(core: Core, order: WorkOrder, { engineer, hours, days }: Booked, slot: Slot, due: number | null): Score {
  const day = workingDay(engineer, hours, dateAt(slot.from, hours.timeZone), days.get(dateAt(slot.from, hours.timeZone)))
  const before = placeBefore(day, { ...slot, workOrder: order._id, point: order.site.point })
  return scoreOf({
    travelMs: before === null || order.site.point === null ? null : travelMs(before, order.site.point, waysOf(core)),
    visits: day.booked.filter(({ workOrder }) => workOrder !== order._id).length,
    visitsPerDay: engineer.visitsPerDay,
    levels: order.skills.flatMap((skill) => engineer.skills.find((has) => has.skill.toLowerCase() === skill.toLowerCase())?.level ?? []),
    preferred: order.preferredEngineer === null ? null : order.preferredEngineer === engineer._id,
    inTime: due === null ? null : slot.until <= due,
  })
}
