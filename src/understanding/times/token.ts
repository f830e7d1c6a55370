// The pieces of a wish for a time, in the order they were said: days, parts of the day, clock times.

/** Minutes since midnight. */
export interface DayWindow {
  from: number
  until: number
}

export type Said =
  | { kind: 'days'; days: readonly Temporal.PlainDate[]; /** "any day": counts only where no other is named. */ any?: boolean }
  /** When on the day. */
  | { kind: 'part'; window: DayWindow }
  /** `after four`, `not before 16:00`: narrows whatever else is said. */
  | { kind: 'bound'; from?: number; until?: number }
  /** `except`, `not`: the days that follow are taken away. */
  | { kind: 'except' }

export interface Token {
  start: number
  end: number
  said: Said
}

/** What is around a match: what was said of the day right before it, and whether it touches a day. */
export interface Around {
  today: Temporal.PlainDate
  part: DayWindow | undefined
  besideDay: boolean
}

export interface Pattern {
  pattern: RegExp
  /** Undefined when it is no time after all. */
  read(match: RegExpMatchArray, around: Around): Said | undefined
}

/** Applies the patterns in their order; what one has taken the later ones do not see. `near` is how far apart two pieces still touch. */
export function readTokens(text: string, patterns: readonly Pattern[], today: Temporal.PlainDate, near: number): { tokens: Token[]; rest: string } {
  const tokens: Token[] = []
  let rest = text
  for (const { pattern, read } of patterns)
    for (const match of rest.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length]
      const part = tokens.findLast((token) => token.said.kind === 'part' && token.end <= start && start - token.end <= near)?.said
      const besideDay = tokens.some(
        ({ said, ...at }) => said.kind === 'days' && ((at.end <= start && start - at.end <= near) || (at.start >= end && at.start - end <= near)),
      )
      const said = read(match, { today, part: part?.kind === 'part' ? part.window : undefined, besideDay })
      if (said === undefined) continue
      tokens.push({ start, end, said })
      rest = rest.slice(0, start) + '\u0000'.repeat(end - start) + rest.slice(end)
    }
  return { tokens, rest }
}

/** Nobody is visited at night: an open end of a wish ends here. */
export const visitingHours: DayWindow = { from: 8 * 60, until: 20 * 60 }

export const parts: Readonly<Record<'early' | 'morning' | 'noon' | 'afternoon' | 'evening' | 'day', DayWindow>> = {
  early: { from: 7 * 60, until: 9 * 60 },
  morning: { from: 8 * 60, until: 12 * 60 },
  noon: { from: 12 * 60, until: 14 * 60 },
  afternoon: { from: 12 * 60, until: 18 * 60 },
  evening: { from: 18 * 60, until: 21 * 60 },
  day: visitingHours,
}

/** An hour without am or pm is one at which people are visited. `part` is what was said of the day before it. */
export function hourOfVisit(hour: number, half: 'am' | 'pm' | undefined, part?: DayWindow): number {
  if (half === 'pm') return hour % 12 === 0 ? 12 : hour < 12 ? hour + 12 : hour
  if (half === 'am') return hour % 12 === 0 && hour <= 12 ? 0 : hour
  if (hour >= 13 || hour === 0) return hour
  if (part !== undefined && part.from >= 12 * 60 && hour < 12) return hour + 12
  return hour < 8 ? hour + 12 : hour
}

/** The coming day of this weekday (1 Monday – 7 Sunday), `weeks` later than the first one; today counts as past. */
export function comingWeekday(today: Temporal.PlainDate, weekday: number): Temporal.PlainDate {
  const ahead = (weekday - today.dayOfWeek + 7) % 7
  return today.add({ days: ahead === 0 ? 7 : ahead })
}

/** The day of this weekday in the week that begins `weeks` Mondays from now. */
export function weekdayInWeek(today: Temporal.PlainDate, weekday: number, weeks: number): Temporal.PlainDate {
  return today.subtract({ days: today.dayOfWeek - 1 }).add({ days: weeks * 7 + weekday - 1 })
}

/** The coming day of this month and number, of this month or the next where none is named; undefined where there is none to come. */
export function comingDate(today: Temporal.PlainDate, year: number | undefined, month: number | undefined, day: number): Temporal.PlainDate | undefined {
  try {
    const first = Temporal.PlainDate.from({ year: year ?? today.year, month: month ?? today.month, day }, { overflow: 'reject' })
    if (Temporal.PlainDate.compare(first, today) >= 0) return first
    return year !== undefined ? undefined : month === undefined ? first.add({ months: 1 }) : first.add({ years: 1 })
  } catch {
    return undefined
  }
}

export function daysFrom(first: Temporal.PlainDate, last: Temporal.PlainDate): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = []
  for (let day = first; Temporal.PlainDate.compare(day, last) <= 0 && days.length < 31; day = day.add({ days: 1 })) days.push(day)
  return days
}
