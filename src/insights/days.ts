// Days and hours of a company's calendar, by which the past is looked at. Pure.
import type { Day } from '../assets/date.ts'

/** The instant of a full hour of a day, milliseconds since the epoch; where the clocks are put forward over it, the hour after. */
export function instantOf(day: Day, hour: number, timeZone: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: { hour } }).epochMilliseconds
}

/** The first day from `now` on whose full hour is still to come, and, with `weekday` (1 Monday to 7 Sunday), which is that day of the week. */
export function nextDay(now: number, hour: number, timeZone: string, weekday?: number): Day {
  let day = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate()
  while ((weekday !== undefined && day.dayOfWeek !== weekday) || instantOf(day.toString(), hour, timeZone) <= now) day = day.add({ days: 1 })
  return day.toString()
}

/** The week of the calendar (ISO 8601), e.g. `2026-W11`. */
export function weekOf(day: Day): string {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(day)
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`
}

export function isMonday(day: Day): boolean {
  return Temporal.PlainDate.from(day).dayOfWeek === 1
}

/** The next day that is to be looked at after `done`: tomorrow; of days that went by unseen only the Mondays, and the last one. */
export function dayAfter(done: Day, now: number, hour: number, timeZone: string): Day {
  const upcoming = Temporal.PlainDate.from(nextDay(now, hour, timeZone))
  const last = upcoming.subtract({ days: 1 })
  let day = Temporal.PlainDate.from(done).add({ days: 1 })
  while (Temporal.PlainDate.compare(day, last) < 0 && day.dayOfWeek !== 1) day = day.add({ days: 1 })
  return day.toString()
}
