// A customer: a person, and what they told us of themselves.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'

export interface Customer {
  _id: string
  n: number
  name: string | null
  email: string | null
  phone: string | null
  createdAt: Timestamp
}

export const customersCollection = defineCollection<Customer>('customers', [{ name: 'created', fields: ['createdAt', '_id'] }])

export const customerStream: Stream<Customer> = {
  kind: 'customer',
  collection: customersCollection,
  begin: (id) => ({ _id: id, n: 0, name: null, email: null, phone: null, createdAt: timestamp(0) }),
  apply: (customer, event, at) =>
    event.type === 'customer.described'
      ? {
          ...customer,
          name: event.name ?? customer.name,
          email: event.email ?? customer.email,
          phone: event.phone ?? customer.phone,
          createdAt: customer.n === 0 ? at : customer.createdAt,
        }
      : customer,
}
