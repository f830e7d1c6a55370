// Who speaks with the customer: an agent gives the conversation back to the bot.
import { conversationStream, type Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import type { Changed, Decision } from '../journal/index.ts'
import { ticketStream } from '../tickets/index.ts'
import type { Deed, TicketRefusal } from './change-ticket.ts'

export type ControlRefusal = Extract<TicketRefusal, { kind: 'unknown_ticket' | 'no_conversation' | 'too_late' }>

/** Nothing to do where the bot has it already. */
export function giveBack(core: Core, conversation: string, deed: Deed): Promise<Changed<Conversation, ControlRefusal>> {
  return core.journal.change<Conversation, ControlRefusal>(conversationStream, conversation, {
    key: deed.key,
    decide(state): Decision<ControlRefusal> {
      if (state.place === null) return { kind: 'refused', refusal: { kind: 'no_conversation' } }
      if (state.controlOwner === 'bot') return { kind: 'nothing' }
      if (deed.mayCommit?.() === false) return { kind: 'refused', refusal: { kind: 'too_late' } }
      return { kind: 'entry', actor: deed.actor, events: [{ type: 'conversation.returned_to_bot', reason: 'agent' }], effects: [] }
    },
  })
}

/** The same for the conversation of a ticket. */
export async function returnToBot(core: Core, number: string, deed: Deed): Promise<{ kind: 'done' } | { kind: 'refused'; refusal: ControlRefusal }> {
  const { n, conversation } = await core.journal.load(ticketStream, number)
  if (n === 0) return { kind: 'refused', refusal: { kind: 'unknown_ticket' } }
  if (conversation === null) return { kind: 'refused', refusal: { kind: 'no_conversation' } }
  const changed = await giveBack(core, conversation, deed)
  return changed.kind === 'refused' ? { kind: 'refused', refusal: changed.refusal } : { kind: 'done' }
}
