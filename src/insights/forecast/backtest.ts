// Which method to trust: each forecasts from many points of the past what came after, and the errors are compared.
import type { Method } from './methods.ts'
import { mean } from './demand.ts'

export interface Score {
  /** Root mean squared scaled error: against the one-step changes of the training data. Below 1 is better than "as last month". */
  rmsse: number
  /** Mean of forecast minus demand, per period. */
  bias: number
  /** Mean absolute error of the total over the lead time, as a share of the mean total. */
  leadTimeError: number
}

/** A forecast of the periods to come from what was known at `origin` periods. */
export type Forecaster = (known: readonly number[], periods: number) => readonly number[]

export function flat(method: Method): Forecaster {
  return (known, periods) => Array.from({ length: periods }, () => method(known))
}

export interface Window {
  /** Periods at the end that are forecast from before them, each in turn. */
  test: number
  leadTime: number
}

/** Rolls the origin through the last `test` periods. Undefined where too little came before. */
export function backtest(series: readonly number[], forecaster: Forecaster, { test, leadTime }: Window): Score | undefined {
  const first = series.length - test
  if (first < 2 || test < 1) return undefined
  const steps: number[] = []
  const totals: { off: number; was: number }[] = []
  for (let origin = first; origin < series.length; origin++) {
    const known = series.slice(0, origin)
    const periods = Math.min(leadTime, series.length - origin)
    const forecast = forecaster(known, periods)
    steps.push((forecast[0] ?? 0) - (series[origin] ?? 0))
    if (periods === leadTime) {
      const was = sum(series.slice(origin, origin + leadTime))
      totals.push({ off: Math.abs(sum(forecast) - was), was })
    }
  }
  const meanTotal = mean(totals.map(({ was }) => was))
  return {
    rmsse: Math.sqrt(mean(steps.map((off) => off ** 2))) / scaleOf(series.slice(0, first)),
    bias: mean(steps),
    leadTimeError: mean(totals.map(({ off }) => off)) / (meanTotal > 0 ? meanTotal : 1),
  }
}

/** One forecast from the end of `known`, judged by all that came after. `leadTime` is at most the length of `after`. */
export function judge(known: readonly number[], after: readonly number[], forecast: readonly number[], leadTime: number): Score {
  const off = after.map((amount, index) => (forecast[index] ?? 0) - amount)
  const was = sum(after.slice(0, leadTime))
  const error = Math.abs(sum(forecast.slice(0, leadTime)) - was)
  return { rmsse: Math.sqrt(mean(off.map((each) => each ** 2))) / scaleOf(known), bias: mean(off), leadTimeError: error }
}

/** Root mean square of the one-step changes, from the first demand on; 1 for a series that never changed. */
function scaleOf(series: readonly number[]): number {
  const begun = series.slice(
    Math.max(
      0,
      series.findIndex((amount) => amount !== 0),
    ),
  )
  const changes = begun.slice(1).map((amount, index) => (amount - (begun[index] ?? 0)) ** 2)
  const scale = Math.sqrt(mean(changes))
  return scale > 0 ? scale : 1
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
