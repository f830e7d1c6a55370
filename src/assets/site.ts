// A site: a place where assets stand. One name is one site of its owner.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Event } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import { digest } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'
import { fold } from '../understanding/fold.ts'

export interface SiteFields {
  address: string | null
  /** IANA name; null: the company's. */
  timeZone: string | null
}

export interface Site extends SiteFields {
  _id: string
  n: number
  name: string
  /** The owner; null: ours, or nobody knows. */
  customer: string | null
  createdAt: Timestamp
}

export const sitesCollection = defineCollection<Site>('sites', [
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'customer', fields: ['customer', 'createdAt'] },
])

export function siteId(name: string, customer: string | null): string {
  return `si_${digest('site', customer ?? '', fold(name).replace(/\s+/g, ' ').trim())}`
}

export const siteStream: Stream<Site> = {
  kind: 'site',
  collection: sitesCollection,
  begin: (id) => ({ _id: id, n: 0, name: '', customer: null, address: null, timeZone: null, createdAt: timestamp(0) }),
  apply(site, event: Event, at) {
    if (event.type === 'site.registered') return { ...site, ...event.fields, name: event.name, customer: event.customer, createdAt: at }
    return event.type === 'site.described' ? { ...site, ...event.fields } : site
  },
}
