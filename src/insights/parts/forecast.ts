// What demand for each part to expect, from what repairs used, and at which stock to order again: overall, and for each warehouse that keeps it.
import { setImmediate } from 'node:timers/promises'
import type { Core } from '../../core.ts'
import type { Stock } from '../../parts/index.ts'
import { forecastPart, type Forecast } from '../forecast/index.ts'
import { readArchive, type PartHistory } from './archive.ts'

/** Months of the past that methods are judged by, where there are twice as many. */
const testMonths = 12
/** With less of a past nothing is recommended. */
const monthsMin = 3

export interface PartForecast {
  history: PartHistory
  forecast: Forecast
  /** What of it can be had anywhere. */
  available: number
  /** The warehouses that keep it, and the reorder point recommended for each; null where too little is known. */
  warehouses: { row: Stock; recommended: number | null }[]
}

/** `part`: only that one, by its id; else every part that was used, or of which products are made. `until`: milliseconds since the epoch. */
export async function* forecastParts(core: Core, until: number, part?: string): AsyncGenerator<PartForecast> {
  const { stock, locations } = core.collections
  const { parts } = await readArchive(core, until)
  const warehouses = new Set((await locations.find({ kind: 'warehouse' })).map(({ _id }) => _id))
  const rows = Map.groupBy(await stock.find(part === undefined ? {} : { part }), (row) => row.part)
  for (const history of parts.filter((each) => part === undefined || each.part._id === part)) {
    // Fitting lives takes its time: others have their turn in between.
    await setImmediate()
    const own = rows.get(history.part._id) ?? []
    const kept = own.filter(({ location }) => warehouses.has(location))
    const forecast = forecastOf(core, history.demand, history.fleet)
    const known = history.demand.length >= monthsMin && forecast.profile.class !== 'none'
    yield {
      history,
      forecast,
      available: own.reduce((sum, row) => sum + row.available, 0),
      warehouses: kept.map((row) => ({ row, recommended: known ? recommendedAt(core, row, kept.length, history, forecast) : null })),
    }
  }
}

/** The only warehouse sees to all of it, what vans are filled from as well; of several each sees to what was taken from it. */
function recommendedAt(core: Core, { location }: Stock, warehouses: number, { from, demand }: PartHistory, whole: Forecast): number {
  if (warehouses === 1) return whole.reorderPoint
  return forecastOf(core, from.get(location) ?? demand.map(() => 0), []).reorderPoint
}

function forecastOf(core: Core, demand: readonly number[], fleet: PartHistory['fleet']): Forecast {
  const { leadTime, fillRate } = core.company().parts
  return forecastPart(demand, { leadTime, fillRate, test: Math.min(testMonths, Math.floor(demand.length / 2)), fleet })
}
