// What our queues need of BullMQ, the same on every backend, and the settings both engines share.
import type { JobsOptions, QueueOptions, WorkerOptions } from 'bullmq'
import type { Limits } from '../limits.ts'
import type { Parcel } from './parcel.ts'
import type { Jobs, QueueName } from './queues.ts'

/** The part of BullMQ's `Queue` we use. */
export interface Producer {
  waitUntilReady(): Promise<void>
  add(name: string, data: Parcel<Jobs[QueueName]>, options: JobsOptions): Promise<unknown>
  upsertJobScheduler(id: string, repeat: { every: number }, template: { name: string; data: Parcel<Jobs[QueueName]> }): Promise<unknown>
  getJobCounts(...states: ('waiting' | 'active' | 'delayed' | 'failed')[]): Promise<Record<string, number>>
  on(event: 'error', listener: (error: Error) => void): unknown
  close(): Promise<void>
}

/** The part of BullMQ's `Worker` we use. */
interface Consumer {
  on(event: 'error', listener: (error: Error) => void): unknown
  pause(doNotWaitActive: boolean): Promise<void>
  close(force: boolean): Promise<void>
}

export interface WorkerJob<Data> {
  data: Parcel<Data>
}

/** What BullMQ stands on. */
export interface Engine {
  producer(queue: QueueName): Producer
  consumer<Data>(queue: QueueName, concurrency: number, run: (job: WorkerJob<Data>) => Promise<void>): Consumer
  publish(topic: string, hint: string): Promise<void>
  limits: Limits
  ping(): Promise<void>
  /** Lets go of every connection, also of one that is waiting for a server to come back. */
  close(): Promise<void>
}

/** The documents keep what happened, so a finished job is gone; failed ones stay a week for whoever looks. */
export const producerOptions = {
  defaultJobOptions: { removeOnComplete: true, removeOnFail: { age: 7 * 24 * 3600, count: 1000 } },
  streams: { events: { maxLen: 100 } },
} as const satisfies Partial<QueueOptions>

/**
 * A worker that died loses its jobs after 10 s, and another takes them within 5 to 10 s more. A job that stalls is run again and again:
 * who gives up on a message is the handler, which counts its failures. After an outage a worker asks again every second
 * (BullMQ's own 15 s would be added to every hiccup).
 */
export const workerOptions = {
  lockDuration: 10_000,
  stalledInterval: 5_000,
  maxStalledCount: 1_000,
  runRetryDelay: 1_000,
} as const satisfies Partial<WorkerOptions>
