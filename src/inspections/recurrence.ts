// Recurrence rules (RFC 5545) as plans use them: by days, at the local time of their start. What is wrong with one is said in words. Pure.
//
// A rule runs on the clock on the wall, and each wall time becomes an instant in the plan's time zone afterwards. So neither the server's zone nor a
// change of clocks moves an inspection to another day, and a time that does not exist on one day is not left out but comes when it next can.
import { RRuleTemporal } from 'rrule-temporal'

export interface Rule {
  rrule: string
  /** IANA name. */
  timeZone: string
  /** Local time of the first one that is possible, e.g. `2026-03-31T09:00`. */
  start: string
}

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']
const days = /^(?:[+-]?\d{1,2})?(?:MO|TU|WE|TH|FR|SA|SU)$/
const numbers = (least: number, most: number, negative: boolean) => (value: string) => {
  const number = Number(value)
  return /^[+-]?\d+$/.test(value) && Math.abs(number) >= least && Math.abs(number) <= most && (negative || number > 0)
}

/** What a part may hold: each of its values, and in words. */
const parts: Readonly<Record<string, { fits(value: string): boolean; words: string; list?: true }>> = {
  FREQ: { fits: (value) => frequencies.includes(value), words: 'is DAILY, WEEKLY, MONTHLY or YEARLY' },
  INTERVAL: { fits: numbers(1, 10_000, false), words: 'is a whole number from 1' },
  COUNT: { fits: numbers(1, 10_000, false), words: 'is a whole number from 1' },
  UNTIL: { fits: isUntil, words: 'is a day such as 20271231, or 20271231T230000Z' },
  BYDAY: { fits: (value) => days.test(value), words: 'names days such as MO,TH or, of the month, 1MO or -1FR', list: true },
  BYMONTHDAY: { fits: numbers(1, 31, true), words: 'holds numbers from 1 to 31, or from -31 to -1', list: true },
  BYYEARDAY: { fits: numbers(1, 366, true), words: 'holds numbers from 1 to 366, or from -366 to -1', list: true },
  BYWEEKNO: { fits: numbers(1, 53, true), words: 'holds numbers from 1 to 53, or from -53 to -1', list: true },
  BYMONTH: { fits: numbers(1, 12, false), words: 'holds numbers from 1 to 12', list: true },
  BYSETPOS: { fits: numbers(1, 366, true), words: 'holds numbers from 1 to 366, or from -366 to -1', list: true },
  WKST: { fits: (value) => /^(?:MO|TU|WE|TH|FR|SA|SU)$/.test(value), words: 'is a day such as MO' },
}

/** In one spelling: capitals, no spaces, no `RRULE:` in front. */
export function plainRule(rrule: string): string {
  return rrule
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .replace(/\s+/g, '')
    .replace(/;$/, '')
}

/** What is wrong with it, and what would be right; undefined when it will do. */
export function ruleProblem(rule: Rule): string | undefined {
  const plain = plainRule(rule.rrule)
  if (/DTSTART|TZID/.test(plain)) return 'leave DTSTART and TZID out of it; they are start and timeZone'
  if (!plain.includes('FREQ=')) return 'names no FREQ; write for example FREQ=MONTHLY;INTERVAL=6'
  const read = plain.split(';').map((part) => part.split('='))
  const seen = new Set<string>()
  for (const [name = '', value = '', ...more] of read) {
    if (/^BY(?:HOUR|MINUTE|SECOND)$/.test(name)) return `${name} is not for plans; the time of the day is that of start`
    const part = Object.hasOwn(parts, name) ? parts[name] : undefined
    if (part === undefined) return `knows no part ${name || '(empty)'}; there are ${Object.keys(parts).join(', ')}`
    if (seen.has(name)) return `has two of ${name}`
    seen.add(name)
    if (name === 'FREQ' && /^(?:HOURLY|MINUTELY|SECONDLY)$/.test(value)) return `FREQ=${value} is too often for inspections; FREQ ${part.words}`
    const values = part.list === true ? value.split(',') : [value]
    const wrong = more.length > 0 ? value : values.find((each) => !part.fits(each))
    if (wrong !== undefined) return `${name} ${part.words}; ${wrong === '' ? 'it is empty' : `"${wrong}" is none of these`}`
  }
  if (seen.has('COUNT') && seen.has('UNTIL')) return 'has both COUNT and UNTIL; keep one of them'
  return impossible(rule)
}

