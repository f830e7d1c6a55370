// REST: assets by serial number, and their history.
import { z } from 'zod'
import { catalogueOf, findAsset, isDay, productNamed, serialKey, setAsset, termSchema, type AssetWish } from '../../assets/index.ts'
import type { HttpReply } from '../../channel.ts'
import type { Core } from '../../core.ts'
import { identityOf } from '../../customers/index.ts'
import { pageOf, viewEntry } from '../../desk/index.ts'
import { assetView, changeView, viewAsset } from '../asset-views.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, pageOfWhole, viewPage, yesOrNo } from '../list.ts'
import { problem } from '../problem.ts'
import { byId, text } from './inputs.ts'
import { badField, created, doingOf, refusedRecord, stale, withVersion } from './record-replies.ts'

const unknown = 'There is no asset with this id.'
const taken = 'There is an asset with this serial number; change that one.'
const term = termSchema.nullable().optional()
const day = text(10).refine(isDay, 'is no day; write it like 2026-05-31')
const fields = {
  product: text(200).nullable().optional(),
  customer: text(100).nullable().optional().describe('Its owner'),
  site: text(100).nullable().optional(),
  installedOn: day.nullable().optional(),
  warranty: z.strictObject({ labour: term, parts: term }).optional(),
  served: z.boolean().nullable().optional(),
  retired: z
    .strictObject({ on: day, reason: text(500) })
    .nullable()
    .optional()
    .describe('Out of service for good since that day, and why; null takes it back'),
}
const serial = text(100).refine((given) => serialKey(given).length >= 2, 'has at least two letters or digits')

export function assetEndpoints(core: Core): Endpoint[] {
  const { assets } = core.collections
  const theAsset = { status: 200, description: 'The asset as it is now; its version is the ETag', view: assetView }
  return [
    endpoint(core, {
      method: 'GET',
      path: '/assets',
      summary: 'Assets, newest first; by serial number the one that is meant',
      takes: z.object({
        query: listQuery({
          serial: text(100).optional(),
          customer: text(100).optional(),
          product: text(200).optional(),
          site: text(100).optional(),
          retired: yesOrNo.optional(),
        }),
      }),
      answers: { status: 200, description: 'A page of assets', view: pageOfViews(assetView) },
      async handle({ query: { limit, cursor, serial: given, customer, retired, ...filter } }) {
        const gone = retired === undefined ? {} : { retired: retired ? { $ne: null } : null }
        const owned = customer === undefined ? {} : { customer: { $in: (await identityOf(core.collections, customer)).ids } }
        const found = given === undefined ? undefined : await findAsset(assets, given, null)
        const one = found === undefined ? {} : { _id: found.kind === 'found' ? found.asset._id : '' }
        return { view: viewPage(await pageOf(assets, { ...filter, ...owned, ...gone, ...one }, 'createdAt', { limit, cursor }), viewAsset) }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/assets',
      summary: 'Register an asset; tickets that found no record of its serial number are checked anew',
      takes: z.object({ body: z.strictObject({ serial, ...fields }) }),
      answers: { status: 201, description: 'The new asset', view: assetView },
      refuses: { 409: taken },
      async handle({ body: { serial: given, ...rest } }, deed) {
        const wish = await checkWish(core, rest)
        if ('status' in wish) return wish
        const result = await setAsset(core, given, wish, 'register', doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken }) : created('assets', viewAsset(result.state))
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/assets/{id}',
      summary: 'One asset, with the parts that repairs put into it',
      takes: z.object({ params: byId }),
      answers: theAsset,
      refuses: { 404: unknown },
      async handle({ params: { id } }) {
        const asset = await assets.get(id)
        return asset === undefined ? problem(404, 'Not found', unknown) : withVersion(viewAsset(asset))
      },
    }),
    endpoint(core, {
      method: 'PATCH',
      path: '/assets/{id}',
      summary: 'Change an asset: move it, give it another owner, mend its record',
      takes: z.object({ params: byId, body: z.strictObject(fields) }),
      answers: theAsset,
      refuses: { 404: unknown, 412: stale },
      async handle({ params: { id }, body }, deed) {
        const asset = await assets.get(id)
        if (asset === undefined) return problem(404, 'Not found', unknown)
        const wish = await checkWish(core, body)
        if ('status' in wish) return wish
        const result = await setAsset(core, asset.serial, wish, 'change', doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken }) : withVersion(viewAsset(result.state))
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/assets/{id}/history',
      summary: 'All that happened to an asset, oldest first',
      takes: z.object({ params: byId, query: listQuery({}, 200) }),
      answers: { status: 200, description: 'A page of changes', view: pageOfViews(changeView) },
      refuses: { 404: unknown },
      async handle({ params: { id }, query }) {
        const entries = await core.journal.entries('asset', id)
        if (entries.length === 0) return problem(404, 'Not found', unknown)
        return {
          view: viewPage(
            pageOfWhole(entries, ({ n }) => String(n).padStart(9, '0'), query),
            viewEntry,
          ),
        }
      },
    }),
  ]
}

type Body = z.output<z.ZodObject<typeof fields>>

/** What is named must be there; a product goes by its name in the catalogue. Where there is no catalogue any name is one. */
async function checkWish(core: Core, { warranty, ...body }: Body): Promise<AssetWish | HttpReply> {
  const { customers, sites } = core.collections
  if (typeof body.customer === 'string' && (await customers.get(body.customer)) === undefined) return badField('customer', 'there is no customer with this id')
  if (typeof body.site === 'string' && (await sites.get(body.site)) === undefined) return badField('site', 'there is no site with this id')
  const catalogue = typeof body.product === 'string' ? await catalogueOf(core) : []
  const product = productNamed(catalogue, body.product)
  if (catalogue.length > 0 && product === undefined)
    return badField('product', 'is no product of the catalogue; register it, or use one of GET /api/v1/products')
  const named = body.product === undefined ? {} : { product: product?.name ?? body.product }
  return { ...defined({ ...body, ...named }), ...(warranty === undefined ? {} : { warranty: defined(warranty) }) }
}

function defined<T extends object>(fields_: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {}
  Object.assign(kept, Object.fromEntries(Object.entries(fields_).filter(([, value]) => value !== undefined)))
  return kept
}
