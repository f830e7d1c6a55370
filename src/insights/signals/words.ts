// A signal in words, for product development: what got worse, by how much, how sure that is, and what it is mostly about. Pure.
import type { ParetoRow } from './signal.ts'
import type { Series, ToldFinding, ToldStretch } from './series.ts'

/** Weeks of a month, by which rates are told. */
const month = 30 / 7

export function sayFinding({ kind, product, failure, unit }: Omit<Series, 'weeks'>, { recent, baseline, ratio, chance }: ToldFinding): string {
  const what =
    kind === 'satisfaction'
      ? `${product}: fewer customers are satisfied`
      : `${product} fails more often${failure === null ? '' : ` by ${failure.component}: ${failure.problem}`}`
  const times = ratio === null ? 'It was never so before' : `That is ${ratio.toFixed(1)} times as much`
  return `${what}. In the last ${recent.weeks} weeks ${sayStretch(recent, unit)}; in the ${baseline.weeks} weeks before ${sayStretch(baseline, unit)}. ${times}; by chance alone so much is seen in one of ${sayOdds(chance)} looks.`
}

function sayStretch(stretch: ToldStretch, unit: Series['unit']): string {
  const { events, exposure, weeks, rate, low, high } = stretch
  const interval = (scale: number, mark = ''): string => `${sayNumber(rate * scale)}${mark} (95 %: ${sayNumber(low * scale)}–${sayNumber(high * scale)}${mark})`
  switch (unit) {
    case 'answers':
      return `${events} of ${exposure} answers were below 4, ${interval(100, ' %')}`
    case 'machines':
      return `${events} failures of ${Math.round(exposure / Math.max(1, weeks))} machines in service, ${interval(100 * month)} for 100 machines and month`
    case 'weeks':
      return `${events} failures, ${interval(month)} a month (no machines of it are on record)`
  }
}

function sayNumber(value: number): string {
  return value < 10 ? value.toFixed(1) : String(Math.round(value))
}

function sayOdds(chance: number): string {
  const odds = 1 / Math.max(chance, 1e-6)
  return odds >= 1e6 ? 'more than a million' : Math.round(odds).toLocaleString('en')
}

export function sayPareto(pareto: readonly ParetoRow[]): string {
  const shown = pareto.slice(0, 3).map(({ component, problem, count, share }) => `${component}: ${problem} ${count} (${Math.round(share * 100)} %)`)
  return shown.length === 0 ? '' : ` Most frequent: ${shown.join(', ')}.`
}
