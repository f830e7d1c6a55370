// Which series have got worse beyond chance. Pure.
//
// Each week every series is put to an exact test, so with twenty products a year is two thousand chances to be wrong. The company says how many
// false alarms a year it will stand. A week's share of that is split evenly among the kinds of signals, and within a kind it is the level of the
// Benjamini-Hochberg procedure: where nothing has changed, the chance of any alarm is at most that level, under any dependence between the
// weeks (alarms add up, whatever they have to do with each other); where several products worsen at once, each is found more easily, and
// the expected share of false alarms among them is bounded all the same. Alpha-spending over an open end would find ever less as years pass;
// a steady budget per year does not.
import { discoveries } from './chance.ts'
import { compare, look, signalKinds, type Finding, type Series } from './series.ts'

export interface Sensitivity {
  /** How many a year are borne, over all products, while nothing changes. */
  falseAlarmsPerYear: number
  /** A worsening by less is nobody's business, however sure it is: how many times the rate it was. */
  atLeast: number
}

const looksPerYear = 52

export interface Discovered {
  series: Series
  finding: Finding
}

/** `watched`: all that are looked at, those with an open signal as well, so that these do not make others easier to find. */
export function discover(watched: readonly Series[], sensitivity: Sensitivity): Discovered[] {
  return signalKinds.flatMap((kind) => {
    const looked = watched.flatMap((series) => {
      const finding = series.kind === kind ? look(series) : undefined
      return finding === undefined ? [] : [{ series, finding }]
    })
    const stands = discoveries(
      looked.map(({ finding }) => finding.chance),
      levelOf(sensitivity),
    )
    return looked.filter(({ finding }, index) => stands[index] === true && matters(finding, sensitivity))
  })
}

/** Of one kind in one week. */
export function levelOf({ falseAlarmsPerYear }: Sensitivity): number {
  return falseAlarmsPerYear / looksPerYear / signalKinds.length
}

export function matters({ ratio }: Finding, { atLeast }: Sensitivity): boolean {
  return ratio === null || ratio >= atLeast
}

/** What becomes of a signal that is open, by the weeks since it was raised. */
export type Course = { kind: 'worse'; finding: Finding } | { kind: 'over'; finding: Finding } | { kind: 'as_it_was' }

/** How much of the excess may be left when it is over. */
const leftOver = 0.25
/** A few good weeks are no end. */
const calmWeeks = 8

/**
 * The finding is that with which it was raised last, so many whole weeks ago; `open` signals are followed. It is over when a whole window of the same length since then, of two months at
 * least, has lost three quarters of the excess, and worse when it is beyond chance and by as much again above what was found then.
 */
export function follow(series: Series, { recent, baseline }: Finding, weeksSince: number, open: number, sensitivity: Sensitivity): Course {
  if (weeksSince < recent.weeks) return { kind: 'as_it_was' }
  const since = compare(series, recent.weeks, recent)
  if (since.chance <= levelOf(sensitivity) / Math.max(1, open) && matters(since, sensitivity))
    return { kind: 'worse', finding: { ...compare(series, recent.weeks, baseline), chance: since.chance } }
  const calm = compare(series, Math.max(recent.weeks, calmWeeks), baseline)
  // Where no machine, and no answer, is left to watch nothing is known.
  if (weeksSince >= calm.recent.weeks && calm.recent.exposure > 0 && calm.recent.rate <= baseline.rate + leftOver * (recent.rate - baseline.rate))
    return { kind: 'over', finding: calm }
  return { kind: 'as_it_was' }
}
