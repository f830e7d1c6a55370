// The entitlement check: is a repair covered, for labour and for parts apart, and why? Pure.
import { isRetired, type Asset } from './asset.ts'
import type { Day } from './date.ts'
import type { Product } from './catalogue.ts'
import type { AssetMatch } from './find-asset.ts'
import { endOf, type Term } from './term.ts'

export const entitlements = ['in_warranty', 'out_of_warranty', 'no_data', 'not_served'] as const
export type EntitlementResult = (typeof entitlements)[number]

export const entitlementReasons = [
  // Labour and parts until the same day; until two days.
  'covered',
  'covered_apart',
  'labour_only',
  'parts_only',
  // It was covered once; it never was.
  'ended',
  'no_warranty',
  'unknown_serial',
  // The number looks like those of several assets.
  'several',
  'no_terms',
  // The terms count from a day of installation that nobody knows.
  'no_date',
  'not_served',
  // It is out of service for good.
  'retired',
] as const
export type EntitlementReason = (typeof entitlementReasons)[number]

export type Cover = { state: 'covered' | 'ended'; until: Day } | { state: 'none' | 'unknown'; until: null }

export interface Entitlement {
  result: EntitlementResult
  reason: EntitlementReason
  labour: Cover
  parts: Cover
  /** The asset it was found by. */
  asset: string | null
}

export interface EntitlementCase {
  match: AssetMatch
  /** What is said of the asset's product, or of the one the customer names. */
  product: Pick<Product, 'warranty' | 'served'> | undefined
  /** The day that counts: when the trouble was reported. */
  on: Day
}

const unknown: Cover = { state: 'unknown', until: null }

export function checkEntitlement({ match, product, on }: EntitlementCase): Entitlement {
  const asset = match.kind === 'found' ? match.asset : undefined
  const [labour, parts] = asset === undefined ? [unknown, unknown] : coversOf(asset, product, on)
  const found = { labour, parts, asset: asset?._id ?? null }
  if (asset !== undefined && isRetired(asset, on)) return { ...found, result: 'not_served', reason: 'retired' }
  if (!(asset?.served ?? product?.served ?? true)) return { ...found, result: 'not_served', reason: 'not_served' }
  if (asset === undefined) return { ...found, result: 'no_data', reason: match.kind === 'several' ? 'several' : 'unknown_serial' }
  const covered = [labour, parts].filter(({ state }) => state === 'covered')
  if (covered.length > 0) return { ...found, result: 'in_warranty', reason: coveredReason(labour, parts) }
  if (labour.state === 'unknown' || parts.state === 'unknown') return { ...found, result: 'no_data', reason: hasTerms(asset, product) ? 'no_date' : 'no_terms' }
  return { ...found, result: 'out_of_warranty', reason: labour.state === 'ended' || parts.state === 'ended' ? 'ended' : 'no_warranty' }
}

type Terms = Pick<EntitlementCase, 'product'>['product']

function coversOf(asset: Asset, product: Terms, on: Day): [Cover, Cover] {
  const labour = asset.warranty.labour ?? product?.warranty.labour ?? null
  const parts = asset.warranty.parts ?? product?.warranty.parts ?? null
  const cover = (term: Term | null, other: Term | null): Cover => coverOf(term, other, asset, on)
  return [cover(labour, parts), cover(parts, labour)]
}

/** Who wrote down terms for the one and not for the other promised nothing for the other. */
function coverOf(term: Term | null, other: Term | null, { installedOn }: Asset, on: Day): Cover {
  const end = endOf(term ?? (other === null ? null : 'none'), installedOn)
  if (end.kind !== 'until') return { state: end.kind, until: null }
  return { state: on <= end.day ? 'covered' : 'ended', until: end.day }
}

function hasTerms(asset: Asset, product: Terms): boolean {
  return [asset.warranty.labour, asset.warranty.parts, product?.warranty.labour ?? null, product?.warranty.parts ?? null].some((term) => term !== null)
}

function coveredReason(labour: Cover, parts: Cover): EntitlementReason {
  if (parts.state !== 'covered') return 'labour_only'
  if (labour.state !== 'covered') return 'parts_only'
  return labour.until === parts.until ? 'covered' : 'covered_apart'
}
