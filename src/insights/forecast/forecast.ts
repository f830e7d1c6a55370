// The forecast of one part: its class, the method that has earned its place, the demand to expect, and the stock at which to order, with the reason in words.
import { backtest, flat, type Forecaster, type Score } from './backtest.ts'
import { mean, profileOf, type DemandProfile } from './demand.ts'
import { fleetForecaster, type Unit } from './fleet.ts'
import { adida, imapa, movingAverage, sba, tsb } from './methods.ts'
import { reorderPoint } from './stock.ts'

export type MethodName = 'MA(12)' | 'SBA' | 'TSB' | 'ADIDA' | 'iMAPA' | 'Weibull'

export interface ForecastOptions {
  /** Periods from ordering to having. */
  leadTime: number
  /** Share of the demand to serve at once, below 1. */
  fillRate: number
  /** Periods of the past that the methods are judged by. */
  test: number
  /** The machines with the part in them, where they are known. */
  fleet?: readonly Unit[]
}

export interface Forecast {
  profile: DemandProfile
  method: MethodName
  /** Pieces expected in each period of the lead time. */
  expected: number[]
  /** Pieces per period, mean over the lead time. */
  rate: number
  leadTimeDemand: { mean: number; variance: number }
  reorderPoint: number
  /** Of every method that could be judged. */
  scores: { method: MethodName; score: Score }[]
  /** Why this method and this stock, as a sentence for a person. */
  reason: string
}

const candidates: readonly { method: MethodName; forecaster: Forecaster }[] = [
  { method: 'SBA', forecaster: flat(sba) },
  { method: 'TSB', forecaster: flat(tsb(0.1, 0.1)) },
  { method: 'ADIDA', forecaster: flat(adida) },
  { method: 'iMAPA', forecaster: flat(imapa) },
]

/** `series`: pieces per period, oldest first. No method replaces the moving average that did not beat it in the past. */
export function forecastPart(series: readonly number[], options: ForecastOptions): Forecast {
  const { leadTime, fillRate, test, fleet } = options
  const profile = profileOf(series)
  const known: { method: MethodName; forecaster: Forecaster }[] = [
    { method: 'MA(12)', forecaster: flat(movingAverage) },
    ...candidates,
    ...(fleet === undefined || fleet.length === 0 ? [] : [{ method: 'Weibull' as const, forecaster: fleetForecaster(fleet) }]),
  ]
  const judged = known.flatMap(({ method, forecaster }) => {
    const score = profile.class === 'none' ? undefined : backtest(series, forecaster, { test, leadTime })
    return score === undefined ? [] : [{ method, forecaster, score }]
  })
  const plain = judged.find(({ method }) => method === 'MA(12)')
  const best = judged.toSorted((a, b) => a.score.rmsse - b.score.rmsse)[0]
  const winner = best !== undefined && plain !== undefined && best.score.rmsse < plain.score.rmsse ? best : plain
  const forecaster = winner?.forecaster ?? flat(movingAverage)
  const expected = [...forecaster(series, leadTime)]
  const total = expected.reduce((sum, pieces) => sum + pieces, 0)
  const variance = Math.max(total, leadTime * errorVariance(series, forecaster, test))
  const leadTimeDemand = { mean: total, variance }
  const stock = reorderPoint(leadTimeDemand, fillRate)
  const method = winner?.method ?? 'MA(12)'
  return {
    profile,
    method,
    expected,
    rate: total / Math.max(1, leadTime),
    leadTimeDemand,
    reorderPoint: stock,
    scores: judged.map(({ method: name, score }) => ({ method: name, score })),
    reason: reasonOf({ profile, method, plain: plain?.score, chosen: winner?.score, total, leadTime, fillRate, stock, test }),
  }
}

/** Variance of one period around what was forecast for it; of the series itself where nothing can be judged. */
function errorVariance(series: readonly number[], forecaster: Forecaster, test: number): number {
  const first = Math.max(2, series.length - test)
  const errors = series.slice(first).map((amount, index) => amount - (forecaster(series.slice(0, first + index), 1)[0] ?? 0))
  if (errors.length > 0) return mean(errors.map((error) => error ** 2))
  const average = mean(series)
  return mean(series.map((amount) => (amount - average) ** 2))
}

interface Grounds {
  profile: DemandProfile
  method: MethodName
  plain: Score | undefined
  chosen: Score | undefined
  total: number
  leadTime: number
  fillRate: number
  stock: number
  test: number
}

function reasonOf({ profile, method, plain, chosen, total, leadTime, fillRate, stock, test }: Grounds): string {
  if (profile.class === 'none') return 'Nobody has asked for this part in the time on record, so none is kept.'
  const kind = `Demand is ${profile.class}: one in ${profile.adi.toFixed(1)} periods.`
  const why =
    plain === undefined || chosen === undefined
      ? 'There is too little history to compare methods, so the mean of the last twelve periods is used.'
      : method === 'MA(12)'
        ? `No method beat the mean of the last twelve periods over the last ${test}, so that is used.`
        : `${method} came closer than the mean of the last twelve periods over the last ${test} (error ${chosen.rmsse.toFixed(3)} against ${plain.rmsse.toFixed(3)}).`
  const keep = `About ${total.toFixed(1)} pieces are expected in the ${leadTime} periods a delivery takes; ordering again at ${stock} serves ${Math.round(fillRate * 100)} % of them at once.`
  return `${kind} ${why} ${keep}`
}
