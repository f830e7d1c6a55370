// A conversation: the running exchange with one contact point in one thread. It never ends; flows in it do.
import { renameTicket, speakOf, startMemory } from '../bot/memory.ts'
import type { BotMemory } from '../bot/turn.ts'
import { timestamp, type Timestamp } from '../clock.ts'
import type { ConversationEvent, Event } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import type { Language, Place } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'

export interface Conversation {
  _id: string
  n: number
  /** Null only before the first entry. */
  place: Place | null
  customer: string
  language: Language
  memory: BotMemory
  /** All inbound messages up to this position have had their turn or were put aside. */
  handledSeq: number
  controlOwner: 'bot' | 'agent' | 'none'
  agent: string | null
  /** When an agent's control lapses. */
  controlUntil: Timestamp | null
  /** When the customer last heard that nobody is at work. */
  awayToldAt: Timestamp | null
  tickets: string[]
  /** The ticket talked about last. */
  ticket: string | null
  /** Mail: subject of the thread, id to answer, ids of the thread. */
  subject: string | null
  reference: string | null
  references: string[]
  /** Times of the last turns, for the loop guard. */
  turns: Timestamp[]
  lastInboundAt: Timestamp | null
  updatedAt: Timestamp
}

export const conversationsCollection = defineCollection<Conversation>('conversations', [
  { name: 'customer', fields: ['customer'] },
  { name: 'address', fields: ['place.address', 'updatedAt'] },
  { name: 'updated', fields: ['updatedAt', '_id'] },
])

/** Turns remembered; as many as the loop guard counts. */
const turnsKept = 30

export const conversationStream: Stream<Conversation> = {
  kind: 'conversation',
  collection: conversationsCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    place: null,
    customer: '',
    language: 'en',
    memory: startMemory(),
    handledSeq: 0,
    controlOwner: 'bot',
    agent: null,
    controlUntil: null,
    awayToldAt: null,
    tickets: [],
    ticket: null,
    subject: null,
    reference: null,
    references: [],
    turns: [],
    lastInboundAt: null,
    updatedAt: timestamp(0),
  }),
  apply: (state, event, at) => (isConversationEvent(event) ? { ...applyEvent(state, event, at), updatedAt: at } : state),
}

function applyEvent(state: Conversation, event: ConversationEvent, at: Timestamp): Conversation {
  switch (event.type) {
    case 'conversation.began':
      return {
        ...state,
        place: event.place,
        customer: event.customer,
        ...(event.language === undefined ? {} : { language: event.language, memory: { ...state.memory, language: event.language } }),
      }
    case 'message.received':
      return { ...state, handledSeq: Math.max(state.handledSeq, event.seq), lastInboundAt: at }
    case 'message.put_aside':
      return { ...state, handledSeq: Math.max(state.handledSeq, event.seq) }
    case 'turn.taken':
      return {
        ...state,
        memory: event.memory,
        language: event.language,
        subject: event.subject,
        reference: event.reference,
        references: event.references,
        turns: event.heard ? [...state.turns, at].slice(-turnsKept) : state.turns,
      }
    case 'conversation.ticket_tied':
      return {
        ...state,
        ticket: event.ticket,
        tickets: state.tickets.includes(event.ticket) ? state.tickets : [...state.tickets, event.ticket],
      }
    case 'conversation.ticket_merged':
      return mergedTicket(state, event.from, event.into)
    case 'conversation.handoff_requested':
      return { ...state, controlOwner: 'agent', agent: null, controlUntil: event.until }
    case 'conversation.agent_joined':
      return { ...aboutTicket(state, event.ticket, at), controlOwner: 'agent', agent: event.agent, controlUntil: event.until }
    case 'conversation.away_told':
      return { ...state, awayToldAt: at }
    case 'conversation.returned_to_bot':
      return { ...state, controlOwner: 'bot', agent: null, controlUntil: null }
  }
}

/** An agent's words are about this ticket: so is what the customer answers. */
function aboutTicket(state: Conversation, ticket: string | undefined, at: Timestamp): Conversation {
  if (ticket === undefined) return state
  return { ...state, ticket, tickets: [...new Set([...state.tickets, ticket])], memory: speakOf(state.memory, { ticket, at, answering: true }) }
}

/** The same conversation, about the surviving ticket wherever it was about the merged one. */
export function mergedTicket(state: Conversation, from: string, into: string): Conversation {
  return {
    ...state,
    ticket: state.ticket === from ? into : state.ticket,
    tickets: [...new Set(state.tickets.map((number) => (number === from ? into : number)))],
    memory: renameTicket(state.memory, from, into),
  }
}

function isConversationEvent(event: Event): event is ConversationEvent {
  return /^(conversation|message|turn)\./.test(event.type)
}
