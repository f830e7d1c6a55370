// An engineer: who goes to the customers, what they can do, where and when they work.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'
import type { EngineerSetting } from './settings.ts'

export type EngineerProfile = Omit<EngineerSetting, 'id'>

export interface Engineer extends EngineerProfile {
  _id: string
  n: number
  /** Where they are kept: whoever is in mendline.yaml is changed there. */
  source: 'settings' | 'api'
  /** False once they have left: no more work for them. */
  active: boolean
  createdAt: Timestamp
  updatedAt: Timestamp
}

export const engineersCollection = defineCollection<Engineer>('engineers', [
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'phone', fields: ['phone'] },
  { name: 'slack', fields: ['slack'] },
  { name: 'source', fields: ['source', 'active'] },
])

export const engineerStream: Stream<Engineer> = {
  kind: 'engineer',
  collection: engineersCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    source: 'api',
    active: false,
    name: '',
    phone: null,
    slack: null,
    language: null,
    skills: [],
    territory: { postcodes: [], around: null },
    base: null,
    hours: null,
    daysOff: [],
    visitsPerDay: 1,
    van: null,
    createdAt: timestamp(0),
    updatedAt: timestamp(0),
  }),
  apply(engineer, event, at) {
    const createdAt = engineer.n === 0 ? at : engineer.createdAt
    switch (event.type) {
      case 'engineer.described':
        return { ...engineer, ...event.profile, source: event.source, active: true, createdAt, updatedAt: at }
      case 'engineer.left':
        return { ...engineer, active: false, updatedAt: at }
      default:
        return engineer
    }
  },
}
