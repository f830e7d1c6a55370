// The contract for work to be woken: an alarm clock, never the only copy. Jobs carry ids, not text.
import type { Limits } from '../limits.ts'
import type { Board } from './board.ts'

/** Every kind of job and what it carries. */
export interface Jobs {
  /** Drain the stored messages of a conversation, one turn at a time. */
  turn: { conversation: string }
  /** Send what a conversation has queued, in order. */
  deliver: { conversation: string }
  /** A due document's time has come. */
  due: { id: string }
  /** Finish a committed journal entry whose writer went away. */
  finish: { stream: string }
  /** Tell an endpoint of another system what it is due. */
  webhook: { endpoint: string }
}

export type QueueName = keyof Jobs

export interface AddOptions {
  /**
   * Jobs with the same key are one: while it waits another add is dropped; while it runs the last add runs once more afterwards
   * (BullMQ's `deduplication` with `keepLastIfActive`). No `:` in it.
   */
  key?: string
  /**
   * With a key: the add is made when the time has come, as if by hand. Until then it neither holds up an add for now nor is pushed out
   * by one; of several delays each is kept.
   */
  delayMs?: number
  /** Tries altogether, default 1. */
  attempts?: number
  /** First pause between tries; doubles. */
  backoffMs?: number
}

export interface Depth {
  waiting: number
  active: number
  delayed: number
  failed: number
}

export interface Worker {
  /** Takes no more jobs, waits for those running. */
  close(): Promise<void>
}

export interface Queues {
  /** @throws Unavailable quickly (within two seconds) when the queue cannot be reached: producers do not wait for it. */
  add<Q extends QueueName>(queue: Q, data: Jobs[Q], options?: AddOptions): Promise<void>
  /** `handler` throwing fails that try. Survives an outage of the server without a restart. */
  work<Q extends QueueName>(queue: Q, concurrency: number, handler: (data: Jobs[Q]) => Promise<void>): Promise<Worker>
  /** A repeating job, created or brought up to date by name; after a flush of the server it must be asked for again. */
  every<Q extends QueueName>(name: string, everyMs: number, queue: Q, data: Jobs[Q]): Promise<void>
  depths(): Promise<Record<QueueName, Depth>>
  /** News between processes: a hint only, may be lost. */
  publish(topic: string, hint: string): Promise<void>
  /** Every hint of every topic until the returned function is called. */
  subscribe(listener: (topic: string, hint: string) => void): Promise<() => Promise<void>>
  /** What staff see of it. Absent: there is nothing to see. */
  board?(): Board
  /** Counted where the queue is. */
  limits: Limits
  ping(): Promise<void>
  close(): Promise<void>
}
