// What Slack already has of a message of ours: each post carries the message's id, so that after a crash nobody has to guess.
// https://docs.slack.dev/messaging/message-metadata
import { WebAPIPlatformError } from '@slack/web-api'
import { z } from 'zod'
import type { OutboundMessage } from '../../src/message.ts'
import type { SlackContext } from './context.ts'

const eventType = 'mendline_message'
/** Slack's clock and ours may differ by so much, seconds. */
const skew = 300
/** Pages of 200 to look through: a conversation in which more was said since is not looked up further. */
const pagesMax = 5

export function metadataOf(message: Pick<OutboundMessage, '_id'>, part: number): { event_type: string; event_payload: { id: string; part: number } } {
  return { event_type: eventType, event_payload: { id: message._id, part } }
}

export interface Posted {
  /** The `ts` of each part that is there. */
  parts: Map<number, string>
  /** True once a post of ours since then holds all the files by name. */
  files: boolean
}

/** Where a message goes: into the thread in which it was asked, or straight into the conversation. Undefined when that is nowhere in Slack. */
export function targetOf({ inReplyTo, place }: Pick<OutboundMessage, 'inReplyTo' | 'place'>): { channel: string; thread: string | undefined } | undefined {
  const [channel = '', thread] = (inReplyTo ?? place.thread).split(':')
  return /^[CDG][A-Z0-9]+$/.test(channel) ? { channel, thread } : undefined
}

const found = z.looseObject({
  ts: z.string(),
  user: z.string().optional(),
  metadata: z.looseObject({ event_type: z.string(), event_payload: z.looseObject({ id: z.string().optional(), part: z.number().optional() }) }).optional(),
  files: z.array(z.looseObject({ name: z.string().nullish() })).optional(),
})

/** Throws as the client does. */
export async function lookUp(message: OutboundMessage, { client, identity }: SlackContext): Promise<Posted> {
  const posted: Posted = { parts: new Map(), files: message.attachments.length === 0 }
  const target = targetOf(message)
  if (target === undefined) return posted
  const { channel, thread } = target
  const oldest = String(Date.parse(message.createdAt) / 1000 - skew)
  const { botUser } = await identity()
  const names = message.attachments.map(({ name }) => name)
  let cursor: string | undefined
  for (let page = 0; page < pagesMax && cursor !== ''; page++) {
    const about = { channel, oldest, include_all_metadata: true, limit: 200, ...(cursor === undefined ? {} : { cursor }) }
    const answer = await (thread === undefined ? client.conversations.history(about) : client.conversations.replies({ ...about, ts: thread })).catch(
      emptyThread,
    )
    for (const each of answer.messages ?? []) {
      const { data } = found.safeParse(each)
      if (data === undefined) continue
      const { event_type, event_payload } = data.metadata ?? {}
      if (event_type === eventType && event_payload?.id === message._id) posted.parts.set(event_payload.part ?? 0, data.ts)
      const has = (data.files ?? []).map(({ name }) => name)
      if (data.user === botUser && names.length > 0 && Number(data.ts) >= Number(oldest) && names.every((name) => has.includes(name))) posted.files = true
    }
    cursor = answer.response_metadata?.next_cursor ?? ''
  }
  return posted
}

/** A thread whose root is gone holds nothing of ours that anybody could see. */
function emptyThread(error: unknown): { messages: []; response_metadata?: { next_cursor?: string } } {
  if (error instanceof WebAPIPlatformError && error.data.error === 'thread_not_found') return { messages: [] }
  throw error
}
