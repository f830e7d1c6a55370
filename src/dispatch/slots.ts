// The free times of an engineer for a visit, out of their real calendar. Pure.
import type { CalendarDay } from './calendar.ts'
import { datesBetween, shiftsOn } from './days.ts'
import type { Engineer } from './engineer.ts'
import { misfitOf, type Visit, type Ways, type WorkingDay } from './fits.ts'
import type { Hours } from '../hours/index.ts'

export interface Slot {
  engineer: string
  /** The engineer's day it is on, `<engineer>/<date>`. */
  day: string
  /** Milliseconds since the epoch. */
  from: number
  until: number
}

/** Visits begin on the hour and half past it, by the engineer's clock. */
const stepMs = 30 * 60_000

export interface SlotSearch {
  engineer: Engineer
  hours: Hours
  /** What is booked, by date. */
  days: ReadonlyMap<string, CalendarDay>
  visit: Omit<Visit, 'from' | 'until'> & { durationMs: number }
  ways: Ways
  /** From when to when a visit may begin, milliseconds since the epoch. */
  from: number
  until: number
}

export function workingDay(engineer: Engineer, hours: Hours, date: string, known: CalendarDay | undefined): WorkingDay {
  return { shifts: shiftsOn(engineer, hours, date), booked: known?.booked ?? [], visitsPerDay: engineer.visitsPerDay, base: engineer.base }
}

/** In order of time. */
export function freeSlots({ engineer, hours, days, visit, ways, from, until }: SlotSearch): Slot[] {
  return datesBetween(from, until, hours.timeZone).flatMap((date) => {
    const day = workingDay(engineer, hours, date, days.get(date))
    return day.shifts.flatMap((shift) => {
      const slots: Slot[] = []
      for (let start = onGrid(Math.max(shift.from, from), shift.from); start + visit.durationMs <= shift.to && start <= until; start += stepMs) {
        const asked: Visit = { workOrder: visit.workOrder, point: visit.point, from: start, until: start + visit.durationMs }
        if (misfitOf(day, asked, ways) === undefined) slots.push({ engineer: engineer._id, day: `${engineer._id}/${date}`, from: start, until: asked.until })
      }
      return slots
    })
  })
}

/** The first step of the shift not before `at`. */
function onGrid(at: number, shift: number): number {
  return shift + Math.ceil((at - shift) / stepMs) * stepMs
}
