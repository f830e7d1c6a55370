// Changing products, sites and assets: what differs from what is wished becomes the event that says so. The same wish twice changes nothing.
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import { differing, edit, type Actor, type Consequence } from '../journal/index.ts'
import { assetStream, type Asset, type AssetFields } from './asset.ts'
import { productId, productStream, type ProductFields } from './product.ts'
import { assetId } from './serial.ts'
import { siteId, siteStream, type SiteFields } from './site.ts'
import { noWarranty } from './term.ts'

/** Who changes it, and under which cause. */
export interface Doing {
  actor: Actor
  key: string
  version?: number | undefined
}

/** `mode`: only a new one, only one that is there, or whichever it is. */
export type Mode = 'register' | 'change' | 'either'

export type Taken = { kind: 'taken' }

/** What is not named stays as it is; of a warranty too, each half for itself. */
export type AssetWish = Partial<Omit<AssetFields, 'warranty'>> & { warranty?: Partial<AssetFields['warranty']> }

export function setAsset(core: Core, serial: string, wish: AssetWish, mode: Mode, doing: Doing) {
  return edit<Asset, Taken>(core.journal, assetStream, assetId(serial), {
    ...doing,
    orBegin: mode !== 'change',
    act(asset) {
      if (asset.n === 0) return { events: [{ type: 'asset.registered', serial: serial.trim(), fields: fresh(wish) }], effects: recheck(asset._id, serial) }
      if (mode === 'register') return { refusal: { kind: 'taken' } }
      const events = changesOf(asset, wish)
      return events.length === 0 ? undefined : { events, effects: recheck(asset._id, asset.serial) }
    },
  })
}

/** What the wish makes of the record. */
export function assetChange(asset: Asset | undefined, wish: AssetWish): 'created' | 'changed' | 'unchanged' {
  if (asset === undefined) return 'created'
  return changesOf(asset, wish).length === 0 ? 'unchanged' : 'changed'
}

function fresh({ warranty, ...wish }: AssetWish): AssetFields {
  return { product: null, customer: null, site: null, installedOn: null, served: null, retired: null, ...wish, warranty: { ...noWarranty, ...warranty } }
}

function changesOf(asset: Asset, { customer, site, warranty, ...rest }: AssetWish): Event[] {
  const described = differing(asset, { ...rest, ...(warranty === undefined ? {} : { warranty: { ...asset.warranty, ...warranty } }) })
  return [
    ...(described === undefined ? [] : [{ type: 'asset.described', fields: described } as const]),
    ...(site === undefined || site === asset.site ? [] : [{ type: 'asset.moved', site } as const]),
    ...(customer === undefined || customer === asset.customer ? [] : [{ type: 'asset.owner_changed', customer } as const]),
  ]
}

/** A mended record answers for the tickets that had none. */
function recheck(asset: string, serial: string): Consequence[] {
  return [{ do: 'recheck_entitlement', asset, serial }]
}

export function setSite(core: Core, name: string, customer: string | null, wish: Partial<SiteFields>, mode: Mode, doing: Doing) {
  return edit<ReturnType<typeof siteStream.begin>, Taken>(core.journal, siteStream, siteId(name, customer), {
    ...doing,
    orBegin: mode !== 'change',
    act(site) {
      if (site.n === 0)
        return {
          events: [{ type: 'site.registered', name: name.trim(), customer, fields: { address: wish.address ?? null, timeZone: wish.timeZone ?? null } }],
        }
      if (mode === 'register') return { refusal: { kind: 'taken' } }
      const fields = differing(site, wish)
      return fields === undefined ? undefined : { events: [{ type: 'site.described', fields }] }
    },
  })
}

export function setProduct(core: Core, name: string, wish: Partial<ProductFields>, mode: Mode, doing: Doing) {
  return edit<ReturnType<typeof productStream.begin>, Taken>(core.journal, productStream, productId(name), {
    ...doing,
    orBegin: true,
    act(product) {
      // One of mendline.yaml becomes one of ours with the first change.
      if (product.n === 0)
        return { events: [{ type: 'product.registered', name: name.trim(), fields: { aliases: [], warranty: noWarranty, served: null, ...wish } }] }
      if (mode === 'register') return { refusal: { kind: 'taken' } }
      const fields = differing(product, wish)
      return fields === undefined ? undefined : { events: [{ type: 'product.described', fields }] }
    },
  })
}
