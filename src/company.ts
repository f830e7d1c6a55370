// mendline.yaml: what a company sets for itself. One schema, every field with a default, mistakes named with their line.
import { isSupportedCountry } from 'libphonenumber-js'
import { LineCounter, parseDocument, type Document } from 'yaml'
import { z } from 'zod'
import { termSchema, type ProductSetting } from './assets/index.ts'
import { cannedRepliesSchema, failureListsSchema, teamsSchema, type CannedReply, type Team } from './desk/settings.ts'
import {
  appointmentsSchema,
  dispatchSchema,
  type AppointmentSettings,
  engineersSchema,
  type DispatchSettings,
  type EngineerSetting,
} from './dispatch/settings.ts'
import { duration } from './duration.ts'
import { isFormat } from './understanding/entities/serial-format.ts'
import type { FlowSettings } from './flow.ts'
import { checkForms, formSchema, productLinesSchema, questionsSchema, readForms } from './forms/settings.ts'
import { hoursSchema, isTimeZone, readHours, type Hours } from './hours/index.ts'
import { checkDigest, insightsSchema, partsSchema, type InsightsSettings, type PartsSettings } from './insights/settings.ts'
import { inspectionsSchema, plansSchema, type InspectionSettings } from './inspections/settings.ts'
import { isCurrency } from './quotes/money.ts'
import { slaSchema, type SlaTarget } from './sla/settings.ts'
import type { FailureLists } from './tickets/failure.ts'
import { webhooksSchema, type WebhookSettings } from './webhooks/settings.ts'

const count = z.number().int().min(1)

