// Speaks in a conversation without having been spoken to: where the customer wants to hear it, and not while somebody else speaks.
import { timestamp } from '../clock.ts'
import { conversationStream, type Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { newsPlace } from '../delivery/ladder.ts'
import type { Alarm, Decision } from '../journal/index.ts'
import { conversationId } from '../message.ts'
import { decideMerged } from './merged.ts'
import { decideMoved } from './moved.ts'
import { decideAgentReply, decideProactive, decideReturn } from './speak-first.ts'

type Spoken = Extract<Alarm, { conversation: string }>

/** News, a question, an agent's words, an alarm: once under `key`. */
export async function speak(core: Core, alarm: Spoken, key: string): Promise<void> {
  const target = await targetOf(core, alarm)
  await core.journal.change(conversationStream, target._id, {
    key,
    async decide(known) {
      const state = known.place === null ? target : known
      const decision = await decide(core, state, alarm)
      if (known.place !== null || decision.kind !== 'entry' || state.place === null) return decision
      return { ...decision, events: [{ type: 'conversation.began', place: state.place, customer: state.customer }, ...decision.events] }
    },
  })
}

/** The conversation it is meant for, or for news and questions the one at the address where the customer wants them. */
async function targetOf(core: Core, alarm: Spoken): Promise<Conversation> {
  const meant = await core.journal.load(conversationStream, alarm.conversation)
  if (meant.place === null || (alarm.kind !== 'tell' && alarm.kind !== 'ask')) return meant
  const ticket = alarm.kind === 'tell' ? alarm.ticket : (alarm.args['ticket'] ?? null)
  const place = await newsPlace(core, meant.place, meant.customer, ticket)
  const id = conversationId(place)
  if (id === meant._id) return meant
  const there = await core.journal.load(conversationStream, id)
  // Begun by us: in the language that is spoken where the words would have gone.
  const { customer, language } = meant
  return there.place === null ? { ...there, place, customer, language, memory: { ...there.memory, language } } : there
}

async function decide(core: Core, state: Conversation, alarm: Spoken): Promise<Decision<never>> {
  if (state.place === null) throw new Error('nobody has spoken in this conversation yet')
  const channel = core.channels.get(state.place.channel)
  if (channel === undefined) throw new Error(`the channel ${state.place.channel} is off`)
  switch (alarm.kind) {
    case 'tell':
      return decideProactive(core, channel, state, { kind: 'news', say: alarm.say }, alarm.ticket)
    case 'ask':
      if (agentSpeaks(core, state)) return afterAgent(state, alarm)
      return decideProactive(core, channel, state, { kind: 'question', question: { flow: alarm.flow, args: alarm.args } }, alarm.args['ticket'] ?? null)
    case 'wake':
      if (agentSpeaks(core, state)) return afterAgent(state, alarm)
      return decideProactive(core, channel, state, { kind: 'wake', wake: alarm.wake }, state.ticket)
    case 'reply':
      return decideAgentReply(core, state, alarm)
    case 'merged':
      return decideMerged(core, channel, state, alarm)
    case 'moved':
      return decideMoved(core, channel, state, alarm)
    case 'control_timeout':
      return state.controlOwner === 'agent' && (state.controlUntil ?? '') <= timestamp(core.clock.now()) ? decideReturn('timeout') : { kind: 'nothing' }
  }
}

function agentSpeaks(core: Core, state: Conversation): boolean {
  return state.controlOwner === 'agent' && (state.controlUntil ?? '') > timestamp(core.clock.now())
}

/** One speaker: what the bot wants to ask waits until the agent's time is over. News is staff's own doing and is told at once. */
function afterAgent({ controlUntil }: Conversation, alarm: Alarm): Decision<never> {
  return { kind: 'entry', actor: { kind: 'clock', id: null }, events: [], effects: [{ do: 'arm', at: controlUntil ?? '', alarm }] }
}
