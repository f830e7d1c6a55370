// What the REST API shows of parts, stock and who claims it, as schemas and views.
import { z } from 'zod'
import {
  locationKinds,
  requestKinds,
  requestStatuses,
  type Bill,
  type KitPart,
  type Location,
  type Part,
  type PartRequest,
  type Stock,
} from '../parts/index.ts'

const at = z.iso.datetime()
const quantity = z.int()

export const partView = z.strictObject({
  id: z.string(),
  version: z.int(),
  number: z.string(),
  name: z.string(),
  supersededBy: z.string().nullable().describe('The part that took its place'),
  createdAt: at,
})

export function viewPart({ _id, n, number, name, supersededBy, createdAt }: Part): z.input<typeof partView> {
  return { id: _id, version: n, number, name, supersededBy, createdAt }
}

export const billView = z.strictObject({
  version: z.int(),
  product: z.string(),
  lines: z.array(z.strictObject({ part: z.string(), quantity })),
})

export function viewBill({ n, lines }: Bill, product: string): z.input<typeof billView> {
  return { version: n, product, lines: [...lines] }
}

export const locationView = z.strictObject({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  kind: z.enum(locationKinds),
  engineer: z.string().nullable().describe('Whose van it is'),
  createdAt: at,
})

export function viewLocation({ _id, n, ...rest }: Location): z.input<typeof locationView> {
  return { id: _id, version: n, ...rest }
}

export const stockView = z.strictObject({
  id: z.string(),
  version: z.int(),
  location: z.string(),
  part: z.string(),
  onHand: quantity.describe('Available and reserved'),
  reserved: quantity,
  available: quantity,
  reorderPoint: quantity.nullable().describe('As people set it'),
  forecastPoint: quantity.nullable().describe('What the forecast recommends, and counts instead, where the company goes by that'),
  low: z.boolean().describe('Available is at or below the reorder point'),
  createdAt: at,
  updatedAt: at,
})

export function viewStock({ _id, n, location, part, onHand, reserved, available, reorderPoint, forecastPoint, lowSince, createdAt, updatedAt }: Stock) {
  return {
    id: _id,
    version: n,
    location,
    part,
    onHand,
    reserved,
    available,
    reorderPoint,
    forecastPoint: forecastPoint ?? null,
    low: lowSince !== null,
    createdAt,
    updatedAt,
  }
}

const actor = z.strictObject({ kind: z.enum(['customer', 'agent', 'engineer', 'bot', 'clock', 'api', 'system']), id: z.string().nullable() })
export const requestView = z.strictObject({
  id: z.string(),
  version: z.int(),
  kind: z.enum(requestKinds),
  status: z.enum(requestStatuses).describe('requested: not claimed yet, for want of stock or for want of a place of ours it comes from'),
  part: z.string().nullable().describe('Null while nobody has said which one is meant by the words it was asked for in'),
  wanted: z.string().nullable().describe('The words it was asked for in, where the catalogue does not know them'),
  quantity,
  from: z.string().nullable(),
  to: z.string().nullable(),
  ticket: z.string().nullable(),
  kit: z.boolean().describe('Reserved before a visit as likely to be needed'),
  used: quantity.nullable().describe('Of an allocation that was received: how many the repair took'),
  by: actor,
  createdAt: at,
  updatedAt: at,
})

export function viewRequest({ _id, n, part, wanted, ...rest }: PartRequest): z.input<typeof requestView> {
  return { id: _id, version: n, part: part === '' ? null : part, wanted: wanted ?? null, ...rest }
}

export const kitPartView = z.strictObject({
  part: z.string(),
  number: z.string(),
  name: z.string(),
  quantity: quantity.describe('As many as were most often used at once'),
  share: z.number().describe("Share of the like past cases that needed it, smoothed towards the product's own: (cases + 4 × base) / (of + 4)"),
  cases: quantity.describe('Like cases that needed it'),
  of: quantity.describe('Like cases: the same error code, or trouble told in like words'),
  base: z.number().describe('Share of all past cases of the product'),
  all: quantity.describe('All past cases of the product'),
  inBill: z.boolean().nullable().describe("In the product's bill of material; null where there is none"),
})

export function viewKitPart(part: KitPart): z.input<typeof kitPartView> {
  return part
}
