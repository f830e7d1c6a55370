// What was heard in one turn: a message, or a burst of them taken together.
import { z } from 'zod'
import type { FlowMessage } from '../src/flow.ts'
import { newsWays } from '../src/understanding/entities/way.ts'
import { intents, slots, type Intent, type Slot } from '../src/understanding/understanding.ts'

const words = z.string().optional()

/** Kept in a flow's state while it asks what the words belong to. */
export const heardSchema = z.object({
  ids: z.array(z.string()),
  text: z.string(),
  subject: words,
  choice: words,
  about: words,
  files: z.array(z.string()),
  /** What the codes on labels in its photos say. */
  codes: z.array(z.object({ format: z.string(), text: z.string() })).default([]),
  intent: z.enum(intents),
  confidence: z.number(),
  entities: z.object({
    product: words,
    serial: words,
    errorCode: words,
    symptom: words,
    address: words,
    contactName: words,
    phone: words,
    email: words,
    preferredTime: words,
    windows: z
      .array(z.object({ from: z.string(), until: z.string() }))
      .readonly()
      .optional(),
    ticketNumbers: z.array(z.string()).readonly(),
    rating: z.number().optional(),
    danger: z.boolean().optional(),
    urgent: z.boolean().optional(),
    another: z.boolean().optional(),
    corrects: z.boolean().optional(),
    way: z.enum(newsWays).optional(),
  }),
  /** Which of these are guesses, to be read back before they count. */
  uncertain: z.array(z.enum(slots)).default([]),
})
export type Heard = z.infer<typeof heardSchema>

/** Of several messages the one that wants most decides: "Hi" and "my washer leaks" are a report. */
export function hear(messages: readonly FlowMessage[]): Heard {
  const weightiest = messages.toSorted((one, other) => weight(other) - weight(one))[0]
  const subject = messages.find((message) => message.subject !== undefined)?.subject
  const choice = messages.findLast((message) => message.choice !== undefined)?.choice
  const about = messages.findLast((message) => message.about !== undefined)?.about
  return {
    ids: messages.map(({ id }) => id),
    text: messages
      .map(({ text }) => text.trim())
      .filter((text) => text !== '')
      .join('\n'),
    ...(subject === undefined ? {} : { subject }),
    ...(choice === undefined ? {} : { choice }),
    ...(about === undefined ? {} : { about }),
    files: messages.flatMap(({ attachments }) => attachments.map(({ file }) => file)),
    codes: messages.flatMap(({ codes = [] }) => codes),
    intent: weightiest?.understanding.intent ?? 'none',
    confidence: weightiest?.understanding.confidence ?? 0,
    entities: {
      ...messages.reduce((known, { understanding }) => ({ ...known, ...understanding.entities }), {}),
      ticketNumbers: [...new Set(messages.flatMap(({ understanding }) => understanding.entities.ticketNumbers))],
    },
    uncertain: uncertainOf(messages),
  }
}

/** Of two messages that name a thing the later counts. */
function uncertainOf(messages: readonly FlowMessage[]): Slot[] {
  return slots.filter(
    (slot) => messages.findLast(({ understanding }) => understanding.places[slot] !== undefined)?.understanding.places[slot]?.certain === false,
  )
}

const light: readonly Intent[] = ['confirm', 'deny', 'skip', 'later', 'back']

function weight({ understanding: { intent, confidence } }: FlowMessage): number {
  if (intent === 'none') return 0
  if (intent === 'thank' || intent === 'greet') return 1 + confidence
  return (light.includes(intent) ? 3 : 5) + confidence
}

/** "Yes", "skip" or "cancel my appointment" is no answer in words of one's own; a question with a fact in it is read before it comes to this. */
export function isOpenAnswer({ intent, confidence, choice }: Heard): boolean {
  return choice === undefined && (confidence < 0.85 || free.includes(intent))
}

/** What people want who answer in words of their own, as far as it looks like anything else. */
const free: readonly Intent[] = [
  'none',
  'report_repair',
  'add_information',
  'reopen',
  'order_part',
  'book_inspection',
  'thank',
  'greet',
  'complain',
  'talk_to_person',
  'ask_status',
  'reschedule',
]
