// An opportunity: a reason to speak with a customer about more than the repair in hand, for sales; perhaps offered to them, and what they said.
import { timestamp, type Timestamp } from '../../clock.ts'
import type { Actor, Stream } from '../../journal/index.ts'
import { defineCollection } from '../../storage/collection.ts'
import type { Verdict } from '../signals/signal.ts'

export const opportunityKinds = ['failing_often', 'asked_for_part', 'end_of_life', 'loved_product'] as const
export type OpportunityKind = (typeof opportunityKinds)[number]

export const offerAnswers = ['yes', 'no', 'asked'] as const
/** `asked`: neither yes nor no, in words that somebody has to read. */
export type OfferAnswer = (typeof offerAnswers)[number]

/** As it is raised, for sales. */
export interface RaisedOpportunity {
  kind: OpportunityKind
  /** Kind, and what of whom it is about: one in a while. */
  scope: string
  customer: string
  /** The asset's id, its serial number and its product. */
  asset: string | null
  serial: string | null
  product: string | null
  /** Number and name. */
  part: string | null
  ticket: string | null
  /** The customer's message, where one is the reason. */
  message: string | null
  /** In words. */
  reason: string
  /** What an offer to the customer says of it, by names of its text. */
  about: Readonly<Record<string, string>>
  /** It is to be offered to its customer. */
  offer: boolean
}

export type OpportunityEvent =
  | { type: 'opportunity.raised'; opportunity: RaisedOpportunity }
  /** Internal: its customer is asked whether they want an offer. */
  | { type: 'opportunity.offered'; conversation: string }
  /** Internal. */
  | { type: 'opportunity.answered'; answer: OfferAnswer; words: string; message: string | null }
  /** Internal: somebody has looked at it. */
  | { type: 'opportunity.judged'; verdict: Verdict; reason: string | null }

export interface Opportunity extends RaisedOpportunity {
  _id: string
  n: number
  offeredAt: Timestamp | null
  answered: { answer: OfferAnswer; words: string; message: string | null; at: Timestamp } | null
  judged: { verdict: Verdict; reason: string | null; by: Actor; at: Timestamp } | null
  createdAt: Timestamp
  updatedAt: Timestamp
}

export const opportunitiesCollection = defineCollection<Opportunity>('opportunities', [
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'scope', fields: ['scope', 'createdAt'] },
  { name: 'customer', fields: ['customer', 'offeredAt'] },
])

export const opportunityStream: Stream<Opportunity> = {
  kind: 'opportunity',
  collection: opportunitiesCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    kind: 'asked_for_part',
    scope: '',
    customer: '',
    asset: null,
    serial: null,
    product: null,
    part: null,
    ticket: null,
    message: null,
    reason: '',
    about: {},
    offer: false,
    offeredAt: null,
    answered: null,
    judged: null,
    createdAt: timestamp(0),
    updatedAt: timestamp(0),
  }),
  apply(opportunity, event, at, actor) {
    switch (event.type) {
      case 'opportunity.raised':
        return { ...opportunity, ...event.opportunity, createdAt: at, updatedAt: at }
      case 'opportunity.offered':
        return { ...opportunity, offeredAt: at, updatedAt: at }
      case 'opportunity.answered':
        return { ...opportunity, answered: { answer: event.answer, words: event.words, message: event.message, at }, updatedAt: at }
      case 'opportunity.judged':
        return { ...opportunity, judged: { verdict: event.verdict, reason: event.reason, by: actor, at }, updatedAt: at }
      default:
        return opportunity
    }
  },
}
