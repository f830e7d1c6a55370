// Which assets a plan is for, and which plans are for an asset.
import { isRetired, productKey, type Asset } from '../assets/index.ts'
import type { Core } from '../core.ts'
import type { Filter } from '../storage/collection.ts'
import type { MaintenancePlan } from './plan.ts'

const pageSize = 200

/** A page of them, in the order of their ids, behind `after`. */
export async function assetsOf(core: Core, { covers }: MaintenancePlan, after: string | null): Promise<{ assets: Asset[]; more: boolean }> {
  const beyond: Filter = after === null ? {} : { _id: { $gt: after } }
  const found = await core.collections.assets.find({ ...filterOf(covers), ...beyond }, { sort: { _id: 1 }, limit: pageSize })
  return { assets: found, more: found.length === pageSize }
}

function filterOf({ by, id }: MaintenancePlan['covers']): Filter {
  return by === 'asset' ? { _id: id } : by === 'product' ? { product: id } : { site: id }
}

export function isCovered(core: Core, { covers: { by, id }, active }: MaintenancePlan, asset: Asset): boolean {
  if (!active || asset.n === 0 || isGone(core, asset)) return false
  if (by === 'asset') return asset._id === id
  return by === 'site' ? asset.site === id : asset.product !== null && productKey(asset.product) === productKey(id)
}

/** Out of service for good by the company's calendar. */
export function isGone(core: Core, asset: Asset): boolean {
  return isRetired(asset, Temporal.Instant.fromEpochMilliseconds(core.clock.now()).toZonedDateTimeISO(core.company().flow.timeZone).toPlainDate().toString())
}

/** Those that are at work. */
export async function plansFor(core: Core, asset: Asset): Promise<MaintenancePlan[]> {
  const places: Filter[] = [
    { 'covers.by': 'asset', 'covers.id': asset._id },
    ...(asset.product === null ? [] : [{ 'covers.by': 'product', 'covers.id': asset.product }]),
    ...(asset.site === null ? [] : [{ 'covers.by': 'site', 'covers.id': asset.site }]),
  ]
  const found = await core.collections.plans.find({ active: true, $or: places }, { sort: { _id: 1 } })
  return found.filter((plan) => isCovered(core, plan, asset))
}
