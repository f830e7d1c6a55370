// What a customer says while a person speaks with them: the bot is silent, but the words belong to a ticket, and thanks acknowledge its last news.
import type { Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { identityOf } from '../customers/index.ts'
import type { Effect } from '../flow.ts'
import type { InboundMessage } from '../message.ts'
import { isOf, ticketStream } from '../tickets/index.ts'
import { understand } from '../understanding/index.ts'
import { repliesAbout } from './reply-context.ts'

interface ToAgent {
  /** The one that is answered or quoted, if it is theirs; else what the conversation is about. */
  ticket: string | null
  /** Nothing but thanks: nobody waits for an answer. */
  thanks: boolean
  effects: Effect[]
}

/** `messages` are one or more. */
export async function hearForAgent(core: Core, state: Conversation, messages: readonly InboundMessage[]): Promise<ToAgent> {
  const { products } = core.company().flow
  const ticket = (await answeredTicket(core, state, messages)) ?? state.ticket
  const thanks = messages.every(({ text, attachments }) => attachments.length === 0 && understand(text, { products }).intent === 'thank')
  const last = messages.at(-1)
  const effects: Effect[] = thanks && ticket !== null && last !== undefined ? [{ do: 'acknowledge', number: ticket, message: last._id }] : []
  return { ticket, thanks, effects }
}

async function answeredTicket(core: Core, { customer }: Conversation, messages: readonly InboundMessage[]): Promise<string | undefined> {
  const about = await repliesAbout(core, messages)
  const number = messages.map(({ _id }) => about[_id]).findLast((each) => each !== undefined)
  if (number === undefined) return undefined
  return isOf(await core.journal.load(ticketStream, number), (await identityOf(core.collections, customer)).ids) ? number : undefined
}
