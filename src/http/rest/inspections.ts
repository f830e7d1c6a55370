// REST: inspections with what they found, and the meters of assets.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { pageOf } from '../../desk/index.ts'
import { plainUnit, readMeter, viewInspection, viewMeter } from '../../inspections/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { inspectionView, meterView, readingView } from '../inspection-views.ts'
import { listQuery, pageOfViews, pageOfWhole, viewPage } from '../list.ts'
import { problem } from '../problem.ts'
import { byId, text, ticketNumber } from './inputs.ts'
import { withVersion } from './record-replies.ts'

const none = 'There is no inspection with this id.'
const noAsset = 'There is no asset with this id.'
const newReading = z.strictObject({
  unit: text(75).describe('What the meter counts, as plans name it'),
  value: z.number().min(0),
  at: z.iso.datetime().optional().describe('When it was read; now, if left out'),
  replaced: z.boolean().default(false).describe('The meter is another one and begins anew'),
})

export function inspectionEndpoints(core: Core): Endpoint[] {
  const { inspections, assets, meters } = core.collections
  return [
    endpoint(core, {
      method: 'GET',
      path: '/inspections',
      summary: 'Inspections, newest first, with what was found',
      takes: z.object({
        query: listQuery({ asset: text(100).optional(), ticket: ticketNumber.optional(), state: z.enum(['open', 'completed', 'canceled']).optional() }),
      }),
      answers: { status: 200, description: 'A page of inspections', view: pageOfViews(inspectionView) },
      handle: async ({ query: { limit, cursor, ...filter } }) => ({
        view: viewPage(await pageOf(inspections, filter, 'createdAt', { limit, cursor }), viewInspection),
      }),
    }),
    endpoint(core, {
      method: 'GET',
      path: '/inspections/{id}',
      summary: 'One inspection, item by item',
      takes: z.object({ params: byId }),
      answers: { status: 200, description: 'The inspection as it is now', view: inspectionView },
      refuses: { 404: none },
      async handle({ params: { id } }) {
        const inspection = await inspections.get(id)
        return inspection === undefined ? problem(404, 'Not found', none) : withVersion(viewInspection(inspection))
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/assets/{id}/meters',
      summary: 'The meters of an asset, and what they show',
      takes: z.object({ params: byId, query: listQuery({}) }),
      answers: { status: 200, description: 'A page of meters', view: pageOfViews(meterView) },
      refuses: { 404: noAsset },
      async handle({ params: { id }, query }) {
        if ((await assets.get(id)) === undefined) return problem(404, 'Not found', noAsset)
        return {
          view: viewPage(
            pageOfWhole(await meters.find({ asset: id }), ({ _id }) => _id, query),
            viewMeter,
          ),
        }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/assets/{id}/meter-readings',
      summary: 'The readings of the meters of an asset, oldest first',
      takes: z.object({ params: byId, query: listQuery({ unit: text(75).optional() }, 200) }),
      answers: { status: 200, description: 'A page of readings', view: pageOfViews(readingView) },
      refuses: { 404: noAsset },
      async handle({ params: { id }, query: { unit, ...page } }) {
        if ((await assets.get(id)) === undefined) return problem(404, 'Not found', noAsset)
        const known = await meters.find({ asset: id, ...(unit === undefined ? {} : { unit: plainUnit(unit) }) })
        const entries = (await Promise.all(known.map(({ _id }) => core.journal.entries('meter', _id)))).flat()
        const readings = entries.flatMap((entry) =>
          entry.events.flatMap((event) => (event.type === 'meter.read' ? [{ ...event, id: entry._id, recordedAt: entry.at }] : [])),
        )
        return {
          view: viewPage(
            pageOfWhole(readings, ({ id: entry, recordedAt }) => `${recordedAt}/${entry}`, page),
            ({ unit: of, value, at, replaced, recordedAt }) => ({ unit: of, value, at, replaced, recordedAt }),
          ),
        }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/assets/{id}/meter-readings',
      summary: 'A reading of a meter; the plans that go by it look at once',
      takes: z.object({ params: byId, body: newReading }),
      answers: { status: 201, description: 'The meter as it is now', view: meterView },
      refuses: { 404: noAsset, 409: 'It is lower than the last one by more than a reading may be inexact.' },
      async handle({ params: { id }, body }, deed) {
        const result = await readMeter(core, { asset: id, ...body }, deed)
        if (result.kind !== 'refused') return { view: viewMeter(result.state) }
        if (result.refusal.kind === 'unknown_asset') return problem(404, 'Not found', noAsset)
        const { value, at } = result.refusal.last
        return problem(
          409,
          'Conflict',
          `The last reading was ${value} ${plainUnit(body.unit)}, of ${at}; a meter runs forward. If it was replaced, send this with "replaced": true.`,
        )
      },
    }),
  ]
}
