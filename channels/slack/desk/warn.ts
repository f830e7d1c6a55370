// A warning for whoever has a ticket, as a direct message; nobody has it, or they are not in Slack: for its team, under the card and in the channel.
import type { Door } from '../../../src/channel.ts'
import type { SlackContext } from '../context.ts'
import { escapeText } from '../text.ts'
import { findPost, refusalCode, warningEvent } from './find-posted.ts'
import { channelOf } from './show.ts'
import { isSlackUser, mrkdwn } from './words.ts'

/** Once per `key`, as far as Slack can be asked. Throws as the client does. */
export async function warnStaff({ ticket, text, key }: { ticket: string; text: string; key: string }, door: Door, context: SlackContext): Promise<void> {
  const card = await door.desk.card(ticket)
  if (card === undefined) return
  const place = (await directly(card.owner?.id, context)) ?? (await inChannel(ticket, channelOf(card, context), door))
  if (place === undefined) return
  const since = card.ticket.createdAt
  if ((await findPost(context, place.channel, since, warningEvent, (payload) => payload['key'] === key, place.thread)) !== undefined) return
  const { channel, thread } = place
  const words = `:alarm_clock: *${ticket}* ${escapeText(text)}`
  const said = {
    text: words,
    blocks: [{ type: 'section' as const, text: mrkdwn(words) }],
    metadata: { event_type: warningEvent, event_payload: { key, ticket } },
    parse: 'none' as const,
    unfurl_links: false,
  }
  await context.client.chat.postMessage(thread === undefined ? { channel, ...said } : { channel, thread_ts: thread, reply_broadcast: true, ...said })
}

interface Place {
  channel: string
  thread?: string
}

async function directly(owner: string | undefined, { client }: SlackContext): Promise<Place | undefined> {
  if (owner === undefined || !isSlackUser(owner)) return undefined
  try {
    const { channel } = await client.conversations.open({ users: owner })
    return channel?.id === undefined ? undefined : { channel: channel.id }
  } catch (error) {
    // Gone from the workspace, or no longer to be written to.
    if (refusalCode(error) === undefined) throw error
    return undefined
  }
}

async function inChannel(ticket: string, channel: string | undefined, { desk }: Door): Promise<Place | undefined> {
  if (channel === undefined) return undefined
  const card = await desk.cards.get(ticket)
  return card?.ts && card.channel === channel ? { channel, thread: card.ts } : { channel }
}
