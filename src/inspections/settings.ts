// What a maintenance plan is as a company writes it, in mendline.yaml or through the API; each mistake is named by its field.
import { z } from 'zod'
import { duration } from '../duration.ts'
import { isTimeZone } from '../hours/index.ts'
import type { ChecklistItem } from './checklist.ts'
import { plainUnit } from './meter.ts'
import type { PlanFields, Schedule } from './plan.ts'
import { plainRule, ruleProblem } from './recurrence.ts'
import { holidayShifts } from './workdays.ts'

const word = z.string().trim().min(1, 'must not be empty').max(75, 'has at most 75 characters')
const long = z.string().trim().min(1, 'must not be empty').max(200, 'has at most 200 characters')
const amount = z.number().finite()

const item = z.union([
  long.transform((text) => ({ text })),
  z.strictObject({
    text: long,
    /** A value is read; outside the limits the item has failed. */
    value: z
      .strictObject({ unit: word.optional(), min: amount.optional(), max: amount.optional() })
      .refine(({ min = -Infinity, max = Infinity }) => min <= max, 'min is more than max')
      .optional(),
    photo: z.boolean().optional(),
  }),
])

const meter = z.strictObject({
  /** What it counts, as customers say it: hours, km, cycles. */
  unit: word.transform(plainUnit),
  every: amount.positive('is more than 0'),
  /** Where a fixed count begins; left out, at `every`. */
  start: amount.min(0).optional(),
  /** The job is opened so much before. */
  lead: amount.min(0).default(0),
  /** A reading lower than the last by no more than this is only inexact. */
  hysteresis: amount.min(0).optional(),
  askEvery: duration.nullable().optional(),
})

const local = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/
const start = z.string().refine((text) => local.test(text) && isMoment(text), 'is a local time such as 2026-03-31T09:00')
const timeZone = z.string().refine(isTimeZone, 'is no time zone; use an IANA name such as Europe/Berlin')

export const planShape = {
  name: word,
  /** An asset has one open job of a kind, whichever plans are due. */
  kind: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'has at most 40 small letters, digits and hyphens')
    .optional(),
  /** One of these three. */
  asset: long.optional(),
  product: long.optional(),
  site: long.optional(),
  /** By the calendar: a rule, from `start` on, in a time zone. */
  rrule: z.string().max(500).optional(),
  start: start.optional(),
  timeZone: timeZone.optional(),
  /** Or by a meter. */
  meter: meter.optional(),
  anchor: z.enum(['fixed', 'floating']).optional(),
  lead: duration.optional(),
  window: duration.optional(),
  holidays: z.enum(holidayShifts).optional(),
  team: word.nullable().optional(),
  checklist: z.array(item).max(100).optional(),
  skills: z.array(word).max(20).optional(),
  duration: duration.optional(),
} as const

const planObject = z.strictObject(planShape)
export type PlanSetting = z.output<typeof planObject>

/** In mendline.yaml: with an id, and what each asset is. */
export const plansSchema = z
  .array(planObject.extend({ id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'has at most 40 small letters, digits and hyphens') }))
  .max(500)
  .default([])
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'has two plans of one id')
  .superRefine((all, context) => {
    for (const [index, setting] of all.entries()) {
      const read = readPlan(setting, { ...usualDefaults, timeZone: setting.timeZone ?? 'UTC' })
      if (read.kind === 'wrong') context.addIssue({ code: 'custom', path: [index, read.field], message: read.message })
    }
  })

/** For what a plan leaves out. */
export const inspectionsSchema = z
  .strictObject({
    /** How long before an inspection is due its customer is asked for a time. */
    lead: duration.prefault('14d'),
    /** So long after it was due it still counts as in time; times are offered so long before it. */
    window: duration.prefault('7d'),
    holidays: z.enum(holidayShifts).default('after'),
    /** How often customers are asked what a meter shows. */
    askEvery: duration.prefault('90d'),
    /** Who puts it off is asked again after this. */
    askAgain: duration.prefault('3d'),
  })
  .prefault({})
export type InspectionSettings = z.output<typeof inspectionsSchema>

export interface PlanDefaults extends InspectionSettings {
  timeZone: string
}

const usualDefaults: Omit<PlanDefaults, 'timeZone'> = inspectionsSchema.parse(undefined)

export type PlanRead = { kind: 'plan'; fields: PlanFields } | { kind: 'wrong'; field: string; message: string }

/** What the fields are together. Products, sites and assets go by what they are called; whether they are there is for others to say. */
export function readPlan(setting: PlanSetting, defaults: PlanDefaults): PlanRead {
  const targets = (['asset', 'product', 'site'] as const).flatMap((by) => (setting[by] === undefined ? [] : [{ by, id: setting[by] }]))
  const [covers, ...others] = targets
  if (covers === undefined) return wrong('asset', 'name what is inspected: an asset, a product or a site')
  if (others.length > 0) return wrong(others[0]?.by ?? 'asset', `is for ${covers.by} already; make a plan for each`)
  const schedule = readSchedule(setting, defaults)
  if ('kind' in schedule) return schedule
  return {
    kind: 'plan',
    fields: {
      name: setting.name,
      kind: setting.kind ?? 'inspection',
      covers,
      schedule,
      anchor: setting.anchor ?? 'fixed',
      leadMs: setting.lead ?? defaults.lead,
      windowMs: setting.window ?? defaults.window,
      holidays: setting.holidays ?? defaults.holidays,
      team: setting.team ?? null,
      checklist: (setting.checklist ?? []).map(readItem),
      skills: setting.skills ?? [],
      durationMs: setting.duration ?? null,
    },
  }
}

function readSchedule(
  { rrule, start: begin, timeZone: zone, meter: by }: PlanSetting,
  defaults: PlanDefaults,
): Schedule | Extract<PlanRead, { kind: 'wrong' }> {
  if (by !== undefined) {
    if (rrule !== undefined) return wrong('rrule', 'goes by a meter already; make a second plan of the same kind, they share their visits')
    const { askEvery, start: first, hysteresis, ...rest } = by
    if (rest.lead >= rest.every) return wrong('meter.lead', 'is less than every')
    return {
      by: 'meter',
      ...rest,
      start: first ?? null,
      hysteresis: hysteresis ?? by.every / 50,
      askEveryMs: askEvery === undefined ? defaults.askEvery : askEvery,
    }
  }
  if (rrule === undefined) return wrong('rrule', 'say how often: a rule such as FREQ=MONTHLY;INTERVAL=6, or a meter')
  if (begin === undefined) return wrong('start', 'say from when on: a local time such as 2026-03-31T09:00')
  const rule = { rrule: plainRule(rrule), timeZone: zone ?? defaults.timeZone, start: begin }
  const problem = ruleProblem(rule)
  return problem === undefined ? { by: 'calendar', ...rule } : wrong('rrule', problem)
}

function wrong(field: string, message: string): Extract<PlanRead, { kind: 'wrong' }> {
  return { kind: 'wrong', field, message }
}

function readItem(
  {
    text,
    ...more
  }: { text: string; value?: { unit?: string | undefined; min?: number | undefined; max?: number | undefined } | undefined; photo?: boolean | undefined },
  index: number,
): ChecklistItem {
  const { value, photo } = more
  return {
    id: String(index + 1),
    text,
    value: value === undefined ? null : { unit: value.unit ?? null, min: value.min ?? null, max: value.max ?? null },
    photo: photo === true,
  }
}

function isMoment(text: string): boolean {
  try {
    Temporal.PlainDateTime.from(text, { overflow: 'reject' })
    return true
  } catch {
    return false
  }
}
