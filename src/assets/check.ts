// Runs the entitlement check of a ticket against the records: the asset behind its serial number, the terms of its product.
import type { Core } from '../core.ts'
import type { Timestamp } from '../clock.ts'
import { catalogueOf, productNamed } from './catalogue.ts'
import { dayAt } from './date.ts'
import { checkEntitlement, type Entitlement } from './entitlement.ts'
import { findAsset } from './find-asset.ts'

export interface Reported {
  /** As the customer wrote them. */
  serial?: string | undefined
  product?: string | undefined
  /** The day it was reported counts, however late the serial number is known. */
  at: Timestamp
}

/** Undefined when there is nothing to check yet, or the company keeps no records to check against: then nothing is said and its usual promise holds. */
export async function entitlementOf(core: Core, { serial, product, at }: Reported): Promise<Entitlement | undefined> {
  if (serial === undefined && product === undefined) return undefined
  const { assets, sites } = core.collections
  const catalogue = await catalogueOf(core)
  const named = productNamed(catalogue, product)
  if (serial === undefined && named?.served !== false) return undefined
  const match = serial === undefined ? ({ kind: 'none' } as const) : await findAsset(assets, serial, named?.name ?? null)
  const asset = match.kind === 'found' ? match.asset : undefined
  if (asset === undefined && named?.served !== false && (await assets.find({}, { limit: 1 })).length === 0) return undefined
  const site = asset?.site == null ? undefined : await sites.get(asset.site)
  const on = dayAt(Date.parse(at), site?.timeZone ?? core.company().flow.timeZone)
  return checkEntitlement({ match, product: productNamed(catalogue, asset?.product) ?? named, on })
}
