// The bill of material of a product: which parts it is made of, and how many of each.
import { timestamp, type Timestamp } from '../clock.ts'
import { productId } from '../assets/index.ts'
import type { Event } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'

export interface BillLine {
  part: string
  quantity: number
}

export interface Bill {
  _id: string
  n: number
  product: string
  lines: readonly BillLine[]
  updatedAt: Timestamp
}

export function billId(product: string): string {
  return productId(product).replace('pd_', 'bl_')
}

export const billStream: Stream<Bill> = {
  kind: 'bill',
  collection: defineCollection<Bill>('bills'),
  begin: (id) => ({ _id: id, n: 0, product: '', lines: [], updatedAt: timestamp(0) }),
  apply: (bill, event: Event, at) => (event.type === 'bill.set' ? { ...bill, product: event.product, lines: event.lines, updatedAt: at } : bill),
}
