// What mendline.yaml says of the systems that send us webhooks: how each shows that it is the sender, and what its JSON means.
import { z } from 'zod'
import { duration } from '../duration.ts'
import { checkExpression } from './expression.ts'

const expression = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    const wrong = checkExpression(text)
    if (wrong !== undefined) context.addIssue(wrong)
  })

/** Words alone stand for themselves. */
const place = z.preprocess(
  (given) => (typeof given === 'string' ? { from: given } : given),
  z.strictObject({
    from: expression,
    /** The sender's word, and ours. What is not named is the default, or else as it is. */
    values: z.record(z.string(), z.string()).optional(),
    /** Where the sender says nothing. */
    default: z.string().optional(),
  }),
)
export type PlaceSetting = z.output<typeof place>

/** Paths, and what must stand there. */
const when = z.record(expression, z.union([z.string(), z.number(), z.boolean()])).default({})

const request = z.strictObject({
  /** Of the case: the same one is one ticket for ever. */
  id: place.optional(),
  subject: place.optional(),
  description: place.optional(),
  name: place.optional(),
  email: place.optional(),
  phone: place.optional(),
  serial: place.optional(),
  product: place.optional(),
  priority: place.optional(),
  language: place.optional(),
})

const fault = z.strictObject({
  /** Of this report, where the sender gives it one. */
  id: place.optional(),
  serial: place,
  code: place,
  /** `raised` or `cleared`; left out: raised. */
  state: place.optional(),
  product: place.optional(),
  description: place.optional(),
  priority: place.optional(),
  /** A fault that comes again so soon after it went is the same one still. */
  hysteresis: duration.prefault('30m'),
})

const shape = z
  .strictObject({ when, request: request.optional(), fault: fault.optional(), ignore: z.literal(true).optional() })
  .refine((one) => [one.request, one.fault, one.ignore].filter((each) => each !== undefined).length === 1, 'is one of request, fault and ignore')
export type Shape = z.output<typeof shape>

const hmac = z.strictObject({
  /** Where the signature of the body is. */
  header: z.string().regex(/^[A-Za-z0-9-]+$/, 'is no name of a header'),
  algorithm: z.enum(['sha256', 'sha512']).default('sha256'),
  encoding: z.enum(['hex', 'base64']).default('hex'),
  /** In front of it, e.g. `sha256=`. */
  prefix: z.string().default(''),
})

export const sourcesSchema = z
  .array(
    z.strictObject({
      source: z.string().regex(/^[a-z][a-z0-9-]{0,40}$/, 'is no name; use small letters, digits and -, as in shop-orders'),
      auth: z.union([z.literal(['standard', 'basic']), z.strictObject({ hmac })]).default('standard'),
      /** A header with the id of each report, besides `webhook-id`. */
      idHeader: z.string().min(1).optional(),
      /** The first that fits is what it is. */
      shapes: z.array(shape).min(1, 'name at least one'),
    }),
  )
  .default([])
  .refine((sources) => new Set(sources.map(({ source }) => source)).size === sources.length, 'has two sources of one name')

export type SourceSetting = z.output<typeof sourcesSchema>[number]

/** The variable of the environment that holds a source's secret. */
export function secretVariable(source: string): string {
  return `WEBHOOK_IN_${source.toUpperCase().replaceAll('-', '_')}_SECRET`
}
