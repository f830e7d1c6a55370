// Methods for intermittent demand. Each answers one rate per period for all the periods to come.
// Croston 1972; Syntetos and Boylan 2005 (SBA); Teunter, Syntetos and Babai 2011 (TSB); Nikolopoulos 2011 (ADIDA); Petropoulos and Kourentzes 2015 (iMAPA).
import { amountsOf, intervalsOf, mean } from './demand.ts'
import { smooth, smoothBest } from './smoothing.ts'

export type Method = (series: readonly number[]) => number

/** The mean of the last twelve periods. */
export const movingAverage: Method = (series) => mean(series.slice(-12))

const crostonAlpha = 0.1

export const croston: Method = (series) => {
  const amounts = amountsOf(series)
  return amounts.length === 0 ? 0 : smooth(amounts, crostonAlpha) / smooth(intervalsOf(series), crostonAlpha)
}

/** Croston without its bias upwards. */
export const sba: Method = (series) => (1 - crostonAlpha / 2) * croston(series)

/** Smooths the chance of a demand, so that a part nobody wants any more fades. */
export function tsb(alphaAmount: number, alphaChance: number): Method {
  return (series) => {
    const amounts = amountsOf(series)
    if (amounts.length === 0) return 0
    const wanted = series.map((amount) => (amount === 0 ? 0 : 1))
    return smooth(amounts, alphaAmount) * smooth(wanted, alphaChance)
  }
}

/** Sums up as many periods as lie between two demands, and forecasts the sums. */
export const adida: Method = (series) => {
  if (amountsOf(series).length === 0) return 0
  const level = aggregationLevel(series)
  return smoothBest(sumsOf(series, level)) / level
}

/** The mean over all levels of summing up to ADIDA's. */
export const imapa: Method = (series) => {
  if (amountsOf(series).length === 0) return 0
  const levels = Array.from({ length: aggregationLevel(series) }, (_, index) => index + 1)
  return mean(levels.map((level) => smoothBest(sumsOf(series, level)) / level))
}

function aggregationLevel(series: readonly number[]): number {
  return Math.max(1, roundHalfEven(mean(intervalsOf(series))))
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

/** Sums of `size` periods each; what does not fill the first sum is left out. */
function sumsOf(series: readonly number[], size: number): number[] {
  const whole = series.slice(series.length % size)
  return Array.from({ length: whole.length / size }, (_, index) => whole.slice(index * size, (index + 1) * size).reduce((sum, amount) => sum + amount, 0))
}
