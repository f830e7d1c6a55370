// What the REST API shows of products, sites and assets, as schemas and views.
import { z } from 'zod'
import type { Asset, Product, Site } from '../assets/index.ts'

const at = z.iso.datetime()
const warranty = z.strictObject({
  labour: z.string().nullable().describe('24mo from the day of installation, a last day, or none; null: not known here'),
  parts: z.string().nullable(),
})

export const productView = z.strictObject({
  id: z.string(),
  version: z.int().describe('0 for one that is only in mendline.yaml'),
  name: z.string(),
  aliases: z.array(z.string()),
  warranty,
  served: z.boolean(),
  createdAt: at,
})

export function viewProduct({ _id, n, name, aliases, warranty: terms, served, createdAt }: Product): z.input<typeof productView> {
  return { id: _id, version: n, name, aliases: [...aliases], warranty: terms, served, createdAt }
}

export const siteView = z.strictObject({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  customer: z.string().nullable(),
  address: z.string().nullable(),
  timeZone: z.string().nullable().describe("Null: the company's"),
  createdAt: at,
})

export function viewSite({ _id, n, ...rest }: Site): z.input<typeof siteView> {
  return { id: _id, version: n, ...rest }
}

export const assetView = z.strictObject({
  id: z.string(),
  version: z.int(),
  serial: z.string(),
  product: z.string().nullable(),
  customer: z.string().nullable().describe('Its owner'),
  site: z.string().nullable(),
  installedOn: z.iso.date().nullable(),
  warranty: warranty.describe('Its own terms; null leaves a term to its product'),
  served: z.boolean().nullable().describe('Null leaves it to its product'),
  retired: z.strictObject({ on: z.iso.date(), reason: z.string() }).nullable().describe('Out of service for good since that day'),
  parts: z.array(z.strictObject({ part: z.string().nullable(), name: z.string(), quantity: z.int(), since: at, ticket: z.string().nullable() })),
  inspected: z
    .strictObject({ at, inspection: z.string(), kind: z.string(), failed: z.array(z.string()) })
    .nullable()
    .describe('The last inspection, and what failed'),
  createdAt: at,
  updatedAt: at,
})

export function viewAsset(asset: Asset) {
  const { _id, n, serial, product, customer, site, installedOn, warranty: terms, served, retired, parts, inspected = null, createdAt, updatedAt } = asset
  const told = { serial, product, customer, site, installedOn, warranty: terms, served, retired: retired ?? null }
  const found = inspected === null ? null : { ...inspected, failed: [...inspected.failed] }
  return { id: _id, version: n, ...told, parts: [...parts], inspected: found, createdAt, updatedAt }
}

const actor = z.strictObject({ kind: z.enum(['customer', 'agent', 'engineer', 'bot', 'clock', 'api', 'system']), id: z.string().nullable() })
export const changeView = z.strictObject({ version: z.int(), at, actor, events: z.array(z.looseObject({ type: z.string() })) })
