// What the REST API shows of maintenance plans, their dates, inspections and meters, as schemas.
import { z } from 'zod'
import { itemResults, skipReasons } from '../inspections/index.ts'

const at = z.iso.datetime()
const length = z.string().describe('A length of time: 14d, 36h, 90m')
const item = {
  id: z.string(),
  text: z.string(),
  value: z
    .strictObject({ unit: z.string().nullable(), min: z.number().nullable(), max: z.number().nullable() })
    .nullable()
    .describe('A value is read; outside the limits the item has failed'),
  photo: z.boolean(),
}

export const planView = z.strictObject({
  id: z.string(),
  version: z.int(),
  source: z.enum(['settings', 'api']).describe('Where it is kept; one of mendline.yaml is changed there'),
  active: z.boolean().describe('False: it was stopped'),
  name: z.string(),
  kind: z.string().describe('An asset has one open job of a kind, whichever plans are due'),
  asset: z.string().nullable(),
  product: z.string().nullable(),
  site: z.string().nullable(),
  rrule: z.string().nullable().describe('RFC 5545, without DTSTART'),
  timeZone: z.string().nullable(),
  start: z.string().nullable().describe('Local time of the first one that is possible'),
  meter: z
    .strictObject({
      unit: z.string(),
      every: z.number(),
      start: z.number().nullable(),
      lead: z.number(),
      hysteresis: z.number(),
      askEvery: length.nullable(),
    })
    .nullable(),
  anchor: z.enum(['fixed', 'floating']).describe('Floating: counted from the last completion'),
  lead: length,
  window: length,
  holidays: z.enum(['keep', 'before', 'after']),
  team: z.string().nullable(),
  checklist: z.array(z.strictObject(item)),
  skills: z.array(z.string()),
  duration: length.nullable(),
  createdAt: at,
  updatedAt: at,
})

export const occurrenceView = z.strictObject({
  id: z.string(),
  version: z.int(),
  plan: z.string(),
  asset: z.string(),
  kind: z.string(),
  occurrence: z.string().describe("The planned local time before any shift, the meter's mark, or the how-manieth it is"),
  ordinal: z.int(),
  due: at,
  until: at.describe('Done later than this it is not in time'),
  state: z.enum(['planned', 'open', 'done', 'skipped']),
  reason: z.enum(skipReasons).nullable().describe('Why it was skipped'),
  inspection: z.string().nullable(),
  ticket: z.string().nullable(),
  merged: z.boolean().describe('It is met by a visit that was open already'),
  doneAt: at.nullable(),
  usage: z.number().nullable().describe('What the meter had counted when it was over'),
  createdAt: at,
  updatedAt: at,
})

export const inspectionView = z.strictObject({
  id: z.string(),
  version: z.int(),
  asset: z.string().nullable(),
  kind: z.string(),
  name: z.string(),
  product: z.string().nullable(),
  serial: z.string().nullable(),
  site: z.string().nullable(),
  customer: z.string(),
  ticket: z.string(),
  due: at,
  until: at,
  state: z.enum(['open', 'completed', 'canceled']),
  plans: z.array(z.string()),
  occurrences: z.array(z.string()),
  items: z.array(
    z.strictObject({
      ...item,
      result: z.enum(itemResults).nullable().describe('Null: not looked at'),
      measured: z.number().nullable(),
      note: z.string().nullable(),
      photos: z.array(z.string()),
      line: z.string(),
    }),
  ),
  repair: z.string().nullable().describe('The ticket opened for what failed'),
  engineer: z.string().nullable(),
  reason: z.string().nullable(),
  overAt: at.nullable(),
  createdAt: at,
  updatedAt: at,
})

export const meterView = z.strictObject({
  id: z.string(),
  version: z.int(),
  asset: z.string(),
  unit: z.string(),
  value: z.number().nullable(),
  at: at.nullable(),
  usage: z.number().nullable().describe('All that was counted, over meters that were replaced'),
  askedAt: at.nullable(),
})

export const readingView = z.strictObject({ unit: z.string(), value: z.number(), at, replaced: z.boolean(), recordedAt: at })
