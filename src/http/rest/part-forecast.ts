// REST: what demand for one part to expect.
import { z } from 'zod'
import { isRetired } from '../../assets/index.ts'
import { timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { forecastParts } from '../../insights/parts/forecast.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { problem } from '../problem.ts'
import { byId } from './inputs.ts'
import { givenPart } from './parts.ts'

const unknown = 'There is no part with this id.'
const view = z.strictObject({
  part: z.string(),
  number: z.string(),
  name: z.string(),
  demand: z.array(z.number()).describe('Pieces that repairs used in each whole month on record, oldest first'),
  class: z.enum(['none', 'smooth', 'intermittent', 'erratic', 'lumpy']),
  method: z.string(),
  scores: z
    .array(z.strictObject({ method: z.string(), rmsse: z.number(), bias: z.number(), leadTimeError: z.number() }))
    .describe('Of every method that could be judged by the past'),
  expected: z.array(z.number()).describe('Pieces in each month of the lead time'),
  leadTime: z.int().describe('Months'),
  fillRate: z.number(),
  leadTimeDemand: z.strictObject({ mean: z.number(), variance: z.number() }),
  reorderPoint: z.int().describe('At so many available, ordering again serves the fill rate'),
  machines: z.int().describe('Machines in service, of known age, that the part is in'),
  available: z.int(),
  warehouses: z.array(
    z.strictObject({
      location: z.string(),
      available: z.int(),
      set: z.int().nullable().describe('The reorder point that people set'),
      recommended: z.int().nullable().describe('Null where too little is known'),
      counts: z.int().nullable().describe('The one that is gone by'),
    }),
  ),
  reason: z.string(),
})

export function partForecastEndpoints(core: Core): Endpoint[] {
  return [
    endpoint(core, {
      method: 'GET',
      path: '/parts/{id}/forecast',
      summary: 'What demand for a part to expect, from what repairs used, and at which stock to order it again',
      takes: z.object({ params: byId }),
      answers: { status: 200, description: 'The forecast, with its reason in words', view },
      refuses: { 404: unknown },
      async handle({ params: { id } }) {
        const part = await givenPart(core, id)
        if (part === undefined) return problem(404, 'Not found', unknown)
        for await (const found of forecastParts(core, core.clock.now(), part._id)) {
          const { history, forecast, available, warehouses } = found
          const { profile, method, scores, expected, leadTimeDemand, reorderPoint, reason } = forecast
          const { leadTime, fillRate } = core.company().parts
          const machines = history.fleet.filter(({ asset }) => !isRetired(asset, timestamp(core.clock.now()).slice(0, 10))).length
          const about = { part: part._id, number: part.number, name: part.name, demand: history.demand, machines, available }
          const kept = warehouses.map(({ row, recommended }) => ({
            location: row.location,
            available: row.available,
            set: row.reorderPoint,
            recommended,
            counts: row.forecastPoint ?? row.reorderPoint,
          }))
          const judged = scores.map(({ method: name, score }) => ({ method: name, ...score }))
          return {
            view: {
              ...about,
              class: profile.class,
              method,
              scores: judged,
              expected,
              leadTime,
              fillRate,
              leadTimeDemand,
              reorderPoint,
              warehouses: kept,
              reason,
            },
          }
        }
        return problem(404, 'Not found', 'No repair has used this part, and no product is made of it: there is nothing to forecast from.')
      },
    }),
  ]
}
