// A series is what is watched for getting worse: one product's failures, one kind of its failures, or its customers' satisfaction; counted
// by weeks back from the look. Pure.
import { countInterval, rateRise, shareRise } from './chance.ts'
import { shareOf } from '../reports/statistics.ts'

export const signalKinds = ['failure_rate', 'failure', 'satisfaction'] as const
export type SignalKind = (typeof signalKinds)[number]

/** One week: what happened (failures, answers below 4), over how much (machines in service, answers; 1 where no machines are on record). */
export interface Week {
  events: number
  exposure: number
}

export interface Series {
  kind: SignalKind
  product: string
  /** With the kind `failure`. */
  failure: { component: string; problem: string } | null
  unit: 'machines' | 'weeks' | 'answers'
  /** The week just before the look first. */
  weeks: readonly Week[]
}

/** A rate, or for answers a share. */
export interface Stretch extends Week {
  weeks: number
  rate: number
}

/** With its 95 % interval. */
export interface ToldStretch extends Stretch {
  low: number
  high: number
}

export interface Finding {
  recent: Stretch
  /** What it is compared with: its own past. */
  baseline: Stretch
  /** How many times the baseline's rate; null where that is nothing. */
  ratio: number | null
  /** Of such a difference or a larger one by chance alone, for the two windows together. */
  chance: number
}

/** Weeks just before the look that are looked at: a sudden change shows in the short one, a small one in the long one. */
export const windows = [4, 13] as const
/** How far back the past goes that they are compared with. */
const pastWeeks = 52
/** How much of a past there must be. */
const pastMin = 8
/** Fewer are no pattern, whatever the chance. */
const eventsMin = 5

export const weeksNeeded = Math.max(...windows) + pastWeeks

export interface ToldFinding extends Finding {
  recent: ToldStretch
  baseline: ToldStretch
}

/** The window that chance explains least; undefined while there is too little past. */
export function look(series: Series): Finding | undefined {
  const found = windows.flatMap((length): Finding[] => {
    const recent = stretchOf(series, 0, length)
    const baseline = stretchOf(series, length, length + pastWeeks)
    if (baseline.weeks < Math.max(pastMin, length) || baseline.exposure <= 0) return []
    // Both windows are looked at, so each counts double (Bonferroni). What has too few events is looked at all the same: left out, it would make the others easier to find.
    const chance = recent.events < eventsMin ? 1 : Math.min(1, windows.length * chanceOf(series.kind, recent, baseline))
    return [{ recent, baseline, ratio: ratioOf(recent, baseline), chance }]
  })
  return found.toSorted((one, other) => one.chance - other.chance)[0]
}

/** The same for a stretch of as many weeks against what was found before. */
export function compare(series: Series, length: number, before: Stretch): Finding {
  const recent = stretchOf(series, 0, length)
  return { recent, baseline: before, ratio: ratioOf(recent, before), chance: chanceOf(series.kind, recent, before) }
}

function chanceOf(kind: SignalKind, recent: Stretch, before: Stretch): number {
  return kind === 'satisfaction'
    ? shareRise({ hits: recent.events, n: recent.exposure }, { hits: before.events, n: before.exposure })
    : rateRise(recent, before)
}

function ratioOf(recent: Stretch, before: Stretch): number | null {
  return before.rate === 0 ? null : recent.rate / before.rate
}

function stretchOf({ weeks }: Series, from: number, until: number): Stretch {
  const part = weeks.slice(from, until)
  const events = part.reduce((sum, week) => sum + week.events, 0)
  const exposure = part.reduce((sum, week) => sum + week.exposure, 0)
  return { events, exposure, weeks: part.length, rate: exposure <= 0 ? 0 : events / exposure }
}

/** What was found as it is told. */
export function tell(kind: SignalKind, finding: Finding): ToldFinding {
  return { ...finding, recent: withInterval(kind, finding.recent), baseline: withInterval(kind, finding.baseline) }
}

function withInterval(kind: SignalKind, stretch: Stretch): ToldStretch {
  const { events, exposure } = stretch
  if (exposure <= 0) return { ...stretch, low: 0, high: 0 }
  if (kind === 'satisfaction') {
    const { low, high } = shareOf(events, exposure)
    return { ...stretch, low: low ?? 0, high: high ?? 1 }
  }
  const { low, high } = countInterval(events)
  return { ...stretch, low: low / exposure, high: high / exposure }
}
