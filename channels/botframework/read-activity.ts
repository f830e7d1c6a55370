// Reads what was posted as an activity: the fields we look at, or why it cannot be one.
import type { Activity as SdkActivity } from 'botbuilder'
import { z } from 'zod'

/** Bytes. Files come by reference; what fills an activity is a pasted picture at most. */
export const activityLimit = 1024 * 1024

/** Names and ids as any store can hold them. */
const plain = z.string().refine((text) => text.isWellFormed() && !text.includes('\0'), 'holds a NUL or half a character')
const id = plain.min(1).max(2000)

const account = z.looseObject({ id, name: z.string().nullish(), aadObjectId: plain.nullish(), role: z.string().nullish() })

const attachment = z.looseObject({
  contentType: z.string().nullish(),
  contentUrl: z.string().nullish(),
  name: z.string().nullish(),
  content: z.unknown().optional(),
})

const entity = z.looseObject({
  type: z.string().nullish(),
  text: z.string().nullish(),
  mentioned: z.looseObject({ id: z.string().nullish(), name: z.string().nullish() }).nullish(),
  locale: z.string().nullish(),
  /** Teams: a message that was quoted. */
  quotedReply: z.looseObject({ messageId: plain.nullish() }).nullish(),
})

/** https://github.com/microsoft/botframework-sdk/blob/main/specs/botframework-activity/botframework-activity.md */
const activity = z.object({
  type: z.string().min(1).max(100),
  id: id.nullish(),
  timestamp: z.string().nullish(),
  channelId: id,
  /** Without it the SDK would compare it with nothing. */
  serviceUrl: z.url({ protocol: /^https?$/ }),
  from: account,
  recipient: account,
  conversation: z.looseObject({
    id,
    isGroup: z.boolean().nullish(),
    conversationType: z.string().nullish(),
    tenantId: plain.nullish(),
    name: z.string().nullish(),
  }),
  text: z.string().nullish(),
  locale: z.string().nullish(),
  name: z.string().nullish(),
  value: z.unknown().optional(),
  replyToId: plain.nullish(),
  entities: z.array(entity).nullish(),
  attachments: z.array(attachment).nullish(),
  channelData: z.unknown().optional(),
})

export type Activity = z.infer<typeof activity>

export type ActivityRead =
  /** `whole` is all that came, for the SDK. */
  { kind: 'activity'; activity: Activity; whole: SdkActivity } | { kind: 'refused'; reason: string }

export function readActivity(bytes: Uint8Array): ActivityRead {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { kind: 'refused', reason: 'the body is not JSON in UTF-8' }
  }
  const parsed = activity.safeParse(json)
  if (parsed.success && isWhole(json)) return { kind: 'activity', activity: parsed.data, whole: json }
  const issue = parsed.error?.issues[0]
  return { kind: 'refused', reason: `the activity is malformed at "${issue?.path.join('.') ?? ''}": ${issue?.message ?? ''}` }
}

/** The SDK's type promises more fields than any channel sends, and the SDK reads none that we have not. */
function isWhole(json: unknown): json is SdkActivity {
  return typeof json === 'object' && json !== null
}
