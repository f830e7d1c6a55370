// A task that belongs to no ticket: what it is about, and taking its conversation on as a ticket of one's own.
import { timestamp, type Timestamp } from '../clock.ts'
import { conversationStream, type Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import type { Decision, TaskKind } from '../journal/index.ts'
import type { ChannelName, InboundMessage } from '../message.ts'
import { freshTicketNumber, type FreshTicket } from '../tickets/index.ts'
import type { Deed, TicketRefusal } from './change-ticket.ts'
import { claim, type Agent } from './claim.ts'
import { closeTask } from './close-task.ts'
import { maskAddress } from './mask.ts'

export interface TaskCard {
  id: string
  kind: TaskKind
  state: 'open' | 'done'
  doneBy: string | null
  since: Timestamp
  about: string | null
  /** Null for what no customer said. */
  customer: { name: string | null; channel: ChannelName; address: string; lastWords: string } | null
}

/** Undefined when there is none with this id, or it belongs to a ticket, whose card shows it. */
export async function taskCardOf(core: Core, id: string): Promise<TaskCard | undefined> {
  const task = await core.collections.tasks.get(id)
  if (task === undefined || task.ticket !== null) return undefined
  const state = task.conversation === null ? undefined : await core.journal.load(conversationStream, task.conversation)
  const [last] = state === undefined ? [] : await wordsOf(core, state._id, 1)
  const customer =
    state?.place == null
      ? null
      : {
          name: (await core.collections.customers.get(state.customer))?.name ?? last?.from.name ?? null,
          channel: state.place.channel,
          address: maskAddress(state.place.address),
          lastWords: last?.text ?? '',
        }
  return { id, kind: task.kind, state: task.state, doneBy: task.doneBy, since: task.createdAt, about: task.about ?? null, customer }
}

export type TakeResult = { kind: 'taken'; ticket: string } | { kind: 'refused'; refusal: TicketRefusal }

/** The conversation becomes a ticket of the agent's; one that it has meanwhile is claimed. */
export async function takeTask(core: Core, id: string, agent: Agent, deed: Deed): Promise<TakeResult> {
  const conversation = (await core.collections.tasks.get(id))?.conversation
  if (!conversation) return { kind: 'refused', refusal: { kind: 'no_conversation' } }
  const number = await freshTicketNumber(core)
  const changed = await core.journal.change<Conversation, TicketRefusal>(conversationStream, conversation, {
    key: deed.key,
    async decide(state): Promise<Decision<TicketRefusal>> {
      const { place } = state
      if (place === null) return { kind: 'refused', refusal: { kind: 'no_conversation' } }
      if (state.ticket !== null) return { kind: 'nothing' }
      const said = await wordsOf(core, conversation, 200)
      const ticket: FreshTicket = { ...(await ticketOf(core, state, said)), _id: number, channel: place.channel }
      if (deed.mayCommit?.() === false) return { kind: 'refused', refusal: { kind: 'too_late' } }
      return {
        kind: 'entry',
        actor: deed.actor,
        events: [{ type: 'conversation.ticket_tied', ticket: number }],
        effects: [
          { do: 'ticket', number, change: { change: 'open', ticket } },
          { do: 'attach', messages: said.filter((message) => message.ticket === null).map(({ _id }) => _id), ticket: number },
        ],
      }
    },
  })
  if (changed.kind === 'refused') return { kind: 'refused', refusal: changed.refusal }
  const ticket = changed.state.ticket ?? number
  const claimed = await claim(core, ticket, agent, { force: false, accept: false }, { ...deed, key: `${deed.key}/claim` })
  if (claimed.kind === 'refused') return { kind: 'refused', refusal: claimed.refusal }
  await closeTask(core, id, agent.id)
  return { kind: 'taken', ticket }
}

async function ticketOf(core: Core, state: Conversation, said: readonly InboundMessage[]): Promise<Omit<FreshTicket, '_id' | 'channel'>> {
  const words = said.toReversed().map(({ text }) => text)
  const now = timestamp(core.clock.now())
  return {
    statusSince: now,
    priority: 'normal',
    subject: said[0]?.subject ?? words.at(-1)?.slice(0, 80).toWellFormed() ?? '',
    description: words.join('\n\n'),
    language: state.language,
    customer: { id: state.customer, name: (await core.collections.customers.get(state.customer))?.name ?? said[0]?.from.name ?? null },
    conversation: state._id,
    fields: {},
    createdAt: now,
  }
}

/** What the customer wrote, the latest first. */
async function wordsOf(core: Core, conversation: string, limit: number): Promise<InboundMessage[]> {
  const found = await core.collections.messages.find({ conversation, direction: 'inbound' }, { sort: { seq: -1 }, limit })
  return found.filter((message) => message.direction === 'inbound')
}
