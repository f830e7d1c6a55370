// When it would suit, as instants: windows in the customer's time zone, out of words in English and Chinese.
import { fold } from '../fold.ts'
import type { Span } from '../span.ts'
import { chineseTokens } from './chinese.ts'
import { englishTokens } from './english.ts'
import { parts, visitingHours, type DayWindow, type Said, type Token } from './token.ts'

/** ISO instants with `Z`. */
export interface TimeWindow {
  from: string
  until: string
}

export interface WhenContext {
  /** Milliseconds since the epoch. */
  now: number
  /** IANA name of where the visit takes place. */
  timeZone: string
}

/**
 * The windows in which a visit would suit, soonest first; empty when the words name no day ahead. `Not before four, Thursday or Friday`
 * gives two, each from 16:00.
 */
export function readWindows(text: string, context: WhenContext): TimeWindow[] {
  return readTimes(text, context).windows
}

/** The windows, the stretch of the text that tells them, and whether a day is named in it. */
export function readTimes(text: string, { now, timeZone }: WhenContext): { windows: TimeWindow[]; said: Span | undefined; dayNamed: boolean } {
  const local = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone)
  const today = local.toPlainDate()
  const folded = fold(text)
  // Chrono thinks in the server's zone: it is given the customer's wall clock.
  const wall = new Date(local.year, local.month - 1, local.day, local.hour, local.minute)
  const tokens = [...englishTokens(folded, today, wall), ...chineseTokens(folded, today)].toSorted((a, b) => a.start - b.start)
  const { wished, refused } = wishesOf(folded, tokens, today)
  const days = wished.filter(({ day }) => !refused.some((other) => other.equals(day) || (other.dayOfWeek === day.dayOfWeek && wished.length > 1)))
  const windows = days
    .flatMap(({ day, window }) => windowOf(day, window, timeZone, local))
    .toSorted((a, b) => a.from.localeCompare(b.from))
    .filter((window, index, all) => all[index - 1]?.from !== window.from || all[index - 1]?.until !== window.until)
  const [first] = tokens
  return {
    windows,
    dayNamed: tokens.some(({ said }) => said.kind === 'days'),
    said: first === undefined || windows.length === 0 ? undefined : { start: first.start, end: Math.max(...tokens.map(({ end }) => end)) },
  }
}

interface Wish {
  day: Temporal.PlainDate
  /** Undefined where nothing was said about the hour. */
  window: DayWindow | undefined
}

interface Group {
  days: readonly Temporal.PlainDate[]
  window: DayWindow | undefined
  refused: boolean
  any: boolean
}

/**
 * What is said of the hour belongs to the days right before it; said before any day, or behind a row of days that have none of their
 * own, it belongs to all of them. "Except" holds until the next clause.
 */
function wishesOf(text: string, tokens: readonly Token[], today: Temporal.PlainDate): { wished: Wish[]; refused: Temporal.PlainDate[] } {
  const groups: Group[] = []
  let general: DayWindow | undefined
  let exceptAt: number | undefined
  for (const { said, start } of tokens) {
    if (exceptAt !== undefined && clauseEnd.test(text.slice(exceptAt, start))) exceptAt = undefined
    switch (said.kind) {
      case 'except':
        exceptAt = start
        break
      case 'days':
        groups.push({ days: said.days, window: undefined, refused: exceptAt !== undefined, any: said.any === true })
        break
      case 'part':
      case 'bound': {
        const open = groups.filter(({ window }) => window === undefined)
        const last = groups.at(-1)
        if (last === undefined) general = narrow(general, said)
        else if (open.length === 0) last.window = narrow(last.window, said)
        else for (const group of open) group.window = narrow(group.window, said)
      }
    }
  }
  const named = groups.filter(({ any, refused }) => !any && !refused)
  const meant = named.length > 0 ? groups.filter(({ any }) => !any) : groups
  if (meant.length === 0 && general !== undefined) meant.push({ days: [today.add({ days: 1 })], window: undefined, refused: false, any: false })
  return {
    wished: meant.filter(({ refused }) => !refused).flatMap(({ days, window }) => days.map((day) => ({ day, window: both(general, window) }))),
    refused: meant.filter(({ refused }) => refused).flatMap(({ days }) => days),
  }
}

const clauseEnd = /[,;.，。；]\s*(?!and|or|和|或)|\bbut\b|都|其他|但/

function both(general: DayWindow | undefined, own: DayWindow | undefined): DayWindow | undefined {
  return general === undefined ? own : own === undefined ? general : meet(general, own)
}

function narrow(window: DayWindow | undefined, token: Extract<Said, { kind: 'part' | 'bound' }>): DayWindow {
  if (token.kind === 'part') return window === undefined ? token.window : meet(window, token.window)
  const { from = visitingHours.from } = token
  const { until = Math.max(from <= parts.evening.from ? visitingHours.until : parts.evening.until, from + 60) } = token
  const bound = { from: Math.min(from, until), until }
  return window === undefined ? bound : meet(window, bound)
}

/** What both allow; the later word where they exclude each other. */
function meet(one: DayWindow, other: DayWindow): DayWindow {
  const from = Math.max(one.from, other.from)
  const until = Math.min(one.until, other.until)
  return until > from ? { from, until } : other
}

/** Nothing of it lies in the past. */
function windowOf(day: Temporal.PlainDate, window: DayWindow | undefined, timeZone: string, local: Temporal.ZonedDateTime): TimeWindow[] {
  const { from, until } = window ?? visitingHours
  const at = (minutes: number): Temporal.ZonedDateTime =>
    day
      .add({ days: Math.floor(minutes / 1440) })
      .toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from({ hour: Math.floor((minutes % 1440) / 60), minute: minutes % 60 }) })
  const end = at(until)
  if (Temporal.ZonedDateTime.compare(end, local) <= 0) return []
  const start = at(from)
  const begin = Temporal.ZonedDateTime.compare(start, local) < 0 ? local.round({ smallestUnit: 'minute', roundingMode: 'ceil' }) : start
  return [{ from: begin.toInstant().toString(), until: end.toInstant().toString() }]
}
