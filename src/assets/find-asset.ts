// Finding an asset by the serial number that somebody reads from a label, or types from memory.
import type { Collection } from '../storage/collection.ts'
import type { Asset } from './asset.ts'
import { assetId, lookAlikeKey, serialKey } from './serial.ts'

export type AssetMatch =
  | { kind: 'found'; asset: Asset }
  /** Look-alikes of more than one: nobody can tell which is meant. */
  | { kind: 'several' }
  | { kind: 'none' }

const looked = 20

/** The very number, else the only one that looks like it; `product`, a name of the catalogue, tells look-alikes apart. */
export async function findAsset(assets: Collection<Asset>, serial: string, product: string | null): Promise<AssetMatch> {
  if (serialKey(serial) === '') return { kind: 'none' }
  const exact = await assets.get(assetId(serial))
  if (exact !== undefined) return { kind: 'found', asset: exact }
  const alike = await assets.find({ lookAlike: lookAlikeKey(serial) }, { limit: looked })
  const [only, ...others] = alike.length > 1 ? alike.filter((asset) => product !== null && asset.product === product) : alike
  if (only === undefined) return { kind: alike.length === 0 ? 'none' : 'several' }
  return others.length === 0 ? { kind: 'found', asset: only } : { kind: 'several' }
}
