// What a turn decides, as one journal entry: pure but for the bot's read-only look-ups.
import type { Said, Trigger, TurnResult } from '../bot/turn.ts'
import type { Channel } from '../channel.ts'
import { timestamp } from '../clock.ts'
import type { Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { customerOf } from '../customers/index.ts'
import type { Event } from '../events.ts'
import type { Effect } from '../flow.ts'
import type { Alarm, Consequence, Decision } from '../journal/index.ts'
import type { InboundMessage, Place } from '../message.ts'
import { freshTicketNumber } from '../tickets/index.ts'
import { answerQuery } from './answer-query.ts'
import { consequencesOf } from './consequences.ts'
import { outbound, plainSubject } from './outbound.ts'

const loopWindowMs = 600_000

/** The turn of one message, or of a burst. The bot stays silent for machines and while an agent has the conversation. */
export async function decideTurn(core: Core, channel: Channel, state: Conversation, burst: readonly InboundMessage[]): Promise<Decision<never>> {
  const [first] = burst
  if (first === undefined) return { kind: 'nothing' }
  const now = core.clock.now()
  const place = state.place ?? first.place
  const customer = state.customer || (await customerOf(core.collections.contactPoints, place.channel, place.address))
  const events: Event[] = []
  const effects: Consequence[] = []
  if (state.place === null) {
    events.push({ type: 'conversation.began', place, customer })
    effects.push({ do: 'know_contact_point', channel: place.channel, address: place.address, customer, name: first.from.name ?? null })
  }
  events.push(...burst.map((message): Event => ({ type: 'message.received', message: message._id, seq: message.seq })))
  const heard: Conversation = { ...state, place, customer }
  const lapsed = state.controlOwner === 'agent' && (state.controlUntil ?? '') <= timestamp(now)
  if (lapsed) events.push({ type: 'conversation.returned_to_bot', reason: 'timeout' })

  if (first.author === 'machine' || (state.controlOwner === 'agent' && !lapsed)) {
    effects.push({ do: 'handled', messages: burst.map((message) => ({ id: message._id, ticket: state.ticket, state: 'handled' })) })
    return { kind: 'entry', actor: { kind: 'customer', id: customer }, events, effects }
  }
  const recent = state.turns.filter((at) => at > timestamp(now - loopWindowMs)).length
  const result: TurnResult =
    recent >= core.company().loopGuard && !channel.abilities.budgeted
      ? {
          memory: state.memory,
          language: state.language,
          say: [
            {
              text: core.render(state.language, 'handover.loop', {}),
              choices: [],
              cause: 'answer',
              acknowledgement: false,
              ticket: state.ticket,
              utterances: [{ text: 'handover.loop', with: {} }],
            },
          ],
          effects: [{ do: 'hand_over', reason: 'not_understood' }],
        }
      : await askBot(core, channel, heard, customer, { kind: 'messages', messages: burst })
  const number = ticketOfTurn(result.effects) ?? state.ticket
  effects.push(
    ...consequencesOf(core, heard, result, { channel: place.channel, customer, burst, now }),
    { do: 'handled', messages: burst.map((message) => ({ id: message._id, ticket: number, state: 'handled' })) },
    ...outbound(core, heard, result, { number, last: burst.at(-1) ?? first, opened: openedSubject(result.effects) }),
  )
  events.push(...eventsOf(core, state, result, number, burst))
  return { kind: 'entry', actor: { kind: 'customer', id: customer }, events, effects }
}

/** The bot speaks first: news, a question from outside, an alarm. */
export async function decideProactive(core: Core, channel: Channel, state: Conversation, trigger: Trigger, ticket: string | null): Promise<Decision<never>> {
  const result = await askBot(core, channel, state, state.customer, trigger)
  const place = placeOf(state)
  const effects = [
    ...consequencesOf(core, state, result, { channel: place.channel, customer: state.customer, burst: [], now: core.clock.now() }),
    ...outbound(core, state, result, { number: ticket ?? state.ticket, last: null, opened: undefined }),
  ]
  return { kind: 'entry', actor: { kind: 'clock', id: null }, events: eventsOf(core, state, result, null, []), effects }
}

/** An agent's own words: takes the conversation over and says them. */
export function decideAgentReply(core: Core, state: Conversation, reply: Extract<Alarm, { kind: 'reply' }>): Decision<never> {
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
    events: [{ type: 'conversation.agent_joined', agent: reply.agent, until }],
    effects: [
      ...outbound(core, state, { language: state.language, say: [said] }, { number: reply.ticket, last: null, opened: undefined, speaker: reply.speaker }),
      { do: 'arm', id: `control/${state._id}`, at: until, alarm: { kind: 'control_timeout', conversation: state._id } },
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

async function askBot(core: Core, channel: Channel, state: Conversation, customer: string, trigger: Trigger): Promise<TurnResult> {
  const known = await core.collections.customers.get(customer)
  const place = placeOf(state)
  return core.bot.turn({
    trigger,
    memory: state.memory,
    conversation: state._id,
    place,
    abilities: channel.abilities,
    customer: {
      id: customer,
      name: known?.name ?? null,
      email: known?.email ?? (place.channel === 'email' ? place.address : null),
      phone: known?.phone ?? null,
    },
    settings: core.company().flow,
    now: core.clock.now(),
    freshTicketNumber: await freshTicketNumber(core),
    answer: (query) => answerQuery(core, customer, query),
  })
}

function placeOf(state: Conversation): Place {
  if (state.place === null) throw new Error('a conversation without a place')
  return state.place
}

function eventsOf(core: Core, state: Conversation, result: TurnResult, ticket: string | null, burst: readonly InboundMessage[]): Event[] {
  const last = burst.at(-1)
  const subject = state.subject ?? plainSubject(last?.subject) ?? null
  const own = burst.flatMap((message) => message.reference ?? [])
  const events: Event[] = [
    {
      type: 'turn.taken',
      heard: burst.length > 0,
      memory: result.memory,
      language: result.language,
      subject,
      reference: last?.reference ?? state.reference,
      // A mail's thread: bounded, so that a year-long one does not outgrow a header.
      references: [...new Set([...state.references, ...burst.flatMap((message) => message.references), ...own])].slice(-20),
    },
  ]
  if (ticket !== null && ticket !== state.ticket) events.push({ type: 'conversation.ticket_tied', ticket })
  for (const effect of result.effects)
    if (effect.do === 'hand_over')
      events.push({ type: 'conversation.handoff_requested', reason: effect.reason, until: timestamp(core.clock.now() + core.company().agentTimeoutMs) })
  return events
}

/** The ticket this turn is about, when it says so. */
function ticketOfTurn(effects: readonly Effect[]): string | undefined {
  for (const effect of effects) if ('number' in effect) return effect.number
  return undefined
}

function openedSubject(effects: readonly Effect[]): string | undefined {
  return effects.find((effect) => effect.do === 'open_ticket')?.subject
}
