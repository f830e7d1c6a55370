// An attempt to send: claimed by an insert, so that of two processes one calls the provider.
import type { Timestamp } from '../clock.ts'
import { defineCollection } from '../storage/collection.ts'

export interface Attempt {
  /** `<message>/<number of the attempt>`. */
  _id: string
  process: string
  at: Timestamp
}

export const attemptsCollection = defineCollection<Attempt>('attempts')
