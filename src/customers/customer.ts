// A customer: a person, what they told us of themselves, and where they want to hear from us.
import { timestamp, type Timestamp } from '../clock.ts'
import type { CustomerEvent, Event } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import type { ChannelName } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'

export interface Customer {
  _id: string
  n: number
  name: string | null
  email: string | null
  phone: string | null
  /** Where news goes: a channel, and the contact point on it where one was named. Null: where the ticket came from. */
  prefers: { channel: ChannelName; point: string | null } | null
  /** The same person under the name they are kept by. */
  mergedInto: string | null
  /** Everybody this one has turned out to be, however far back. */
  merged: readonly string[]
  /** Times of one-time codes sent at their wish; bounded. */
  codes: Timestamp[]
  createdAt: Timestamp
}

export const customersCollection = defineCollection<Customer>('customers', [{ name: 'created', fields: ['createdAt', '_id'] }])

/** More than any limit counts. */
const kept = 20

export const customerStream: Stream<Customer> = {
  kind: 'customer',
  collection: customersCollection,
  begin: (id) => ({ _id: id, n: 0, name: null, email: null, phone: null, prefers: null, mergedInto: null, merged: [], codes: [], createdAt: timestamp(0) }),
  apply: (customer, event, at) =>
    isCustomerEvent(event) ? { ...applyEvent(customer, event, at), createdAt: customer.createdAt === timestamp(0) ? at : customer.createdAt } : customer,
}

function applyEvent(customer: Customer, event: CustomerEvent, at: Timestamp): Customer {
  switch (event.type) {
    case 'customer.described':
      return { ...customer, name: event.name ?? customer.name, email: event.email ?? customer.email, phone: event.phone ?? customer.phone }
    case 'customer.preferred':
      return { ...customer, prefers: { channel: event.channel, point: event.point } }
    case 'customer.code_sent':
      return { ...customer, codes: [...customer.codes, at].slice(-kept) }
    case 'customer.merged':
      return { ...customer, mergedInto: event.into }
    case 'customer.absorbed':
      return {
        ...customer,
        merged: [...new Set([...customer.merged, ...event.customers])],
        name: customer.name ?? event.name,
        email: customer.email ?? event.email,
        phone: customer.phone ?? event.phone,
      }
  }
}

function isCustomerEvent(event: Event): event is CustomerEvent {
  return /^customer\.(?:described|preferred|code_sent|merged|absorbed)$/.test(event.type)
}
