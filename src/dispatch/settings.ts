// What a company sets for its field service in mendline.yaml: its engineers, how visits are planned, how appointments are made.
import { z } from 'zod'
import { duration } from '../duration.ts'
import { hoursSchema } from '../hours/index.ts'

const word = z.string().trim().min(1, 'must not be empty').max(75, 'has at most 75 characters')
const pointParts = { lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) }
export const pointSchema = z.strictObject(pointParts)

const date = /^\d{4}-\d{2}-\d{2}$/
const daysOff = z.string().transform((text, context) => {
  const [from = '', until = from, ...more] = text.split('..').map((part) => part.trim())
  const right = [from, until].every((day) => date.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) === true)
  if (right && more.length === 0 && from <= until) return { from, until }
  context.addIssue('is a date like 2026-12-24, or two of them as 2026-08-01..2026-08-14')
  return z.NEVER
})

const skill = z.union([
  word.transform((name) => ({ skill: name, level: usualLevel })),
  /** 1 learning, 2 able, 3 expert. */
  z.strictObject({ skill: word, level: z.int().min(1).max(3) }),
])
const usualLevel = 2

const fields = {
  name: word,
  /** Text messages from here are the engineer's. */
  phone: z
    .string()
    .regex(/^\+[1-9]\d{6,14}$/, "is a number with its country's code, such as +4915112345678")
    .nullable(),
  /** Messages from here are the engineer's. */
  slack: z
    .string()
    .regex(/^[UW][A-Z0-9]+$/, "is the user's id, such as U0123456789, not their name")
    .nullable(),
  /** In which Mendline writes to them; the company's when left out. */
  language: z.enum(['en', 'zh']).nullable(),
  skills: z.array(skill).max(50),
  /** Where they go: any of these; both left out: everywhere. */
  territory: z.strictObject({
    postcodes: z.array(word).max(500).default([]),
    around: z
      .strictObject({ ...pointParts, km: z.number().positive() })
      .nullable()
      .default(null),
  }),
  /** Where their day starts and ends. */
  base: pointSchema.nullable(),
  /** The company's when left out. */
  hours: hoursSchema.nullable(),
  daysOff: z.array(daysOff).max(200),
  visitsPerDay: z.int().min(1).max(50),
  /** The stock location that travels with them. */
  van: word.nullable(),
} as const

/** All but the id, as yaml and the API give it. */
export const profileShape = {
  ...fields,
  phone: fields.phone.default(null),
  slack: fields.slack.default(null),
  language: fields.language.default(null),
  skills: fields.skills.default([]),
  territory: fields.territory.prefault({}),
  base: fields.base.default(null),
  hours: fields.hours.default(null),
  daysOff: fields.daysOff.default([]),
  visitsPerDay: fields.visitsPerDay.default(6),
  van: fields.van.default(null),
} as const

/** What is left out stays as it is. */
export const profileChanges = z.strictObject({ ...fields, active: z.boolean() }).partial()

export const engineerId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'has at most 40 small letters, digits and hyphens')
const engineerSchema = z.strictObject({ id: engineerId, ...profileShape })

function unlike<T>(values: readonly (T | null)[]): boolean {
  const given = values.filter((value) => value !== null)
  return new Set(given).size === given.length
}

export const engineersSchema = z
  .array(engineerSchema)
  .default([])
  .refine((all) => unlike(all.map(({ id }) => id)), 'has two engineers of one id')
  .refine((all) => unlike(all.map(({ phone }) => phone)), 'has two engineers with one phone')
  .refine((all) => unlike(all.map(({ slack }) => slack)), 'has two engineers who are one in Slack')

export const dispatchSchema = z
  .strictObject({
    /** km/h on the road, on average. */
    speed: z.number().min(1).max(200).default(40),
    /** For a way of which an end is not known. */
    unknownTravel: duration.prefault('30m'),
    /** Between two visits, besides the way. */
    buffer: duration.prefault('10m'),
    /** How long a visit takes, unless the work order says so. */
    visit: duration.prefault('1h'),
    /** A visit begins so long after it was asked for at the earliest, */
    lead: duration.prefault('2h'),
    /** and so long after it at the latest. */
    horizon: duration.prefault('14d'),
    /** Engineers who can be written to are asked whether they take a visit; who has not answered by then is passed over. */
    offerTimeout: duration.prefault('30m'),
    /** Where postcodes lie; a prefix stands for all that begin with it. */
    places: z.array(z.strictObject({ postcode: word, ...pointParts })).default([]),
    /** An accepted ticket gets a visit, and its customer is offered times at once; else staff open it. */
    visitOnAcceptance: z.boolean().default(false),
    /** Parts that a visit will likely need, and that neither the van nor a warehouse has: said beside the engineer, or they are left out. */
    parts: z.enum(['off', 'warn', 'require']).default('warn'),
    /** A VROOM server that plans days; our own planner does where it is away, slow or wrong. */
    vroom: z
      .strictObject({ url: z.url({ protocol: /^https?$/, error: 'is an address such as http://localhost:3000' }), timeout: duration.prefault('5s') })
      .nullable()
      .default(null),
    /** A completed work order resolves its ticket; else a person is asked to. */
    completedResolves: z.boolean().default(false),
  })
  .prefault({})

export const appointmentsSchema = z
  .strictObject({
    /** How many times a customer is offered at once. */
    offered: z.int().min(3).max(5).default(4),
    /** Until so long before it the customer can move it or call it off in the chat; later a person decides. */
    changeUntil: duration.prefault('24h'),
    /** So long before it the customer is reminded, by day. */
    reminders: z.array(duration).max(5).prefault(['24h', '2h']),
  })
  .prefault({})

export type EngineerSetting = z.output<typeof engineerSchema>
export type DispatchSettings = z.output<typeof dispatchSchema>
export type AppointmentSettings = z.output<typeof appointmentsSchema>