const eachSetting = z.strictObject({
  /** As customers read it. */
  company: z.string().min(1).default('Mendline'),
  /** For customers whose language is not known yet. */
  language: z.enum(['en', 'zh']).default('en'),
  /** IANA name. */
  timeZone: z.string().refine(isTimeZone, 'is no time zone; use an IANA name such as Europe/Berlin').default('UTC'),
  /** Where phone numbers without a country's code belong to: an ISO 3166 code. */
  country: z
    .string()
    .refine((code) => isSupportedCountry(code), 'is no country; use a code of two letters such as DE')
    .default('US'),
  /** What a repair request asks for. */
  form: formSchema,
  /** What it asks besides, of every product. */
  questions: questionsSchema,
  /** Products whose requests ask for something else. */
  productLines: productLinesSchema,
  /** The catalogue: what customers may call by name. */
  products: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        aliases: z.array(z.string().min(1)).default([]),
        /** What an engineer must be able to do to repair it. */
        skills: z.array(z.string().trim().min(1)).default([]),
        brand: z.string().min(1).optional(),
        /** The format of its serial numbers, e.g. `KP-\d{5}`: look-alike characters are put right by it. */
        serial: z.string().min(1).refine(isFormat, 'is no format; write a regular expression such as KP-\\d{5}').optional(),
        /** From the day of installation; an asset may have its own. */
        warranty: z.strictObject({ labour: termSchema.optional(), parts: termSchema.optional() }).prefault({}),
        /** False: we no longer repair it, and say so. */
        served: z.boolean().default(true),
      }),
    )
    .default([]),
  /** Silence after which an unfinished request is marked incomplete. */
  incompleteAfter: duration.prefault('24h'),
  survey: z.strictObject({ delay: duration.optional(), expiresAfter: duration.prefault('14d') }).prefault({}),
  /** Offers for repairs that cost something. */
  quotes: z
    .strictObject({
      /** ISO 4217. */
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'is no currency; use a code of three letters such as EUR')
        .refine(isCurrency, 'is no currency; use a code such as EUR')
        .default('USD'),
      validFor: duration.prefault('14d'),
      /** Somebody else than who drafted it must review it. */
      fourEyes: z.boolean().default(false),
    })
    .prefault({}),
  /** A ticket that waits on its customer: when to remind. */
  pendingReminder: duration.prefault('2d'),
  /** A resolved ticket is closed after this. */
  closeAfter: duration.prefault('7d'),
  /** How long after its end a repair is taken up again by the customer's word; later a new one is opened that follows it. */
  reopenWithin: duration.prefault('14d'),
  /** The same trouble of the same asset so soon after its repair is a repeat of it. */
  repeatWithin: duration.prefault('30d'),
  /** How long after the last change of an open ticket a like report on the same asset may be the same case. */
  sameCaseWithin: duration.prefault('7d'),
  /** How long a silent agent keeps a conversation. */
  agentTimeout: duration.prefault('30m'),
  /** Who writes to people who are not at work hears so once in this time. */
  awayEvery: duration.prefault('12h'),
  /** Automatic answers by mail. */
  mailBudget: z
    .strictObject({
      perSender10m: count.default(3),
      perSender24h: count.default(10),
      perMailbox10m: count.default(30),
    })
    .prefault({}),
  /** Messages approved by WhatsApp for the time after the 24-hour window: which text, in which language, under which ContentSid. */
  templates: z
    .array(
      z.strictObject({
        channel: z.literal('whatsapp').default('whatsapp'),
        /** A key of flows/texts/, or `agent.reply` for an agent's own words. */
        text: z.string().min(1),
        language: z.enum(['en', 'zh']).default('en'),
        contentSid: z.string().regex(/^HX[0-9a-f]{32}$/i, "is Twilio's ContentSid: HX and 32 hexadecimal digits"),
        /** Names of the text's values, in the order of the template's {{1}}, {{2}} … */
        variables: z.array(z.string().min(1)).default([]),
      }),
    )
    .default([]),
  /** Turns in ten minutes after which chat goes to a person. */
  loopGuard: count.max(30).default(30),
  /** When people are there; left out: always. Teams may have their own. */
  hours: hoursSchema.optional(),
  /** What is promised, in working time. */
  sla: slaSchema,
  teams: teamsSchema,
  /** Who goes to the customers. */
  engineers: engineersSchema,
  dispatch: dispatchSchema,
  appointments: appointmentsSchema,
  /** For what maintenance plans leave out. */
  inspections: inspectionsSchema,
  /** What is inspected, and how often; more can be made through the API. */
  maintenancePlans: plansSchema,
  cannedReplies: cannedRepliesSchema,
  /** Parts reserved before a visit: those likely to be needed at least so often, 0 to 1. */
  kit: z.strictObject({ atLeast: z.number().min(0).max(1).default(0.3) }).prefault({}),
  /** When to order them again. */
  parts: partsSchema,
  /** What is to be learnt from repairs, and who hears of it. */
  insights: insightsSchema,
  /** What an agent chooses from when resolving. */
  failureRecord: failureListsSchema,
  /** Other systems that are told of events. */
  webhooks: webhooksSchema,
})

/** Each by itself, and what only shows when they are seen together. */
export const companySchema = eachSetting.superRefine((settings, context) => {
  checkForms(settings, (path, message) => context.addIssue({ code: 'custom', path, message }))
  checkDigest(settings, (path, message) => context.addIssue({ code: 'custom', path, message }))
})

export type TemplateSetting = z.output<typeof companySchema>['templates'][number]

export interface Company {
  flow: FlowSettings
  products: readonly ProductSetting[]
  surveyDelayMs: number
  surveyExpiresAfterMs: number
  quotes: { currency: string; validForMs: number; fourEyes: boolean }
  pendingReminderMs: number
  closeAfterMs: number
  agentTimeoutMs: number
  awayEveryMs: number
  mailBudget: { perSender10m: number; perSender24h: number; perMailbox10m: number }
  loopGuard: number
  templates: readonly TemplateSetting[]
  /** Null: people are always there. */
  hours: Hours | null
  /** By the team's name, where it has hours of its own. */
  teamHours: ReadonlyMap<string, Hours>
  sla: readonly SlaTarget[]
  teams: readonly Team[]
  cannedReplies: readonly CannedReply[]
  repeatWithinMs: number
  /** A share of past cases. */
  kitAtLeast: number
  parts: PartsSettings
  insights: InsightsSettings
  failureLists: FailureLists
  engineers: readonly EngineerSetting[]
  dispatch: DispatchSettings
  appointments: AppointmentSettings
  inspections: InspectionSettings
  maintenancePlans: z.output<typeof plansSchema>
  /** What it takes to repair a product, by its name. */
  productSkills: ReadonlyMap<string, readonly string[]>
  webhooks: WebhookSettings
}

