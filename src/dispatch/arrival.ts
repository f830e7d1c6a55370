// When an engineer who has set off will be there: by the way from where they were before, as far as that is known.
import type { Core } from '../core.ts'
import { calendarStream } from './calendar.ts'
import { engineerStream } from './engineer.ts'
import { travelMs, type Point } from './place.ts'
import type { WorkOrder } from './work-order.ts'

/** Said to the customer in steps of this, and no more exactly than that. */
const stepMs = 5 * 60_000
const spreadMs = 20 * 60_000

/** Milliseconds since the epoch. */
export async function arrivalOf(core: Core, order: WorkOrder): Promise<{ from: number; until: number }> {
  const { dispatch } = core.company()
  const roads = { speed: dispatch.speed, unknownTravelMs: dispatch.unknownTravel }
  const from = Math.ceil((core.clock.now() + travelMs(await placeBefore(core, order), order.site.point, roads)) / stepMs) * stepMs
  return { from, until: from + spreadMs }
}

/** The visit before this one on the same day, else where the day began. */
async function placeBefore(core: Core, { _id, engineer, appointment }: WorkOrder): Promise<Point | null> {
  if (engineer === null) return null
  const { booked } = appointment === null ? { booked: [] } : await core.journal.load(calendarStream, appointment.day)
  const own = booked.findIndex(({ workOrder }) => workOrder === _id)
  return booked[own - 1]?.point ?? (await core.journal.load(engineerStream, engineer)).base
}
