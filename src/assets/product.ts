// A product as staff and other systems keep it: what mendline.yaml says of it, and what was said of it since.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Event } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import { digest } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'
import { fold } from '../understanding/fold.ts'
import { noWarranty, type Warranty } from './term.ts'

/** Null leaves it to mendline.yaml. */
export interface ProductFields {
  aliases: readonly string[]
  warranty: Warranty
  served: boolean | null
}

export interface StoredProduct extends ProductFields {
  _id: string
  n: number
  name: string
  createdAt: Timestamp
}

export const productsCollection = defineCollection<StoredProduct>('products', [{ name: 'created', fields: ['createdAt', '_id'] }])

/** Spaces and marks do not count: "T5 Treadmill" and "t5-treadmill" are one. */
export function productKey(name: string): string {
  return fold(name.normalize('NFKC')).replace(/[^\p{L}\p{N}]/gu, '')
}

export function productId(name: string): string {
  return `pd_${digest('product', productKey(name))}`
}

export const productStream: Stream<StoredProduct> = {
  kind: 'product',
  collection: productsCollection,
  begin: (id) => ({ _id: id, n: 0, name: '', aliases: [], warranty: noWarranty, served: null, createdAt: timestamp(0) }),
  apply(product, event: Event, at) {
    if (event.type === 'product.registered') return { ...product, ...event.fields, name: event.name, createdAt: at }
    return event.type === 'product.described' ? { ...product, ...event.fields } : product
  },
}
