// What a turn decides, as one journal entry: pure but for the bot's read-only look-ups.
import type { TurnResult } from '../bot/turn.ts'
import type { Channel } from '../channel.ts'
import { timestamp } from '../clock.ts'
import type { Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { customerOf, identityOf } from '../customers/index.ts'
import type { Event } from '../events.ts'
import type { Effect } from '../flow.ts'
import type { Decision } from '../journal/index.ts'
import { contactPointId, type InboundMessage } from '../message.ts'
import { askBot, eventsOf } from './ask-bot.ts'
import { awayText, loopText, peopleFor, sentence } from './away.ts'
import { consentEffects, hearConsent, isMuted, mutedTask, openTicketOf, pointsOf, silencedFor, wayInstead } from './consent.ts'
import { consequencesOf } from './consequences.ts'
import { outbound } from './outbound.ts'
import { hearForAgent } from './to-agent.ts'

const loopWindowMs = 600_000

/** The turn of one message, or of a burst. The bot is silent for machines, while an agent has the conversation, and where nothing may be sent. */
export async function decideTurn(core: Core, channel: Channel, state: Conversation, burst: readonly InboundMessage[]): Promise<Decision<never>> {
  const [first] = burst
  const last = burst.at(-1)
  if (first === undefined || last === undefined) return { kind: 'nothing' }
  const now = core.clock.now()
  const place = state.place ?? first.place
  const here = contactPointId(place.channel, place.address)
  const point = await core.collections.contactPoints.get(here)
  const customer =
    state.customer === '' ? await customerOf(core.collections, place.channel, place.address) : (await identityOf(core.collections, state.customer)).id
  const heard: Conversation = { ...state, place, customer }
  const lapsed = state.controlOwner === 'agent' && (state.controlUntil ?? '') <= timestamp(now)

  const { wish, rest } = hearConsent(burst, channel.abilities, core.company().flow, await silencedFor(core, channel.abilities, burst, point, customer))
  const points = wish === undefined ? [] : await pointsOf(core, wish, place, customer)
  const instead = wish === undefined ? undefined : wayInstead(wish, burst)
  const muted = wish !== undefined && points.includes(here) ? wish.wish === 'opt_out' : isMuted(point)
  const silent = first.author === 'machine' || (state.controlOwner === 'agent' && !lapsed)
  const result = silent || rest.length === 0 ? quiet(state) : await answerOf(core, channel, heard, rest)
  if (wish !== undefined && rest.length === 0 && !silent && !muted && wish.words === 'natural')
    result.say.push(sentence(core, state, wish.wish === 'opt_in' ? 'consent.opted_in' : 'consent.opted_out_there'))
  const forAgent = silent && first.author !== 'machine' && rest.length > 0 ? await hearForAgent(core, heard, rest) : undefined
  result.effects.push(...(forAgent?.effects ?? []))
  const away = forAgent?.thanks === false ? await awayText(core, state) : undefined
  if (away !== undefined) result.say.push(away)

  const number = ticketOfTurn(result.effects) ?? forAgent?.ticket ?? state.ticket
  const unheard = !muted ? undefined : rest.length > 0 ? { ticket: number } : wish === undefined ? undefined : await openTicketOf(core, customer, number)
  return {
    kind: 'entry',
    actor: { kind: 'customer', id: customer },
    events: [
      ...(state.place === null ? [{ type: 'conversation.began', place, customer } as const] : []),
      ...burst.map((message): Event => ({ type: 'message.received', message: message._id, seq: message.seq })),
      ...(lapsed ? [{ type: 'conversation.returned_to_bot', reason: 'timeout' } as const] : []),
      ...(first.author === 'machine' ? [] : eventsOf(core, state, result, { ticket: number, burst, heard: !silent && rest.length > 0 })),
      ...(away !== undefined || (await saysAway(core, result, number)) ? [{ type: 'conversation.away_told' } as const] : []),
    ],
    effects: [
      ...(point?.verified === true
        ? []
        : [{ do: 'know_contact_point', channel: place.channel, address: place.address, customer, name: first.from.name ?? null, verified: true } as const]),
      ...(wish === undefined ? [] : consentEffects(wish, points)),
      ...(instead === undefined ? [] : [{ do: 'prefer', customer, channel: instead, point: null } as const]),
      ...consequencesOf(core, heard, result, { channel: place.channel, customer, burst, now }),
      ...answeredBy(result.effects, forAgent).map((answered) => ({ do: 'ticket', number: answered, change: { change: 'answered' } }) as const),
      { do: 'handled', messages: burst.map((message) => ({ id: message._id, ticket: number, state: 'handled' })) },
      ...(unheard !== undefined ? [mutedTask(point, state._id, unheard.ticket, last._id)] : []),
      ...outbound(core, heard, result, { number, last, opened: openedSubject(result.effects), muted }),
    ],
  }
}

/** Tickets that the customer has said something about, beyond thanks; one that was opened in this very turn waits for nobody. */
function answeredBy(effects: readonly Effect[], forAgent: Awaited<ReturnType<typeof hearForAgent>> | undefined): string[] {
  const left = effects.flatMap((effect) => (effect.do === 'acknowledge' || effect.do === 'open_ticket' ? [effect.number] : []))
  const attached = effects.flatMap((effect) => (effect.do === 'attach' ? [effect.number] : []))
  const told = forAgent?.thanks === false && forAgent.ticket !== null ? [forAgent.ticket] : []
  return [...new Set([...attached, ...told])].filter((number) => !left.includes(number))
}

/** Nothing is said and nothing changes. */
function quiet({ memory, language }: Conversation): TurnResult {
  return { memory, language, say: [], effects: [] }
}

async function answerOf(core: Core, channel: Channel, state: Conversation, messages: readonly InboundMessage[]): Promise<TurnResult> {
  const recent = state.turns.filter((at) => at > timestamp(core.clock.now() - loopWindowMs)).length
  if (recent < core.company().loopGuard || channel.abilities.budgeted) return askBot(core, channel, state, state.customer, { kind: 'messages', messages })
  return { ...quiet(state), say: [await loopText(core, state)], effects: [{ do: 'hand_over', reason: 'not_understood' }] }
}

/** Who hands over when nobody is at work says so in the same breath. */
async function saysAway(core: Core, { effects }: TurnResult, ticket: string | null): Promise<boolean> {
  return effects.some((effect) => effect.do === 'hand_over') && !(await peopleFor(core, ticket)).here
}

/** The ticket this turn is about, when it says so. */
function ticketOfTurn(effects: readonly Effect[]): string | undefined {
  for (const effect of effects) if ('number' in effect) return effect.number
  return undefined
}

function openedSubject(effects: readonly Effect[]): string | undefined {
  return effects.find((effect) => effect.do === 'open_ticket')?.subject
}
