// What a calendar plan has to write for an asset at a moment, and when to look again. Pure.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Hours } from '../hours/index.ts'
import type { Occurrence } from './occurrence.ts'
import type { MaintenancePlan, Schedule } from './plan.ts'
import { countOf, endless, instantOf, nextWallTime, wallAt, wallOf, wallTimes } from './recurrence.ts'
import { shifted } from './workdays.ts'

/** One to be written: `missed` ones get no job. */
export interface Wanted {
  occurrence: string
  ordinal: number
  due: Timestamp
  until: Timestamp
  missed: boolean
}

export interface Decided {
  /** In order; at most one of them is not missed. */
  write: Wanted[]
  /** When to look again, milliseconds since the epoch; null: only when something happens. */
  again: number | null
}

export interface Sight {
  plan: Pick<MaintenancePlan, 'anchor' | 'leadMs' | 'windowMs' | 'holidays'>
  /** Milliseconds since the epoch. */
  now: number
  /** What was due before is nobody's business. */
  since: number
  /** The last one of this plan and asset. */
  last: Pick<Occurrence, 'occurrence' | 'ordinal' | 'due' | 'state'> | null
  /** One of this plan and asset waits for its visit. */
  open: boolean
  /** When an inspection of this kind was completed last. */
  completed: number | null
  hours: Hours | null
}

type Calendar = Extract<Schedule, { by: 'calendar' }>

const dayMs = 86_400_000
/** More at once than anybody wants to read; the rest is written a moment later. */
const atOnce = 400
/** A shift from holidays never goes further. */
const shiftMs = 61 * dayMs

export function decideCalendar(rule: Calendar, sight: Sight): Decided {
  return sight.plan.anchor === 'floating' ? decideFloating(rule, sight) : decideFixed(rule, sight)
}

/** All that fell due since the last one are over but for the latest; the one to come is planned when its time has come and no other is open. */
function decideFixed(rule: Calendar, sight: Sight): Decided {
  const { now, since, last, open, plan } = sight
  const from = last === null ? wallAt(since - shiftMs, rule.timeZone) : wallOf(last.occurrence)
  const dueOf = (wall: Temporal.PlainDateTime): number => instantOf(shifted(wall, plan.holidays, sight.hours), rule.timeZone)
  const passed = wallTimes(rule, from, wallAt(now + shiftMs, rule.timeZone)).filter((wall) => dueOf(wall) <= now && (last !== null || dueOf(wall) >= since))
  const ordinal = (last?.ordinal ?? 0) + 1
  const wanted = (wall: Temporal.PlainDateTime, index: number, missed: boolean): Wanted => ({
    occurrence: wall.toString({ smallestUnit: 'minute' }),
    ordinal: ordinal + index,
    ...dueAt(dueOf(wall), sight),
    missed,
  })
  const more = passed.length > atOnce
  const write = passed.slice(0, atOnce).map((wall, index) => wanted(wall, index, more || index < passed.length - 1))
  if (more) return { write, again: now + 1 }
  const next = firstToCome(rule, passed.at(-1) ?? from, (wall) => (last !== null || dueOf(wall) >= since) && dueOf(wall) > now)
  if (next === undefined) return { write, again: null }
  // While one is open the next is written when it is due itself: then it is part of the same visit.
  if (open || write.length > 0) return { write, again: dueOf(next) }
  if (dueOf(next) - plan.leadMs > now) return { write, again: dueOf(next) - plan.leadMs }
  return { write: [wanted(next, 0, false)], again: dueOf(next) + 1 }
}

function firstToCome(rule: Calendar, from: Temporal.PlainDateTime, fits: (wall: Temporal.PlainDateTime) => boolean): Temporal.PlainDateTime | undefined {
  for (let wall = nextWallTime(rule, { after: from }); wall !== undefined; wall = nextWallTime(rule, { after: wall })) if (fits(wall)) return wall
  return undefined
}

/** From the day on which the last one was done, or would have been due if it was not. */
function decideFloating(rule: Calendar, sight: Sight): Decided {
  const { now, since, last, open, completed, plan } = sight
  if (open) return { write: [], again: null }
  const ordinal = (last?.ordinal ?? 0) + 1
  const count = countOf(rule.rrule)
  if (count !== null && ordinal > count) return { write: [], again: null }
  const skipped = last?.state === 'skipped' ? Date.parse(last.due) : null
  const base = Math.max(completed !== null && (last !== null || completed >= since) ? completed : 0, skipped ?? 0)
  const nominal =
    base === 0
      ? firstToCome(endless(rule), wallAt(since - dayMs, rule.timeZone), (wall) => instantOf(wall, rule.timeZone) >= since)
      : counted(endless(rule), base)
  if (nominal === undefined) return { write: [], again: null }
  const due = instantOf(shifted(nominal, plan.holidays, sight.hours), rule.timeZone)
  if (due - plan.leadMs > now) return { write: [], again: due - plan.leadMs }
  return { write: [{ occurrence: `#${ordinal}`, ordinal, ...dueAt(due, sight), missed: false }], again: null }
}

/** The rule's first day after one that begins on that day, at the plan's time of the day. */
function counted(rule: Calendar, base: number): Temporal.PlainDateTime | undefined {
  const day = wallAt(base, rule.timeZone).withPlainTime(wallOf(rule.start).toPlainTime())
  return nextWallTime({ ...rule, start: day.toString({ smallestUnit: 'minute' }) }, { after: day })
}

function dueAt(due: number, { plan }: Pick<Sight, 'plan'>): Pick<Wanted, 'due' | 'until'> {
  return { due: timestamp(due), until: timestamp(due + plan.windowMs) }
}
