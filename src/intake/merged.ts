// The ticket a conversation was about lives on in another: the conversation goes on with that one, and its customer hears of it.
import type { Channel } from '../channel.ts'
import { mergedTicket, type Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import type { Alarm, Decision } from '../journal/index.ts'
import { decideProactive } from './speak-first.ts'

export async function decideMerged(
  core: Core,
  channel: Channel,
  state: Conversation,
  { from, into, say }: Extract<Alarm, { kind: 'merged' }>,
): Promise<Decision<never>> {
  const event = { type: 'conversation.ticket_merged', from, into } as const
  if (say.length === 0) return { kind: 'entry', actor: { kind: 'system', id: null }, events: [event], effects: [] }
  const told = await decideProactive(core, channel, mergedTicket(state, from, into), { kind: 'news', say }, into)
  return told.kind === 'entry' ? { ...told, events: [event, ...told.events] } : told
}
