// What was open in a conversation goes on in another: it is asked no more here, and who comes back reads so.
import type { Channel } from '../channel.ts'
import type { Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import type { Alarm, Decision } from '../journal/index.ts'
import { contactPointId } from '../message.ts'
import { placeOf } from './ask-bot.ts'
import { isMuted } from './consent.ts'
import { decideProactive } from './speak-first.ts'

/** Not worth a mail, nor a word where nothing may be said. */
export async function decideMoved(
  core: Core,
  channel: Channel,
  state: Conversation,
  { ticket, tell }: Extract<Alarm, { kind: 'moved' }>,
): Promise<Decision<never>> {
  const { channel: name, address } = placeOf(state)
  const muted = isMuted(await core.collections.contactPoints.get(contactPointId(name, address)))
  const say = tell && !muted && !channel.abilities.budgeted ? [{ text: 'report.moved', with: { number: ticket }, kind: 'statement', ticket } as const] : []
  return decideProactive(core, channel, state, { kind: 'moved', ticket, say }, ticket)
}
