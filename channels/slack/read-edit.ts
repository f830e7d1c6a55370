// A customer changed or deleted what they wrote: a note for whoever reads the conversation, to which the bot does not answer. Pure.
import { z } from 'zod'
import type { NewMessage } from '../../src/message.ts'
import type { EventBody } from './read-request.ts'
import { addressOf, slackMessage, whoWeAre } from './slack-message.ts'
import { plainText } from './text.ts'

const edit = z.looseObject({
  type: z.literal('message'),
  subtype: z.enum(['message_changed', 'message_deleted']),
  channel: z.string(),
  channel_type: z.string().optional(),
  message: z.looseObject({ ...slackMessage.shape, edited: z.looseObject({ ts: z.string() }).nullish() }).optional(),
  previous_message: slackMessage.optional(),
})

export type Edit =
  /** `threads`: where the message may have been taken in, the likeliest first; the note belongs there. */
  | { kind: 'note'; note: NewMessage; threads: string[] }
  /** Now it names us, and did not before: as good as written now. */
  | { kind: 'now_names_us'; event: Record<string, unknown> & { type: string } }
  /** Of a bot, or of nothing that a person wrote: Slack calls it a change, too, when it shows the preview of a page. */
  | { kind: 'none' }

/** Undefined when the event is no edit. */
export function readEdit(body: EventBody, raw: Uint8Array): Edit | undefined {
  const read = edit.safeParse(body.event)
  if (!read.success) return undefined
  const { subtype, channel, channel_type, message, previous_message: before } = read.data
  const we = whoWeAre(body)
  const written = before ?? message
  if (written?.user === undefined || written.user === we.botUser || written.bot_id) return { kind: 'none' }
  const deleted = subtype === 'message_deleted'
  if (!deleted && (!message?.edited || message.text === before?.text)) return { kind: 'none' }
  const names = (text: string | null | undefined): boolean => we.botUser !== undefined && (text ?? '').includes(`<@${we.botUser}`)
  if (!deleted && channel_type !== 'im' && names(message?.text) && !names(before?.text))
    return { kind: 'now_names_us', event: { ...message, type: 'message', channel, channel_type } }
  const old = plainText(before?.text ?? '', we.botUser)
  const now = plainText(message?.text ?? '', we.botUser)
  const own = `${channel}:${written.thread_ts ?? written.ts}`
  return {
    kind: 'note',
    threads: channel_type === 'im' ? [channel, own] : [own],
    note: {
      channel: 'slack',
      account: we.team,
      providerId: `${we.team}:${channel}:${written.ts}:${deleted ? 'deleted' : `edited:${message?.edited?.ts}`}`,
      keyWithoutAccount: false,
      from: { address: addressOf(written, written.user, we.team) },
      thread: own,
      text: deleted ? `[deleted] ${old}` : `[edited] ${now}`,
      fullText: deleted ? `[deleted] ${old}` : `[edited] ${now}\n\n[before] ${old}`,
      // It is Slack that tells: to a machine the bot says nothing.
      author: 'machine',
      attachments: [],
      raw: { name: 'event.json', contentType: 'application/json', content: raw },
    },
  }
}
