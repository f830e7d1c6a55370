// One turn of the bot for a conversation, and what the conversation keeps of it.
import { catalogueOf } from '../assets/index.ts'
import type { Trigger, TurnResult } from '../bot/turn.ts'
import type { Channel } from '../channel.ts'
import { timestamp } from '../clock.ts'
import type { Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { engineerAt } from '../dispatch/index.ts'
import type { Event } from '../events.ts'
import type { FlowSettings } from '../flow.ts'
import type { InboundMessage, Place } from '../message.ts'
import { freshTicketNumber } from '../tickets/index.ts'
import { answerQuery } from './answer-query.ts'
import { peopleFor } from './away.ts'
import { plainSubject } from './outbound.ts'
import { repliesAbout } from './reply-context.ts'

export async function askBot(core: Core, channel: Channel, state: Conversation, customer: string, trigger: Trigger): Promise<TurnResult> {
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
    about: trigger.kind === 'messages' ? await repliesAbout(core, trigger.messages) : {},
    settings: await settingsFor(core),
    now: core.clock.now(),
    people: await peopleFor(core, state.ticket),
    engineer: await engineerAt(core, place),
    freshTicketNumber: await freshTicketNumber(core),
    answer: (query) => answerQuery(core, place, customer, query),
  })
}

/** With the products that were registered since mendline.yaml was written. */
async function settingsFor(core: Core): Promise<FlowSettings> {
  const { flow } = core.company()
  const known = new Map(flow.products.map((product) => [product.name, product]))
  return { ...flow, products: (await catalogueOf(core)).map((product) => ({ ...known.get(product.name), name: product.name, aliases: product.aliases })) }
}

export function placeOf(state: Conversation): Place {
  if (state.place === null) throw new Error('a conversation without a place')
  return state.place
}

interface Turn {
  /** What the conversation is about now. */
  ticket: string | null
  burst: readonly InboundMessage[]
  /** The bot was given words to answer. */
  heard: boolean
}

/** What the conversation keeps of a turn. */
export function eventsOf(core: Core, state: Conversation, result: TurnResult, { ticket, burst, heard }: Turn): Event[] {
  const last = burst.at(-1)
  const subject = state.subject ?? plainSubject(last?.subject) ?? null
  const own = burst.flatMap((message) => message.reference ?? [])
  const events: Event[] = [
    {
      type: 'turn.taken',
      heard,
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
