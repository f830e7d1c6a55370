// What a language model may say about a message: a guess, checked against this schema and then against the customer's own words.
import { z } from 'zod'

/** What a model may find. It can neither cancel, approve nor opt out: words that undo something are read by rules alone. */
export const modelIntents = ['report_repair', 'ask_status', 'add_information', 'talk_to_person', 'thank', 'greet', 'none'] as const

const words = z.string().trim().min(1).max(300).nullable().catch(null)

export const readingSchema = z.object({
  intent: z.enum(modelIntents).catch('none'),
  product: words,
  serial: words,
  errorCode: words,
  symptom: words,
  address: words,
  contactName: words,
  phone: words,
  email: words,
  preferredTime: words,
})

/** As stored on the message, so that a turn that is tried again reads the same. */
export type ModelReading = z.output<typeof readingSchema>

/** Kept where a model made nothing of a message, so that it is not asked again. */
export const nothingRead: ModelReading = readingSchema.parse({
  intent: 'none',
  product: null,
  serial: null,
  errorCode: null,
  symptom: null,
  address: null,
  contactName: null,
  phone: null,
  email: null,
  preferredTime: null,
})

/** The first JSON object in an answer, if it fits; undefined for anything else. */
export function parseReading(answer: string): ModelReading | undefined {
  const json = /\{[^]*\}/.exec(answer)?.[0]
  if (json === undefined) return undefined
  try {
    const parsed = readingSchema.safeParse(JSON.parse(json))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
