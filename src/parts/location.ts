// A stock location: a warehouse, or the van of an engineer.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Event } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import { digest } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'
import { nameKey } from './part.ts'

export const locationKinds = ['warehouse', 'van'] as const

export interface LocationFields {
  kind: (typeof locationKinds)[number]
  /** Whose van it is, as tickets name who has them. */
  engineer: string | null
}

export interface Location extends LocationFields {
  _id: string
  n: number
  name: string
  createdAt: Timestamp
}

export const locationsCollection = defineCollection<Location>('locations', [
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'engineer', fields: ['engineer'] },
])

export function locationId(name: string): string {
  return `lo_${digest('location', nameKey(name))}`
}

export const locationStream: Stream<Location> = {
  kind: 'location',
  collection: locationsCollection,
  begin: (id) => ({ _id: id, n: 0, name: '', kind: 'warehouse', engineer: null, createdAt: timestamp(0) }),
  apply(location, event: Event, at) {
    if (event.type === 'location.registered') return { ...location, ...event.fields, name: event.name, createdAt: at }
    return event.type === 'location.described' ? { ...location, ...event.fields } : location
  },
}
