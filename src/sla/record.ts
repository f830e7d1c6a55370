// What a ticket keeps for its clocks: the stamps, the waits that do not count, and which warnings were given.
import type { Timestamp } from '../clock.ts'

export const slaClocks = ['respond', 'restore', 'resolve'] as const
/** Three separate clocks: somebody answers or acts, the device works again, the repair is over. */
export type SlaClockName = (typeof slaClocks)[number]

export interface SlaRecord {
  respondedAt: Timestamp | null
  restoredAt: Timestamp | null
  /** Resolved or cancelled; null again once it is reopened. */
  doneAt: Timestamp | null
  /** Waits on the customer, and the time between an end and a reopening; the last one may be open. */
  pauses: readonly { from: Timestamp; to: Timestamp | null }[]
  /** Said once each. */
  raised: readonly { clock: SlaClockName; stage: 'warning' | 'breach' }[]
}

export const emptySlaRecord: SlaRecord = { respondedAt: null, restoredAt: null, doneAt: null, pauses: [], raised: [] }
