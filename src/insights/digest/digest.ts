// The digest of a week: what it says is written down once, then shown; so that after a crash the same is shown, and once.
import type { Timestamp } from '../../clock.ts'
import { defineCollection } from '../../storage/collection.ts'
import type { Section } from './compose.ts'

export interface Digest {
  /** The week of the calendar (ISO 8601) in which it is due, e.g. `2026-W11`. */
  _id: string
  /** What it is about: from the end of the one before. */
  from: Timestamp
  until: Timestamp
  sections: Section[]
}

export const digestsCollection = defineCollection<Digest>('digests', [{ name: 'until', fields: ['until'] }])
