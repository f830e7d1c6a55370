// Sends one message: its words in one or more posts, then its files. What Slack has of it already is not sent again.
import { buffer } from 'node:stream/consumers'
import type { Outgoing, Receipt } from '../../src/channel.ts'
import { SendError } from '../../src/errors.ts'
import type { Files } from '../../src/files/files.ts'
import type { OutboundMessage } from '../../src/message.ts'
import { compose } from './compose.ts'
import type { SlackContext } from './context.ts'
import { lookUp, metadataOf, targetOf, type Posted } from './posted.ts'
import { sendErrorOf } from './send-error.ts'

/** @throws SendError */
export async function sendMessage({ message, files }: Outgoing, context: SlackContext): Promise<Receipt> {
  const target = targetOf(message)
  if (target === undefined) throw new SendError('never', 'this customer has no conversation in Slack')
  try {
    // An attempt before this one may have got half-way, or all the way without our hearing of it.
    const posted: Posted = message.attempts > 0 ? await lookUp(message, context) : { parts: new Map(), files: false }
    await post(message, target, posted, context)
    if (message.attachments.length > 0 && !posted.files) await upload(message, files, target, context)
    return receiptOf(message, target.channel, posted)
  } catch (error) {
    throw sendErrorOf(error)
  }
}

/** Did Slack get all of it? Throws `SendError`. */
export async function findMessage(message: OutboundMessage, context: SlackContext): Promise<Receipt | undefined> {
  const target = targetOf(message)
  if (target === undefined) return undefined
  try {
    const posted = await lookUp(message, context)
    const whole = posted.files && compose(message).every((_, part) => posted.parts.has(part))
    return whole ? receiptOf(message, target.channel, posted) : undefined
  } catch (error) {
    throw sendErrorOf(error)
  }
}

type Target = NonNullable<ReturnType<typeof targetOf>>

async function post(message: OutboundMessage, { channel, thread }: Target, posted: Posted, { client }: SlackContext): Promise<void> {
  for (const [part, { text, blocks }] of compose(message).entries()) {
    if (posted.parts.has(part)) continue
    const { ts } = await client.chat.postMessage({
      channel,
      text,
      ...(blocks === undefined ? {} : { blocks }),
      ...(thread === undefined ? {} : { thread_ts: thread }),
      metadata: metadataOf(message, part),
      // Plain text stays plain: no formatting, no names turned into mentions, no pages shown below it.
      mrkdwn: false,
      parse: 'none',
      link_names: false,
      unfurl_links: false,
      unfurl_media: false,
    })
    posted.parts.set(part, ts ?? '')
  }
}

async function upload(message: OutboundMessage, files: Files, { channel, thread }: Target, { client }: SlackContext): Promise<void> {
  const read = await Promise.all(
    message.attachments.map(async ({ file, name }) => {
      const stored = await files.read(file)
      if (stored === undefined) throw new SendError('never', 'an attachment is no longer in the files')
      return { file: await buffer(stored.content), filename: name, title: name }
    }),
  )
  await client.filesUploadV2({ channel_id: channel, ...(thread === undefined ? {} : { thread_ts: thread }), file_uploads: read })
}

/** Slack tells nothing later: what it took is there to be read. */
function receiptOf({ place, _id }: OutboundMessage, channel: string, posted: Posted): Receipt {
  return { providerId: `${place.account}:${channel}:${posted.parts.get(0) ?? _id}`, state: 'delivered' }
}
