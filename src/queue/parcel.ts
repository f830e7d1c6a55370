// What becomes of an add: the job BullMQ keeps, and how jobs with one key stay one.
import type { JobsOptions } from 'bullmq'
import type { AddOptions } from './queues.ts'

/**
 * What a job holds. With `ring` it is not the work but an alarm set for later: when it goes off, the work is added at once
 * under its key.
 *
 * Why two jobs: BullMQ keeps one job per key. Were the delayed job the work itself, somebody who wants the work now would be dropped
 * because one waits for later, and an add for later made while the work runs would push out an add for now. So alarms have keys of
 * their own, each time its own alarm, and only work that is to be done now shares the key.
 */
export interface Parcel<Data> {
  data: Data
  ring?: Omit<AddOptions, 'delayMs'>
}

/** Alarms are set to the next tenth of a second, so that a burst which sets the same alarm sets one. */
const slotMs = 100

export function packJob<Data>(data: Data, options: AddOptions, now: number): { parcel: Parcel<Data>; jobOptions: JobsOptions } {
  const { key, delayMs = 0, attempts = 1, backoffMs = 0 } = options
  const tries: JobsOptions = { attempts, backoff: { type: 'exponential', delay: backoffMs } }
  if (key === undefined) return { parcel: { data }, jobOptions: delayMs > 0 ? { ...tries, delay: delayMs } : tries }
  if (key === '' || key.includes(':')) throw new Error(`a job's key is not empty and has no ':' in it`)
  if (delayMs <= 0) return { parcel: { data }, jobOptions: { ...tries, deduplication: { id: key, keepLastIfActive: true } } }

  const slot = Math.ceil((now + delayMs) / slotMs)
  return {
    parcel: { data, ring: { key, attempts, backoffMs } },
    jobOptions: {
      delay: slot * slotMs - now,
      // No caller's key holds a colon, so an alarm is never taken for work.
      deduplication: { id: `${key}:${slot}` },
      attempts: 5,
      backoff: { type: 'fixed', delay: 1000 },
    },
  }
}
