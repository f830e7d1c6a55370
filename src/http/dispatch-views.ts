// What the REST API shows of field service, as schemas.
import { z } from 'zod'
import { outcomes, workKinds, workStatuses } from '../dispatch/index.ts'
import { priorities } from '../tickets/index.ts'
import { failureView, language } from './views.ts'

const at = z.iso.datetime()
const point = z.strictObject({ lat: z.number(), lon: z.number() })
const span = z.strictObject({ from: z.int(), to: z.int() })

export const engineerView = z.strictObject({
  id: z.string(),
  version: z.int(),
  source: z.enum(['settings', 'api']).describe('Where they are kept; those of mendline.yaml are changed there'),
  active: z.boolean().describe('False: they have left'),
  name: z.string(),
  phone: z.string().nullable(),
  slack: z.string().nullable(),
  language: language.nullable(),
  skills: z.array(z.strictObject({ skill: z.string(), level: z.int() })),
  territory: z.strictObject({ postcodes: z.array(z.string()), around: z.strictObject({ lat: z.number(), lon: z.number(), km: z.number() }).nullable() }),
  base: point.nullable(),
  hours: z
    .looseObject({ timeZone: z.string().optional(), holidays: z.array(z.string()), mon: z.array(span).optional() })
    .nullable()
    .describe("By weekday, minutes since midnight; null: the company's"),
  daysOff: z.array(z.strictObject({ from: z.string(), until: z.string() })),
  visitsPerDay: z.int(),
  van: z.string().nullable(),
  createdAt: at,
  updatedAt: at,
})

export const workOrderView = z.strictObject({
  id: z.string(),
  version: z.int(),
  ticket: z.string(),
  kind: z.enum(workKinds),
  status: z.enum(workStatuses),
  statusSince: at,
  subject: z.string(),
  priority: z.enum(priorities),
  skills: z.array(z.string()),
  duration: z.int().describe('Minutes'),
  site: z.strictObject({ address: z.string().nullable(), postcode: z.string().nullable(), point: point.nullable() }),
  preferredEngineer: z.string().nullable(),
  hold: z.strictObject({ reason: z.string(), at }).nullable(),
  engineer: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  appointment: z.strictObject({ from: at, until: at }).nullable().describe('As agreed with the customer'),
  rejections: z.array(z.strictObject({ engineer: z.string(), reason: z.string(), at })),
  outcome: z.enum(outcomes).nullable(),
  failure: failureView.nullable(),
  photos: z.array(z.string()).describe('Ids of files'),
  createdAt: at,
  updatedAt: at,
})
