// Keeps the card of a ticket in the channel of its team up to date, in place, and its thread behind it.
import { WebAPIRateLimitedError } from '@slack/web-api'
import type { Door } from '../../../src/channel.ts'
import type { TicketCard } from '../../../src/desk/index.ts'
import type { SlackContext } from '../context.ts'
import { sendErrorOf } from '../send-error.ts'
import { drawCard, drawMoved, type Drawn } from './card.ts'
import { cardEvent, findPost, refusalCode } from './find-posted.ts'
import { holdCard, type Hold } from './hold.ts'
import { mirror } from './mirror.ts'

/** Throws `SendError` `later` where Slack asks to slow down, and as the client does. */
export async function showTicket(number: string, door: Door, context: SlackContext): Promise<void> {
  const { desk } = door
  const before = await desk.card(number)
  if (before === undefined || channelOf(before, context) === undefined || (await isUpToDate(before, door, context))) return
  const hold = await holdCard(desk.cards, number, context.options.clock)
  try {
    // As it is now that nobody else draws it.
    const card = (await desk.card(number)) ?? before
    const channel = channelOf(card, context)
    if (channel === undefined) return await hold.release('done')
    await place(card, channel, hold, context)
    await mirror(number, hold, door, context)
  } catch (error) {
    // Refused is not done; of anything else nobody knows.
    const slow = error instanceof WebAPIRateLimitedError
    await hold.release(slow || refusalCode(error) !== undefined ? 'done' : 'unclear')
    throw slow ? sendErrorOf(error) : error
  }
  await hold.release('done')
}

/** The channel of the ticket's team, else the triage channel; undefined where there is neither. */
export function channelOf({ team }: Pick<TicketCard, 'team'>, { options }: SlackContext): string | undefined {
  return team?.slackChannel ?? options.triageChannel
}

async function isUpToDate(card: TicketCard, { desk }: Door, context: SlackContext): Promise<boolean> {
  const known = await desk.cards.get(card.ticket.number)
  if (known === undefined || known.busyUntil !== null || known.ts === null) return false
  if (known.channel !== channelOf(card, context) || known.shown !== drawCard(card).digest) return false
  return (await desk.exchange(card.ticket.number, known.posted, 1)).length === 0
}

async function place(card: TicketCard, channel: string, hold: Hold, context: SlackContext): Promise<void> {
  const drawn = drawCard(card)
  const { channel: stood, ts } = hold.card
  if (ts !== null && stood === channel) {
    if (hold.card.shown === drawn.digest) return
    if (await update(channel, ts, drawn, card, context)) return hold.record({ shown: drawn.digest })
  }
  if (ts !== null && stood !== channel) await update(stood, ts, drawMoved(card, channel), card, context)
  // It may stand there from before: by a process that died over it, or before it moved away and back.
  const unsure = hold.inherited || (ts !== null && stood !== channel)
  const number = card.ticket.number
  const found = unsure ? await findPost(context, channel, card.ticket.createdAt, cardEvent, (payload) => payload['ticket'] === number) : undefined
  if (found !== undefined && (await update(channel, found, drawn, card, context)))
    return hold.record({ channel, ts: found, shown: drawn.digest, posted: stood === channel ? hold.card.posted : {} })
  const { ts: posted } = await context.client.chat.postMessage({ channel, ...contentOf(drawn, card) })
  await hold.record({ channel, ts: posted ?? null, shown: drawn.digest, posted: {} })
}

/** False when the card is gone. */
async function update(channel: string, ts: string, drawn: Drawn, card: TicketCard, { client }: SlackContext): Promise<boolean> {
  try {
    await client.chat.update({ channel, ts, ...contentOf(drawn, card) })
    return true
  } catch (error) {
    if (refusalCode(error) === 'message_not_found') return false
    throw error
  }
}

function contentOf({ text, blocks }: Drawn, { ticket }: TicketCard) {
  return {
    text,
    blocks,
    metadata: { event_type: cardEvent, event_payload: { ticket: ticket.number } },
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  } as const
}
