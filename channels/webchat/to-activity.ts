// Stored messages as the activities that a client shows.
import type { StoredMessage } from '../../src/message.ts'
import { activityId } from './activity-id.ts'
import { isShownInPlace } from './attachments.ts'
import { root, type Webchat } from './context.ts'
import { clientIdOf } from './to-message.ts'

export interface ActivitySet {
  activities: unknown[]
  watermark: string
}

/** Our own side in `from`; the speaker's name is an agent's, or `bot`. */
export const botAccount = 'mendline'

/** What a client was sent before, as far as the next page depends on it. */
export interface Before {
  /**
   * The id of the visitor's last message that this client has got. Web Chat holds an answer back for 5 s when it does not
   * know the message that it answers, so one from before the client's watermark is never named.
   */
  answered?: string
}

/** A page of history, not empty. The watermark names its last message, shown or not. Brings `before` up to date. */
export async function toActivitySet(webchat: Webchat, page: readonly StoredMessage[], before: Before = {}): Promise<ActivitySet> {
  const activities: unknown[] = []
  for (const message of page) {
    if (message.direction === 'outbound' && message.state === 'suppressed') continue
    activities.push(await toActivity(webchat, message, before.answered))
    if (message.direction === 'inbound') before.answered = activityId(message.conversation, message.seq)
  }
  return { activities, watermark: String(page.at(-1)?.seq ?? 0) }
}

async function toActivity(webchat: Webchat, message: StoredMessage, answered: string | undefined) {
  const shared = {
    type: 'message',
    id: activityId(message.conversation, message.seq),
    timestamp: message.createdAt,
    channelId: 'directline',
    conversation: { id: message.conversation },
    text: message.fullText,
    textFormat: 'plain',
    attachments: await Promise.all(message.attachments.map((_, index) => attachmentOf(webchat, message, index))),
  }
  if (message.direction === 'inbound') {
    const clientActivityID = clientIdOf(message.providerId)
    return {
      ...shared,
      from: { id: message.from.address, ...(message.from.name ? { name: message.from.name } : {}), role: 'user' },
      ...(message.locale ? { locale: message.locale } : {}),
      ...(clientActivityID === undefined ? {} : { channelData: { clientActivityID } }),
    }
  }
  return {
    ...shared,
    from: { id: botAccount, name: message.speaker, role: 'bot' },
    locale: message.language === 'zh' ? 'zh-CN' : 'en-US',
    inputHint: message.choices.length > 0 ? 'expectingInput' : 'acceptingInput',
    ...(answered === undefined ? {} : { replyToId: answered }),
    ...(message.choices.length === 0 ? {} : { suggestedActions: suggested(message.choices) }),
  }
}

/**
 * `imBack`: every client knows it and shows what was pressed as the visitor's own words. It sends the label back as text; the value
 * is in `channelData`, for clients that send it along (our widget does).
 */
function suggested(choices: readonly { value: string; label: string }[]) {
  return {
    to: [],
    actions: choices.map(({ value, label }) => ({ type: 'imBack', title: label, value: label, channelData: { choice: value } })),
  }
}

async function attachmentOf(webchat: Webchat, { conversation, seq, attachments }: StoredMessage, index: number) {
  const token = await webchat.tokens.file({ conversation, seq, index })
  const contentUrl = `${webchat.base}${root}/conversations/${conversation}/attachments/${seq}/${index}?t=${token}`
  const contentType = attachments[index]?.contentType ?? ''
  return {
    contentType,
    name: attachments[index]?.name,
    contentUrl,
    // Without one Web Chat shows the visitor's own photo as a mere link.
    ...(isShownInPlace(contentType) ? { thumbnailUrl: contentUrl } : {}),
  }
}

/** Somebody on our side is writing: on the stream only, kept nowhere. */
export function typingActivity(conversation: string, id: string, timestamp: string) {
  return {
    type: 'typing',
    id: `${conversation}|${id}`,
    timestamp,
    channelId: 'directline',
    conversation: { id: conversation },
    from: { id: botAccount, role: 'bot' },
  }
}
