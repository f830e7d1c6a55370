// The report on demand for parts: what to expect, by which method, and at which stock to order again.
import { productKey } from '../../assets/index.ts'
import { forecastParts, type PartForecast } from '../parts/forecast.ts'
import { rounded, type Report, type Row } from './report.ts'

export const partsForecast: Report = {
  name: 'parts-forecast',
  definition:
    'Pieces of each part that repairs used in each whole month on record until the end of the period (its start does not matter), the demand expected in each month to come, by the method that came closest in the past (or the mean of twelve months where none beat it), and the stock at which ordering again serves the set share of the demand of the lead time at once. Of a product: the parts that its devices are made of or were given, as they are used everywhere. A period of the reason is a month.',
  by: ['part'],
  async rows(core, { until, product }) {
    const rows: Row[] = []
    for await (const each of forecastParts(core, Date.parse(until))) if (product === undefined || isIn(each, product)) rows.push(rowOf(each))
    return rows
  },
}

function isIn({ history: { fleet } }: PartForecast, product: string): boolean {
  return fleet.some(({ asset }) => asset.product !== null && productKey(asset.product) === productKey(product))
}

function rowOf({ history: { part, demand }, forecast, available, warehouses }: PartForecast): Row {
  const { profile, method, rate, leadTimeDemand, reorderPoint, reason } = forecast
  return {
    part: `${part.number} ${part.name}`.trim(),
    months: demand.length,
    pieces: demand.reduce((sum, pieces) => sum + pieces, 0),
    class: profile.class,
    method,
    expectedPerMonth: rounded(rate, 2),
    expectedInLeadTime: rounded(leadTimeDemand.mean, 2),
    recommendedReorderPoint: reorderPoint,
    setReorderPoint: warehouses.reduce<number | null>((sum, { row }) => (row.reorderPoint === null ? sum : (sum ?? 0) + row.reorderPoint), null),
    available,
    reason,
  }
}
