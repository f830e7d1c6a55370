// A contact point: one address of a customer, whether it works, whether it may be written to, and what automatic answers it had.
import type { Timestamp } from '../clock.ts'
import type { ConsentWords } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import type { ChannelName } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'

export interface ContactPoint {
  _id: string
  n: number
  /** Null only before the first entry that names it. */
  channel: ChannelName | null
  address: string
  customer: string
  name: string | null
  /** Its owner writes from it, or typed the code that was sent there; one that was merely mentioned is not. */
  verified: boolean
  /** Why the provider says that nothing arrives here. */
  bad: string | null
  /** Since when nothing may be sent here; null where it may. */
  optedOut: { at: Timestamp; words: ConsentWords } | null
  /** Times of one-time codes sent here; bounded. */
  codes: Timestamp[]
  /** Times of automatic answers, for the budget; bounded. */
  answers: Timestamp[]
  /** Last acknowledgement by conversation. */
  acknowledged: { conversation: string; at: Timestamp }[]
}

export const contactPointsCollection = defineCollection<ContactPoint>('contact_points', [{ name: 'customer', fields: ['customer'] }])

/** More than any budget counts. */
const kept = 40

export const contactPointStream: Stream<ContactPoint> = {
  kind: 'contact_point',
  collection: contactPointsCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    channel: null,
    address: '',
    customer: '',
    name: null,
    verified: false,
    bad: null,
    optedOut: null,
    codes: [],
    answers: [],
    acknowledged: [],
  }),
  apply(point, event, at) {
    switch (event.type) {
      case 'contact_point.known':
        return {
          ...point,
          channel: event.channel,
          address: event.address,
          customer: event.customer,
          name: event.name ?? point.name,
          verified: point.verified || event.verified,
        }
      case 'contact_point.verified':
        return { ...point, verified: true }
      case 'contact_point.code_sent':
        return { ...point, codes: [...point.codes, at].slice(-kept) }
      case 'contact_point.answered':
        return {
          ...point,
          answers: [...point.answers, at].slice(-kept),
          acknowledged: event.acknowledgement
            ? [...point.acknowledged.filter((each) => each.conversation !== event.conversation), { conversation: event.conversation, at }].slice(-kept)
            : point.acknowledged,
        }
      case 'contact_point.marked_bad':
        return { ...point, bad: event.reason }
      case 'customer.opted_out':
        return { ...point, optedOut: { at, words: event.words } }
      case 'customer.opted_in':
        return { ...point, optedOut: null }
      default:
        return point
    }
  },
}
