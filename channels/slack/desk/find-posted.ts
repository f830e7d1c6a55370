// What Slack already has of a ticket: cards and thread posts carry what they are, so that after a crash nobody has to guess.
// https://docs.slack.dev/messaging/message-metadata
import { z } from 'zod'
import { WebAPIPlatformError } from '@slack/web-api'
import type { SlackContext } from '../context.ts'

export const cardEvent = 'mendline_card'
export const saidEvent = 'mendline_said'
export const warningEvent = 'mendline_warning'
export const noticeEvent = 'mendline_notice'
export const poolEvent = 'mendline_pool'
export const digestEvent = 'mendline_digest'

/** Slack's clock and ours may differ by so much, seconds. */
const skew = 300
const pagesMax = 10

const posted = z.looseObject({
  ts: z.string(),
  user: z.string().optional(),
  metadata: z.looseObject({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
  files: z.array(z.looseObject({ name: z.string().nullish() })).optional(),
})
export type Post = z.output<typeof posted>

/** Posts of a channel, or of a thread in it, since then (ISO 8601), as far as Slack shows them. */
export async function* postsSince({ client }: SlackContext, channel: string, since: string, thread?: string): AsyncGenerator<Post> {
  let cursor: string | undefined
  for (let page = 0; page < pagesMax && cursor !== ''; page++) {
    const about = {
      channel,
      oldest: String(Date.parse(since) / 1000 - skew),
      include_all_metadata: true,
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    }
    const answer = await (thread === undefined ? client.conversations.history(about) : client.conversations.replies({ ...about, ts: thread }))
    for (const message of answer.messages ?? []) {
      const read = posted.safeParse(message)
      if (read.success) yield read.data
    }
    cursor = answer.response_metadata?.next_cursor ?? ''
  }
}

/** The `ts` of the post that says of itself that it is this; undefined when there is none. */
export async function findPost(
  context: SlackContext,
  channel: string,
  since: string,
  event: string,
  is: (payload: Readonly<Record<string, unknown>>) => boolean,
  thread?: string,
): Promise<string | undefined> {
  for await (const { ts, metadata } of postsSince(context, channel, since, thread)) if (metadata?.event_type === event && is(metadata.event_payload)) return ts
  return undefined
}

/** The code of Slack's refusal; undefined for any other trouble. */
export function refusalCode(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined
}
