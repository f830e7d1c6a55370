// Days on which nobody works move an inspection to a neighbouring day. Pure.
import type { Hours } from '../hours/index.ts'

export const holidayShifts = ['keep', 'before', 'after'] as const
export type HolidayShift = (typeof holidayShifts)[number]

/** Whoever works on none of these has no working days. */
const searchedDays = 60

/** The same time on the nearest working day before or after it; as it is where people always work, or never. */
export function shifted(wall: Temporal.PlainDateTime, shift: HolidayShift, hours: Hours | null): Temporal.PlainDateTime {
  if (shift === 'keep' || hours === null) return wall
  for (let days = 0; days <= searchedDays; days++) {
    const day = shift === 'after' ? wall.add({ days }) : wall.subtract({ days })
    if (isWorkday(day.toPlainDate(), hours)) return day
  }
  return wall
}

function isWorkday(date: Temporal.PlainDate, { week, holidays }: Hours): boolean {
  return (week[date.dayOfWeek - 1] ?? []).length > 0 && !holidays.includes(date.toString())
}