export type CompanyResult = { kind: 'company'; company: Company } | { kind: 'wrong'; problems: string[] }

/** Reads the text of a settings file; problems are `file:line: field: what is wrong`. */
export function readCompany(yaml: string, file: string, defaults: { surveyDelayMs: number }): CompanyResult {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines })
  if (document.errors.length > 0)
    return { kind: 'wrong', problems: document.errors.map((error) => `${file}:${error.linePos?.[0].line ?? 1}: ${error.message.split('\n')[0]}`) }
  const parsed = companySchema.safeParse(document.toJS() ?? {})
  if (!parsed.success)
    return {
      kind: 'wrong',
      problems: parsed.error.issues.flatMap((issue) => {
        const path = issue.path.filter((part) => typeof part !== 'symbol')
        const at = (named: readonly (string | number)[], message: string) =>
          `${file}:${lineOf(document, lines, named)}: ${named.join('.') || 'the file'}: ${message}`
        return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => at([...path, key], 'is no setting')) : [at(path, issue.message)]
      }),
    }
  const settings = parsed.data
  return {
    kind: 'company',
    company: {
      flow: {
        company: settings.company,
        language: settings.language,
        timeZone: settings.timeZone,
        country: settings.country,
        ...readForms(settings),
        products: settings.products,
        incompleteAfterMs: settings.incompleteAfter,
        failureLists: settings.failureRecord,
        reopenWithinMs: settings.reopenWithin,
        sameCaseWithinMs: settings.sameCaseWithin,
      },
      products: settings.products.map(({ name, aliases, warranty, served }) => ({
        name,
        aliases,
        warranty: { labour: warranty.labour ?? null, parts: warranty.parts ?? null },
        served,
      })),
      surveyDelayMs: settings.survey.delay ?? defaults.surveyDelayMs,
      surveyExpiresAfterMs: settings.survey.expiresAfter,
      quotes: { currency: settings.quotes.currency, validForMs: settings.quotes.validFor, fourEyes: settings.quotes.fourEyes },
      pendingReminderMs: settings.pendingReminder,
      closeAfterMs: settings.closeAfter,
      agentTimeoutMs: settings.agentTimeout,
      awayEveryMs: settings.awayEvery,
      mailBudget: settings.mailBudget,
      loopGuard: settings.loopGuard,
      templates: settings.templates,
      hours: settings.hours === undefined ? null : readHours(settings.hours, settings.timeZone),
      teamHours: new Map(settings.teams.flatMap(({ name, hours }) => (hours === undefined ? [] : [[name, readHours(hours, settings.timeZone)]]))),
      sla: settings.sla,
      teams: settings.teams,
      cannedReplies: settings.cannedReplies,
      repeatWithinMs: settings.repeatWithin,
      kitAtLeast: settings.kit.atLeast,
      parts: settings.parts,
      insights: settings.insights,
      failureLists: settings.failureRecord,
      engineers: settings.engineers,
      dispatch: settings.dispatch,
      appointments: settings.appointments,
      webhooks: settings.webhooks,
      inspections: settings.inspections,
      maintenancePlans: settings.maintenancePlans,
      productSkills: new Map(settings.products.map(({ name, skills }) => [name.toLowerCase(), skills])),
    },
  }
}

/** The line of the innermost part of `path` that the file has. */
function lineOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true)
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      const start: unknown = node.range[0]
      if (typeof start === 'number') return lines.linePos(start).line
    }
  }
  return 1
}
