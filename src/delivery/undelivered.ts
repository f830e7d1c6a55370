// A message that could not be delivered: its words go to the customer's next address, or to a person. The ticket tells which, and why.
import { conversationStream, type Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import type { Consequence } from '../journal/index.ts'
import { contactPointId, conversationId, digest, type OutboundMessage, type Place } from '../message.ts'
import { ticketStream } from '../tickets/index.ts'
import { raiseTask } from '../tasks/index.ts'
import { addressed } from './addressed.ts'
import { nextRung } from './ladder.ts'
import { openTask } from './settle.ts'
import { splitMessage } from './split-text.ts'

const system = { kind: 'system', id: null } as const

export async function helpUndelivered(core: Core, messageId: string, key: string): Promise<void> {
  const message = await core.collections.messages.get(messageId)
  if (message?.direction !== 'outbound') return
  // A code proves one address only.
  if (message.oneTimeCode !== undefined) return
  const point = await core.collections.contactPoints.get(contactPointId(message.channel, message.place.address))
  // Who wants no messages gets their answer nowhere else; what they asked is for a person to see.
  if (message.cause === 'answer' && point?.optedOut) return openTask(core, message, 'opted_out')
  const conversation = await core.collections.conversations.get(message.conversation)
  const customer = conversation?.customer ?? point?.customer
  const rung = customer === undefined ? undefined : await nextRung(core, message, customer)
  if (rung !== undefined && customer !== undefined) return relay(core, message, rung, customer, key)
  await giveToPerson(core, message, key)
}

/** The same words in that address's conversation, which is about the ticket from then on: one entry, so that all of it happens once. */
async function relay(core: Core, message: OutboundMessage, place: Place, customer: string, key: string): Promise<void> {
  const textLimit = core.channels.get(place.channel)?.abilities.textLimit ?? Infinity
  const { ticket } = message
  await core.journal.change<Conversation>(conversationStream, conversationId(place), {
    key,
    decide: (state) => ({
      kind: 'entry',
      actor: system,
      events: [
        ...(state.place === null ? [{ type: 'conversation.began', place, customer } as const] : []),
        ...(ticket === null || ticket === state.ticket ? [] : [{ type: 'conversation.ticket_tied', ticket } as const]),
      ],
      effects: [
        ...splitMessage(message, textLimit).map((part, index): Consequence => {
          const { seq: _, createdAt: __, ...words } = part
          return {
            do: 'say',
            message: { ...words, ...addressed(core, place, `m_${digest('relay', key, String(index))}`), fullText: part.text, relayOf: message._id },
          }
        }),
        ...(ticket === null ? [] : [rerouted(message, ticket, place)]),
      ],
    }),
  })
}

function rerouted(message: OutboundMessage, ticket: string, place: Place): Consequence {
  return {
    do: 'ticket',
    number: ticket,
    change: { change: 'rerouted', message: message._id, from: message.channel, to: place.channel, reason: reasonOf(message) },
  }
}

async function giveToPerson(core: Core, message: OutboundMessage, key: string): Promise<void> {
  await raiseTask(core, `t_${digest('undeliverable', message._id)}`, {
    kind: 'undeliverable',
    ticket: message.ticket,
    conversation: message.conversation,
    message: message._id,
  })
  if (message.ticket === null) return
  await core.journal.change(ticketStream, message.ticket, {
    key,
    decide: (ticket) =>
      ticket.n === 0
        ? { kind: 'nothing' }
        : {
            kind: 'entry',
            actor: system,
            events: [{ type: 'ticket.delivery_failed', message: message._id, channel: message.channel, reason: reasonOf(message) }],
            effects: [],
          },
  })
}

function reasonOf({ reason }: OutboundMessage): string {
  return reason ?? 'the provider gave no reason'
}