const never = 'never comes: no day from start on fits it'

function impossible(rule: Rule): string | undefined {
  try {
    return nextWallTime(rule, { after: wallOf(rule.start), inclusive: true }) === undefined ? never : undefined
  } catch (error) {
    if (!(error instanceof Error)) throw error
    return error.message.includes('iterations') ? never : `cannot be: ${error.message}`
  }
}

/** How many there are at all; null: no end. */
export function countOf(rrule: string): number | null {
  const [, count] = /(?:^|;)COUNT=(\d+)/.exec(plainRule(rrule)) ?? []
  return count === undefined ? null : Number(count)
}

/** Without an end by number: where it counts from completion, ordinals are counted elsewhere. */
export function endless<R extends Rule>(rule: R): R {
  const rrule = plainRule(rule.rrule)
    .split(';')
    .filter((part) => !part.startsWith('COUNT='))
    .join(';')
  return { ...rule, rrule }
}

export function wallOf(local: string): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(local)
}

/** By the clock on the wall there. */
export function wallAt(at: number, timeZone: string): Temporal.PlainDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDateTime()
}

/** Milliseconds since the epoch. Of two instants with this wall time the first; of none the one that the clock jumps to. */
export function instantOf(wall: Temporal.PlainDateTime, timeZone: string): number {
  return wall.toZonedDateTime(timeZone, { disambiguation: 'compatible' }).epochMilliseconds
}

/** The first wall time of the rule after this one; undefined when it has ended. */
export function nextWallTime(
  rule: Rule,
  { after, inclusive = false }: { after: Temporal.PlainDateTime; inclusive?: boolean },
): Temporal.PlainDateTime | undefined {
  return engineOf(rule).next(asUtc(after), inclusive)?.toPlainDateTime()
}

/** All wall times of the rule after the first and up to the second, in order. */
export function wallTimes(rule: Rule, after: Temporal.PlainDateTime, to: Temporal.PlainDateTime): Temporal.PlainDateTime[] {
  if (Temporal.PlainDateTime.compare(after, to) >= 0) return []
  const found = engineOf(rule).between(asUtc(after), asUtc(to), true)
  return found.map((each) => each.toPlainDateTime()).filter((wall) => Temporal.PlainDateTime.compare(wall, after) > 0)
}

/** The wall clock runs as if it were UTC, so that no zone comes into it. */
function asUtc(wall: Temporal.PlainDateTime): Temporal.ZonedDateTime {
  return wall.toZonedDateTime('UTC')
}

function engineOf({ rrule, timeZone, start }: Rule) {
  const rruleString = plainRule(rrule).replace(/(?<=^|;)UNTIL=([^;]+)/, (_, until: string) => `UNTIL=${untilOnTheWall(until, timeZone)}`)
  return new RRuleTemporal({ rruleString, dtstart: asUtc(wallOf(start)), temporal: Temporal, strict: true, maxIterations: 100_000 })
}

/** A day counts whole; an instant counts by what the clock says then. */
function untilOnTheWall(until: string, timeZone: string): string {
  if (/^\d{8}$/.test(until)) return `${until}T235959Z`
  const wall = until.endsWith('Z') ? wallAt(Date.parse(dashed(until)), timeZone) : wallOf(dashed(until))
  return `${wall.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}Z`
}

function isUntil(until: string): boolean {
  return /^\d{8}(?:T\d{6}Z?)?$/.test(until) && !Number.isNaN(Date.parse(dashed(until).replace(/Z?$/, 'Z')))
}

/** `20271231T230000Z` as `2027-12-31T23:00:00Z`. */
function dashed(until: string): string {
  const [, year, month, day, hour = '23', minute = '59', second = '59', zone = ''] = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/.exec(until) ?? []
  return `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`
}
