// Words nobody asked for just now: the bot's news and questions, an agent's own words; and giving the conversation back.
import type { Said, Trigger } from '../bot/turn.ts'
import type { Channel } from '../channel.ts'
import { timestamp } from '../clock.ts'
import type { Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import type { Alarm, Decision } from '../journal/index.ts'
import { contactPointId } from '../message.ts'
import { askBot, eventsOf, placeOf } from './ask-bot.ts'
import { isMuted } from './consent.ts'
import { consequencesOf } from './consequences.ts'
import { outbound } from './outbound.ts'

/** The bot speaks first: news, a question from outside, an alarm. */
export async function decideProactive(core: Core, channel: Channel, state: Conversation, trigger: Trigger, ticket: string | null): Promise<Decision<never>> {
  const place = placeOf(state)
  const point = await core.collections.contactPoints.get(contactPointId(place.channel, place.address))
  const result = await askBot(core, channel, state, state.customer, trigger)
  const effects = [
    ...consequencesOf(core, state, result, { channel: place.channel, customer: state.customer, burst: [], now: core.clock.now() }),
    ...outbound(core, state, result, { number: ticket ?? state.ticket, muted: isMuted(point) }),
  ]
  return {
    kind: 'entry',
    actor: { kind: 'clock', id: null },
    events: eventsOf(core, state, result, { ticket: ticket !== null && state.tickets.includes(ticket) ? null : ticket, burst: [], heard: false }),
    effects,
  }
}

/** An agent's own words: takes the conversation over and says them. */
export async function decideAgentReply(core: Core, state: Conversation, reply: Extract<Alarm, { kind: 'reply' }>): Promise<Decision<never>> {
  const place = placeOf(state)
  const point = await core.collections.contactPoints.get(contactPointId(place.channel, place.address))
  const until = timestamp(core.clock.now() + core.company().agentTimeoutMs)
  const said: Said = {
    text: reply.text,
    choices: [],
    cause: 'agent',
    acknowledgement: false,
    ticket: reply.ticket,
    utterances: [{ text: 'agent.reply', with: { text: reply.text } }],
  }
  return {
    kind: 'entry',
    actor: { kind: 'agent', id: reply.agent },
    events: [{ type: 'conversation.agent_joined', agent: reply.agent, until, ...(reply.ticket === null ? {} : { ticket: reply.ticket }) }],
    effects: [
      ...outbound(core, state, { language: state.language, say: [said] }, { number: reply.ticket, speaker: reply.speaker, muted: isMuted(point) }),
      ...(reply.ticket === null ? [] : [{ do: 'ticket', number: reply.ticket, change: { change: 'responded' } } as const]),
      { do: 'arm', id: `control/${state._id}`, at: until, alarm: { kind: 'control_timeout', conversation: state._id } },
      { do: 'settle_tasks', conversation: state._id, kinds: ['handover', 'new_information'], by: reply.agent },
    ],
  }
}

export function decideReturn(reason: 'agent' | 'timeout'): Decision<never> {
  return {
    kind: 'entry',
    actor: { kind: reason === 'agent' ? 'agent' : 'clock', id: null },
    events: [{ type: 'conversation.returned_to_bot', reason }],
    effects: [],
  }
}
