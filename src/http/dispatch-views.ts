// What the REST API shows of field service, as schemas.
import { z } from 'zod'
import { outcomes, scoreParts, workKinds, workStatuses } from '../dispatch/index.ts'
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
  rejections: z.array(z.strictObject({ engineer: z.string(), reason: z.string(), at, from: at.nullable().describe('The time it was for') })),
  offer: z.strictObject({ id: z.string(), until: at }).nullable().describe('Waits for its engineer’s answer'),
  outcome: z.enum(outcomes).nullable(),
  failure: failureView.nullable(),
  photos: z.array(z.string()).describe('Ids of files'),
  createdAt: at,
  updatedAt: at,
})

const named = z.strictObject({ id: z.string(), name: z.string() })
export const offerView = z.strictObject({ engineer: named, from: at, until: at })
const reason = z.strictObject({ filter: z.enum(['left', 'skills', 'territory', 'gave_back', 'calendar', 'parts']), text: z.string() })
const candidateView = offerView.extend({
  score: z.strictObject({
    total: z.int().describe('0–100'),
    parts: z.array(z.strictObject({ part: z.enum(scoreParts), points: z.int(), of: z.int(), why: z.string() })),
  }),
  warnings: z.array(reason).describe('What they would come without, where the company does not require it'),
})
export const candidatesView = z.strictObject({
  candidates: z.array(candidateView).describe('The best first; at the time agreed upon, else at the first that is free'),
  leftOut: z.array(z.strictObject({ engineer: named, reasons: z.array(reason) })),
})
export const slotsView = z.strictObject({
  data: z.array(offerView),
  fits: z.boolean().describe('False: nothing is free at the times wished for, and these are the nearest'),
  nextCursor: z.null(),
})
export const assignmentsView = z.strictObject({
  assignments: z.array(candidateView.extend({ workOrder: z.string() })),
  left: z.array(z.strictObject({ workOrder: z.string(), reasons: z.array(z.strictObject({ engineer: z.string(), reasons: z.array(reason) })) })),
})
export const appointmentsView = z.strictObject({ data: z.array(workOrderView), nextCursor: z.null() })
const planned = z.strictObject({
  workOrder: z.string(),
  ticket: z.string(),
  from: at,
  until: at,
  agreed: z.boolean().describe('Agreed with the customer: it stays where and when it is'),
})
export const dayPlanView = z.strictObject({
  date: z.string(),
  km: z.number(),
  routes: z.array(z.strictObject({ engineer: z.string(), km: z.number(), visits: z.array(planned) })),
  unassigned: z.array(z.strictObject({ workOrder: z.string(), ticket: z.string(), reason: z.enum(['skills', 'time', 'capacity', 'crowded']) })),
})
