// When people are there: working hours by weekday, in a time zone, without holidays; and time as it is counted in them. Pure.

/** Minutes since the local midnight; `to` is not in it any more. */
export interface Span {
  from: number
  to: number
}

export interface Hours {
  /** IANA name. */
  timeZone: string
  /** Monday first; in order and apart. */
  week: readonly (readonly Span[])[]
  /** ISO dates on which nobody is there. */
  holidays: readonly string[]
}

/** Instants, milliseconds since the epoch; `to` is not in it any more. */
export interface Stretch {
  from: number
  to: number
}

const minuteMs = 60_000
const dayMs = 86_400_000
/** Who is not there for so long is never there. */
const horizonMs = 400 * dayMs

/**
 * The stretches in which people are there, from `from` on, in order. Where clocks are put back an hour's words hold twice,
 * where they are put forward not at all: what counts is what a clock on the wall says.
 */
export function* openStretches(hours: Hours, from: number): Generator<Stretch> {
  const holidays = new Set(hours.holidays.map(dayOf))
  let at = from
  for (let until = from + horizonMs; at < until;) {
    const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(hours.timeZone)
    const offset = here.offsetNanoseconds / 1e6
    const end = Math.min(here.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity, until)
    for (let day = Math.floor((at + offset) / dayMs); day * dayMs - offset < end; day++) {
      if (holidays.has(day)) continue
      for (const span of spansOf(hours, day)) {
        const stretch = {
          from: Math.max(day * dayMs + span.from * minuteMs - offset, at),
          to: Math.min(day * dayMs + span.to * minuteMs - offset, end),
        }
        if (stretch.from >= stretch.to) continue
        until = Math.max(until, stretch.to + horizonMs)
        yield stretch
      }
    }
    at = end
  }
}

/** Day 0 of the epoch was a Thursday. */
function spansOf({ week }: Hours, day: number): readonly Span[] {
  return week[(((day + 3) % 7) + 7) % 7] ?? []
}

/** Days since the epoch. */
function dayOf(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs)
}

/** Where no hours are set people are always there. */
export function isOpen(hours: Hours | null, now: number): boolean {
  return nextOpening(hours, now) === now
}

/** `now` while people are there; undefined when they never are. */
export function nextOpening(hours: Hours | null, now: number): number | undefined {
  if (hours === null) return now
  for (const { from } of openStretches(hours, now)) return from
  return undefined
}

/** The instant at which so much working time, milliseconds, has gone by since `from`; undefined when it never will. */
export function afterWorkingTime(hours: Hours | null, from: number, duration: number): number | undefined {
  if (hours === null || duration <= 0) return from + Math.max(0, duration)
  let left = duration
  for (const stretch of openStretches(hours, from)) {
    const length = stretch.to - stretch.from
    if (left <= length) return stretch.from + left
    left -= length
  }
  return undefined
}

/** Milliseconds. */
export function workingTimeBetween(hours: Hours | null, from: number, to: number): number {
  if (hours === null) return Math.max(0, to - from)
  let sum = 0
  for (const stretch of openStretches(hours, from)) {
    if (stretch.from >= to) break
    sum += Math.min(stretch.to, to) - stretch.from
  }
  return sum
}
