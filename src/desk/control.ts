// Who speaks with the customer: handing over to whoever is free, taking over, and giving back to the bot. One speaker at a time, and
// one who falls silent loses the conversation to the bot.
import { timestamp } from '../clock.ts'
import { conversationStream, type Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import type { Changed, Consequence, Decision } from '../journal/index.ts'
import { ticketStream } from '../tickets/index.ts'
import type { Deed, TicketRefusal } from './change-ticket.ts'
import type { Agent } from './claim.ts'

export type ControlRefusal = Extract<TicketRefusal, { kind: 'unknown_ticket' | 'no_conversation' | 'too_late' }>

/** The bot falls silent, and a task asks for a person. Nothing to do where one is awaited already. */
export function handOver(core: Core, conversation: string, deed: Deed): Promise<Changed<Conversation, ControlRefusal>> {
  return changeControl(core, conversation, deed, (state) => {
    if (state.controlOwner === 'agent' && state.agent === null) return undefined
    const until = endOfControl(core)
    return {
      event: { type: 'conversation.handoff_requested', reason: 'staff', until },
      effects: [{ do: 'open_task', kind: 'handover', ticket: state.ticket, conversation, message: null }, timeOut(conversation, until)],
    }
  })
}

/** The agent speaks from now on, whoever had it before; asked for again it lasts longer. */
export function takeOver(core: Core, conversation: string, agent: Agent, deed: Deed): Promise<Changed<Conversation, ControlRefusal>> {
  return changeControl(core, conversation, deed, () => {
    const until = endOfControl(core)
    return {
      event: { type: 'conversation.agent_joined', agent: agent.id, until },
      effects: [timeOut(conversation, until), { do: 'settle_tasks', conversation, kinds: ['handover'], by: agent.id }],
    }
  })
}

/** Nothing to do where the bot has it already. */
export function giveBack(core: Core, conversation: string, deed: Deed): Promise<Changed<Conversation, ControlRefusal>> {
  return changeControl(core, conversation, deed, ({ controlOwner }) =>
    controlOwner === 'bot' ? undefined : { event: { type: 'conversation.returned_to_bot', reason: 'agent' }, effects: [] },
  )
}

function changeControl(
  core: Core,
  conversation: string,
  deed: Deed,
  act: (state: Conversation) => { event: Event; effects: Consequence[] } | undefined,
): Promise<Changed<Conversation, ControlRefusal>> {
  return core.journal.change<Conversation, ControlRefusal>(conversationStream, conversation, {
    key: deed.key,
    decide(state): Decision<ControlRefusal> {
      if (state.place === null) return { kind: 'refused', refusal: { kind: 'no_conversation' } }
      const made = act(state)
      if (made === undefined) return { kind: 'nothing' }
      if (deed.mayCommit?.() === false) return { kind: 'refused', refusal: { kind: 'too_late' } }
      return { kind: 'entry', actor: deed.actor, events: [made.event], effects: made.effects }
    },
  })
}

function endOfControl(core: Core): string {
  return timestamp(core.clock.now() + core.company().agentTimeoutMs)
}

function timeOut(conversation: string, at: string): Consequence {
  return { do: 'arm', id: `control/${conversation}`, at, alarm: { kind: 'control_timeout', conversation } }
}

/** The same for the conversation of a ticket. */
export async function returnToBot(core: Core, number: string, deed: Deed): Promise<{ kind: 'done' } | { kind: 'refused'; refusal: ControlRefusal }> {
  const { n, conversation } = await core.journal.load(ticketStream, number)
  if (n === 0) return { kind: 'refused', refusal: { kind: 'unknown_ticket' } }
  if (conversation === null) return { kind: 'refused', refusal: { kind: 'no_conversation' } }
  const changed = await giveBack(core, conversation, deed)
  return changed.kind === 'refused' ? { kind: 'refused', refusal: changed.refusal } : { kind: 'done' }
}
