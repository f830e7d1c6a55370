// Due documents: whatever is to happen later is one of these; a queue's delay only wakes it.
import type { Timestamp } from '../clock.ts'
import type { Alarm } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'

export interface Due {
  _id: string
  at: Timestamp
  alarm: Alarm
  state: 'waiting' | 'done'
  failures: number
  /** After a failure: when to try again. */
  notBefore: Timestamp
  createdAt: Timestamp
}

export const dueCollection = defineCollection<Due>('due', [{ name: 'waiting', fields: ['state', 'notBefore'] }])
