// REST: stock locations, and what is in them.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { pageOf } from '../../desk/index.ts'
import { changeStock, locationKinds, setLocation, type StockAct } from '../../parts/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage, yesOrNo } from '../list.ts'
import { locationView, stockView, viewLocation, viewStock } from '../part-views.ts'
import { problem } from '../problem.ts'
import { byId, text, ticketNumber } from './inputs.ts'
import { givenPart } from './parts.ts'
import { badField, created, doingOf, refusedRecord, stale, withVersion } from './record-replies.ts'

const unknown = 'There is no stock location with this id.'
const taken = 'There is a stock location of this name; change that one.'
const place = { kind: z.enum(locationKinds).optional(), engineer: text(100).nullable().optional().describe('Whose van it is, as tickets name who has them') }
const most = 1_000_000
const movement = z.strictObject({
  part: text(100).describe('Number or id'),
  location: text(100),
  movement: z
    .enum(['receive', 'count', 'consume', 'reorder_at'])
    .describe('count: so many are on hand; reorder_at: at so many available there is to be ordered'),
  quantity: z.int().min(0).max(most),
  ticket: ticketNumber.optional(),
})

export function stockEndpoints(core: Core): Endpoint[] {
  const { locations, stock } = core.collections
  return [
    endpoint(core, {
      method: 'GET',
      path: '/stock-locations',
      summary: 'Warehouses and vans, newest first',
      takes: z.object({ query: listQuery({ engineer: text(100).optional() }) }),
      answers: { status: 200, description: 'A page of stock locations', view: pageOfViews(locationView) },
      handle: async ({ query: { limit, cursor, ...filter } }) => ({
        view: viewPage(await pageOf(locations, filter, 'createdAt', { limit, cursor }), viewLocation),
      }),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/stock-locations',
      summary: 'Register a warehouse or a van',
      takes: z.object({ body: z.strictObject({ name: text(200), ...place }) }),
      answers: { status: 201, description: 'The new stock location', view: locationView },
      refuses: { 409: taken },
      async handle({ body: { name, ...rest } }, deed) {
        const result = await setLocation(core, name, rest, 'register', doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken }) : created('stock-locations', viewLocation(result.state))
      },
    }),
    endpoint(core, {
      method: 'PATCH',
      path: '/stock-locations/{id}',
      summary: 'Change a stock location: whose van it is',
      takes: z.object({ params: byId, body: z.strictObject(place) }),
      answers: { status: 200, description: 'The stock location as it is now', view: locationView },
      refuses: { 404: unknown, 412: stale },
      async handle({ params: { id }, body }, deed) {
        const known = await locations.get(id)
        if (known === undefined) return problem(404, 'Not found', unknown)
        const result = await setLocation(core, known.name, body, 'change', doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken }) : withVersion(viewLocation(result.state))
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/stock',
      summary: 'Stock of parts by place, newest first',
      takes: z.object({ query: listQuery({ part: text(100).optional(), location: text(100).optional(), low: yesOrNo.optional() }) }),
      answers: { status: 200, description: 'A page of stock', view: pageOfViews(stockView) },
      async handle({ query: { limit, cursor, part, low, ...filter } }) {
        const named = part === undefined ? {} : { part: (await givenPart(core, part))?._id ?? '' }
        const lowSince = low === undefined ? {} : { lowSince: low ? { $ne: null } : null }
        return { view: viewPage(await pageOf(stock, { ...filter, ...named, ...lowSince }, 'createdAt', { limit, cursor }), viewStock) }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/stock/movements',
      summary: 'Say what came in, what was counted, what was used; nothing ever goes below zero',
      takes: z.object({ body: movement }),
      answers: { status: 200, description: 'The stock as it is now', view: stockView },
      refuses: { 409: 'There is not that much, or more than was counted is reserved.', 412: stale },
      async handle({ body: { part: given, location, movement: kind, quantity, ticket } }, deed) {
        const part = await givenPart(core, given)
        if (part === undefined) return badField('part', 'there is no such part')
        if ((await locations.get(location)) === undefined) return badField('location', 'there is no stock location with this id')
        if (quantity === 0 && (kind === 'receive' || kind === 'consume')) return badField('quantity', 'is at least 1')
        const result = await changeStock(core, location, part._id, actOf(kind, quantity, ticket ?? null), doingOf(deed))
        if (result.kind !== 'refused') return withVersion(viewStock(result.state))
        const { refusal } = result
        if (refusal.kind === 'short') return problem(409, 'Conflict', `Only ${refusal.available} are available there.`)
        if (refusal.kind === 'promised') return problem(409, 'Conflict', `${refusal.reserved} of them are reserved; cancel part requests first.`)
        return refusedRecord(refusal, { unknown, taken })
      },
    }),
  ]
}

function actOf(kind: z.output<typeof movement>['movement'], quantity: number, ticket: string | null): StockAct {
  switch (kind) {
    case 'receive':
      return { act: 'receive', quantity }
    case 'count':
      return { act: 'count', onHand: quantity }
    case 'consume':
      return { act: 'take', quantity, ticket }
    case 'reorder_at':
      return { act: 'reorder_at', reorderPoint: quantity }
  }
}
