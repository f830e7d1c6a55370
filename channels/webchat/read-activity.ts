// Reads what a client posted as an activity: which kind it is, or why it cannot be one.
import { z } from 'zod'

/** Characters of text in one message, UTF-16 units as in a browser's `maxlength`. */
export const textLimit = 8000

/** Bytes of an activity: 8,000 characters however escaped, and what clients add to them. */
export const activityLimit = 128 * 1024

const channelData = z.looseObject({
  /** Set by directlinejs's callers (Web Chat, our widget): the same for every try. */
  clientActivityID: z.string().min(1).max(200).optional(),
  /** Set by our widget: the value of the choice that was pressed. */
  choice: z.string().max(1000).optional(),
})

/** https://github.com/microsoft/botframework-sdk/blob/main/specs/botframework-activity/botframework-activity.md */
const activitySchema = z.object({
  type: z.string().min(1).max(100),
  id: z.string().max(200).nullish(),
  text: z.string().nullish(),
  locale: z.string().max(100).nullish(),
  from: z.looseObject({ name: z.string().max(200).nullish() }).nullish(),
  value: z.unknown().optional(),
  replyToId: z.string().max(200).nullish(),
  attachments: z.array(z.unknown()).nullish(),
  channelData: channelData.nullish(),
})

export type Activity = z.infer<typeof activitySchema>

export type ActivityRead =
  | { kind: 'message'; activity: Activity }
  /** Real, and of no weight here: somebody types, has joined, a page tells its language. */
  | { kind: 'passing' }
  | { kind: 'refused'; reason: string }

const passing = new Set(['typing', 'event', 'conversationUpdate', 'endOfConversation', 'messageReaction', 'trace'])

export function readActivity(bytes: Uint8Array): ActivityRead {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { kind: 'refused', reason: 'The body is not JSON in UTF-8.' }
  }
  const parsed = activitySchema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return { kind: 'refused', reason: `The activity is malformed at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? ''}` }
  }
  const { type } = parsed.data
  if (type === 'message') return { kind: 'message', activity: parsed.data }
  if (passing.has(type)) return { kind: 'passing' }
  return { kind: 'refused', reason: 'This type of activity is not taken: post "message".' }
}
