// An agent's words to the customer: a reply, or a question on whose answer the ticket waits.
import { timestamp } from '../clock.ts'
import { conversationStream, type Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { decideAgentReply } from '../intake/speak-first.ts'
import type { Changed, Consequence, Decision } from '../journal/index.ts'
import { decideStatus, ticketStream, type Ticket } from '../tickets/index.ts'
import { changeTicket, checkTicket, type Deed, type TicketRefusal } from './change-ticket.ts'
import type { Agent } from './claim.ts'

export interface Words {
  text: string
  agent: Agent
  /** Position of the last message the agent had seen; words of another agent after it refuse these. Absent: not asked. */
  seen?: number | undefined
}

export type ReplyResult = { kind: 'queued' } | { kind: 'refused'; refusal: TicketRefusal }

/** The agent has the conversation from then on. Stored, and in the outbox, when this resolves. */
export async function reply(core: Core, number: string, words: Words, deed: Deed): Promise<ReplyResult> {
  const ticket = await core.journal.load(ticketStream, number)
  const refusal = checkTicket(ticket, deed.version)
  if (refusal !== undefined) return { kind: 'refused', refusal }
  if (ticket.conversation === null) return { kind: 'refused', refusal: { kind: 'no_conversation' } }
  return replyIn(core, ticket.conversation, number, words, deed)
}

/** The same in a conversation, whether or not it is about a ticket. */
export async function replyIn(core: Core, conversation: string, ticket: string | null, words: Words, deed: Deed): Promise<ReplyResult> {
  const changed = await core.journal.change<Conversation, TicketRefusal>(conversationStream, conversation, {
    key: deed.key,
    async decide(state): Promise<Decision<TicketRefusal>> {
      const unfit = await checkWords(core, state, words)
      if (unfit !== undefined) return { kind: 'refused', refusal: unfit }
      if (deed.mayCommit?.() === false) return { kind: 'refused', refusal: { kind: 'too_late' } }
      return decideAgentReply(core, state, alarmOf(conversation, ticket, words))
    },
  })
  return changed.kind === 'refused' ? { kind: 'refused', refusal: changed.refusal } : { kind: 'queued' }
}

/** Says the words and lets the ticket wait for the answer, as one change. */
export async function ask(core: Core, number: string, words: Words, deed: Deed): Promise<Changed<Ticket, TicketRefusal>> {
  const { conversation } = await core.journal.load(ticketStream, number)
  const unfit = conversation === null ? undefined : await checkWords(core, await core.journal.load(conversationStream, conversation), words)
  return changeTicket(core, number, deed, (ticket) => {
    if (ticket.conversation === null) return { refusal: { kind: 'no_conversation' } }
    if (unfit !== undefined) return { refusal: unfit }
    const said: Consequence = { do: 'arm', at: timestamp(core.clock.now()), alarm: alarmOf(ticket.conversation, number, words) }
    const moved = decideStatus(core, ticket, { to: 'pending', comment: null, tell: false })
    if (moved === undefined) return { events: [], effects: [said] }
    return 'refusal' in moved ? moved : { events: moved.events, effects: [said, ...moved.effects] }
  })
}

function alarmOf(conversation: string, ticket: string | null, { text, agent }: Words) {
  return { kind: 'reply', conversation, text, agent: agent.id, speaker: agent.name, ticket } as const
}

async function checkWords(core: Core, state: Conversation, { agent, seen }: Words): Promise<TicketRefusal | undefined> {
  if (state.place === null) return { kind: 'no_conversation' }
  if (!core.channels.has(state.place.channel)) return { kind: 'channel_off', channel: state.place.channel }
  if (seen === undefined) return undefined
  const [other] = await core.collections.messages.find(
    { conversation: state._id, direction: 'outbound', cause: 'agent', seq: { $gt: seen }, speaker: { $ne: agent.name } },
    { sort: { seq: -1 }, limit: 1 },
  )
  return other?.direction === 'outbound' ? { kind: 'overtaken', name: other.speaker, at: other.createdAt, text: other.text } : undefined
}
