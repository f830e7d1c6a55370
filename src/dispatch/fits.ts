// Whether a visit fits into an engineer's day: their hours, what is booked already, the way between, how much a day holds. Pure.
import type { Stretch } from '../hours/index.ts'
import type { Booking } from './calendar.ts'
import { travelMs, type Point, type Roads } from './place.ts'
import { arriveAt, leaveBy, pausesBetween } from './plan/pauses.ts'

export interface WorkingDay {
  /** When they work, in order. */
  shifts: readonly Stretch[]
  /** In order of time. */
  booked: readonly Booking[]
  visitsPerDay: number
  /** Where the day starts and ends; null: wherever they like. */
  base: Point | null
}

export interface Visit {
  workOrder: string
  /** Milliseconds since the epoch. */
  from: number
  until: number
  point: Point | null
}

export interface Ways extends Roads {
  /** Between two visits besides the way, milliseconds. */
  bufferMs: number
}

export const misfits = ['day_off', 'outside_hours', 'day_full', 'booked', 'too_far'] as const
export type Misfit = (typeof misfits)[number]

/** Undefined when it fits. A booking of the same work order is in nobody's way: it moves. */
export function misfitOf(day: WorkingDay, visit: Visit, ways: Ways): Misfit | undefined {
  const others = day.booked.filter(({ workOrder }) => workOrder !== visit.workOrder)
  if (day.shifts.length === 0) return 'day_off'
  if (!day.shifts.some(({ from, to }) => from <= visit.from && visit.until <= to)) return 'outside_hours'
  if (others.length >= day.visitsPerDay) return 'day_full'
  if (others.some(({ from, until }) => Date.parse(from) < visit.until && visit.from < Date.parse(until))) return 'booked'
  return reaches(day, others, visit, ways) ? undefined : 'too_far'
}

/** There from the place before, and from there to the place after, in time, with nobody driving in their lunch break. */
function reaches({ shifts, base }: WorkingDay, others: readonly Booking[], visit: Visit, ways: Ways): boolean {
  const before = others.findLast(({ until }) => Date.parse(until) <= visit.from)
  const after = others.find(({ from }) => Date.parse(from) >= visit.until)
  const way = (from: Point | null, to: Point | null): number => travelMs(from, to, ways) + ways.bufferMs
  const fromBase = base === null ? 0 : travelMs(base, visit.point, ways)
  const pauses = pausesBetween(shifts)
  const earliest =
    before === undefined ? arriveAt(shifts[0]?.from ?? 0, fromBase, pauses) : arriveAt(Date.parse(before.until), way(before.point, visit.point), pauses)
  const latest =
    after === undefined ? leaveBy(shifts.at(-1)?.to ?? 0, fromBase, pauses) : leaveBy(Date.parse(after.from), way(visit.point, after.point), pauses)
  return earliest <= visit.from && visit.until <= latest
}

/** Where they come from to a visit at this time. */
export function placeBefore({ booked, base }: WorkingDay, visit: Visit): Point | null {
  return booked.findLast(({ workOrder, until }) => workOrder !== visit.workOrder && Date.parse(until) <= visit.from)?.point ?? base
}
