// Days and hours by an engineer's clock: which date an instant falls on, and when they work on it. Pure.
import { openStretches, readHours, type Hours, type Stretch } from '../hours/index.ts'
import type { Engineer } from './engineer.ts'

/** Whoever sets no hours anywhere works these, minutes since midnight. */
const usual = { from: 8 * 60, to: 17 * 60 }

/** The engineer's own, else the company's. */
export function hoursOfEngineer({ hours }: Pick<Engineer, 'hours'>, company: { hours: Hours | null; flow: { timeZone: string } }): Hours {
  if (hours !== null) return readHours(hours, company.flow.timeZone)
  return company.hours ?? { timeZone: company.flow.timeZone, week: [...Array.from({ length: 5 }, () => [usual]), [], []], holidays: [] }
}

/** ISO date. */
export function dateAt(at: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()
}

/** The dates from one instant to another, both ends in it. */
export function datesBetween(from: number, until: number, timeZone: string): string[] {
  const last = Temporal.Instant.fromEpochMilliseconds(until).toZonedDateTimeISO(timeZone).toPlainDate()
  const dates: string[] = []
  for (
    let day = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).toPlainDate();
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  )
    dates.push(day.toString())
  return dates
}

/** When they work on this date; none on a day off. */
export function shiftsOn(engineer: Pick<Engineer, 'daysOff'>, hours: Hours, date: string): Stretch[] {
  if (engineer.daysOff.some(({ from, until }) => from <= date && date <= until)) return []
  const day = Temporal.PlainDate.from(date)
  const [start, end] = [day, day.add({ days: 1 })].map((each) => each.toZonedDateTime(hours.timeZone).epochMilliseconds)
  const shifts: Stretch[] = []
  for (const stretch of openStretches(hours, start ?? 0)) {
    if (stretch.from >= (end ?? 0)) break
    shifts.push({ from: stretch.from, to: Math.min(stretch.to, end ?? 0) })
  }
  return shifts
}
