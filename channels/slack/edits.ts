// A customer changed or deleted what they wrote: noted in the conversation for whoever reads it. The bot does not answer to it.
import { z } from 'zod'
import type { Door } from '../../src/channel.ts'
import type { NewMessage } from '../../src/message.ts'
import { addressOf, slackMessage, whoWeAre, type SlackMessage } from './read-event.ts'
import type { EventBody } from './read-request.ts'
import { isKnown } from './take-event.ts'
import { plainText } from './text.ts'

const edit = z.looseObject({
  type: z.literal('message'),
  subtype: z.enum(['message_changed', 'message_deleted']),
  channel: z.string(),
  channel_type: z.string().optional(),
  message: z.looseObject({ ...slackMessage.shape, edited: z.looseObject({ ts: z.string() }).optional() }).optional(),
  previous_message: slackMessage.optional(),
})

/** Answers whether it was an edit. In conversations that are none of ours nothing is noted. */
export async function noteEdit(body: EventBody, raw: Uint8Array, door: Door, isInternal: (channel: string) => boolean): Promise<boolean> {
  const read = edit.safeParse(body.event)
  if (!read.success || isInternal(read.data.channel)) return false
  const { subtype, channel, message, previous_message: before } = read.data
  const we = whoWeAre(body)
  const written = before ?? message
  if (written?.user === undefined || written.user === we.botUser || written.bot_id) return true
  const old = plainText(before?.text ?? '', we.botUser)
  const now = subtype === 'message_deleted' ? undefined : plainText(message?.text ?? '', we.botUser)
  // Slack calls it a change, too, when it shows a preview of a page below a message.
  if (now !== undefined && (message?.edited === undefined || now === old)) return true
  const note: NewMessage = {
    channel: 'slack',
    account: we.team,
    providerId: `${we.team}:${channel}:${written.ts}:${now === undefined ? 'deleted' : `edited:${message?.edited?.ts}`}`,
    keyWithoutAccount: false,
    from: { address: addressOf(written, written.user, we.team) },
    thread: '',
    text: now === undefined ? `[deleted] ${old}` : `[edited] ${now}`,
    fullText: now === undefined ? `[deleted] ${old}` : `[edited] ${now}\n\n[before] ${old}`,
    // It is Slack that tells: to a machine the bot says nothing.
    author: 'machine',
    attachments: [],
    raw: { name: 'event.json', contentType: 'application/json', content: raw },
  }
  for (const thread of threadsOf(channel, read.data.channel_type, written))
    if (await isKnown(note, thread, door)) {
      await door.accept({ kind: 'message', message: { ...note, thread } })
      return true
    }
  return true
}

/** Where the message may have been taken in, the likeliest first. */
function threadsOf(channel: string, type: string | undefined, { ts, thread_ts: thread }: SlackMessage): string[] {
  const own = `${channel}:${thread ?? ts}`
  return type === 'im' ? [channel, own] : [own]
}
