// An asset: one installed unit of a product, and its history: installed, moved, owned, described, its parts.
import { timestamp, type Timestamp } from '../clock.ts'
import type { AssetEvent, Event } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'
import type { Day } from './date.ts'
import { lookAlikeKey } from './serial.ts'
import { noWarranty, type Warranty } from './term.ts'

/** What is said of an asset, whoever says it. */
export interface AssetFields {
  /** A name of the catalogue. */
  product: string | null
  /** The owner. */
  customer: string | null
  site: string | null
  installedOn: Day | null
  /** Its own terms; null leaves a term to its product. */
  warranty: Warranty
  /** Null leaves it to its product. */
  served: boolean | null
  /** Out of service for good since that day: scrapped, lost, sold away. Not served from then on, nor planned or reckoned with. */
  retired: Retirement | null
}

export interface Retirement {
  on: Day
  reason: string
}

export function isRetired({ retired }: Pick<Asset, 'retired'>, on: Day): boolean {
  return retired != null && retired.on <= on
}

/** A part in an asset. `part` is the catalogue's id, null for one it does not know. */
export interface InstalledPart {
  part: string | null
  /** The number, or the words of whoever fitted it. */
  name: string
  quantity: number
  since: Timestamp
  ticket: string | null
}

export interface Asset extends AssetFields {
  _id: string
  n: number
  /** As it is written on the label. */
  serial: string
  lookAlike: string
  parts: readonly InstalledPart[]
  /** The last inspection; left out in records of before. */
  inspected?: { at: Timestamp; inspection: string; kind: string; failed: readonly string[] } | null
  createdAt: Timestamp
  updatedAt: Timestamp
}

export const assetsCollection = defineCollection<Asset>('assets', [
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'lookAlike', fields: ['lookAlike'] },
  { name: 'customer', fields: ['customer', 'createdAt'] },
  { name: 'product', fields: ['product', 'createdAt'] },
  { name: 'site', fields: ['site', 'createdAt'] },
])

export const assetStream: Stream<Asset> = {
  kind: 'asset',
  collection: assetsCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    serial: '',
    lookAlike: '',
    product: null,
    customer: null,
    site: null,
    installedOn: null,
    warranty: noWarranty,
    served: null,
    retired: null,
    parts: [],
    createdAt: timestamp(0),
    updatedAt: timestamp(0),
  }),
  apply: (asset, event, at) => (isAssetEvent(event) ? { ...applyEvent(asset, event, at), updatedAt: at } : asset),
}

function applyEvent(asset: Asset, event: AssetEvent, at: Timestamp): Asset {
  switch (event.type) {
    case 'asset.registered':
      return { ...asset, ...event.fields, serial: event.serial, lookAlike: lookAlikeKey(event.serial), createdAt: at }
    case 'asset.described':
      return { ...asset, ...event.fields }
    case 'asset.moved':
      return { ...asset, site: event.site }
    case 'asset.owner_changed':
      return { ...asset, customer: event.customer }
    case 'asset.part_installed':
      return { ...asset, parts: [...asset.parts, { part: event.part, name: event.name, quantity: event.quantity, since: at, ticket: event.ticket }] }
    case 'asset.part_removed':
      return { ...asset, parts: asset.parts.filter((each) => each.part !== event.part || each.name !== event.name) }
    case 'asset.inspected':
      return { ...asset, inspected: { at, inspection: event.inspection, kind: event.kind, failed: event.failed } }
  }
}

function isAssetEvent(event: Event): event is AssetEvent {
  return event.type.startsWith('asset.')
}
