// The queue inside our own process: BullMQ on its PostgreSQL backend over PGlite, nothing to install.
import { createPostgresBackend, withBackend } from 'bullmq'
import { systemClock } from '../clock.ts'
import { bullmqQueues } from './bullmq-queues.ts'
import { producerOptions, workerOptions, type WorkerJob } from './engine.ts'
import { memoryLimits } from './limits.ts'
import { createNews } from './news.ts'
import type { Parcel } from './parcel.ts'
import { openFreshPglite } from './pglite-folder.ts'
import { PglitePool } from './pglite-pool.ts'
import type { Jobs, QueueName, Queues } from './queues.ts'
import { rarely } from './rarely.ts'

interface EmbeddedOptions {
  /** Ours alone, and emptied at every start: `recover` fills the queue again from the documents. */
  folder: string
  /** An empty database to copy, made here if there is none; default in `folder`. Several processes may share one (tests do). */
  template?: string
  /** A handler threw, or something went wrong in the background; the same thing is told once a minute at most. */
  onError?: (error: Error) => void
}

/** @throws when the folder cannot be written. */
export async function openEmbeddedQueues({ folder, template, onError }: EmbeddedOptions): Promise<Queues> {
  const report = rarely(systemClock, onError ?? (() => {}))
  const db = await openFreshPglite(folder, template)
  const connection = new PglitePool(db, report)
  const news = createNews(report)
  const { Queue, Worker } = withBackend(createPostgresBackend)
  return await bullmqQueues(
    {
      producer: (queue) => new Queue<Parcel<Jobs[QueueName]>>(queue, { connection, ...producerOptions }),
      consumer: <Data>(queue: QueueName, concurrency: number, run: (job: WorkerJob<Data>) => Promise<void>) =>
        // In one process no notification gets lost, so an idle worker need not look every five seconds.
        new Worker<Parcel<Data>>(queue, run, { connection, concurrency, ...workerOptions, drainDelay: 30 }),
      publish: async (topic, hint) => queueMicrotask(() => news.tell(topic, hint)),
      limits: memoryLimits(),
      ping: async () => void (await db.query('SELECT 1')),
      close: () => connection.end(),
    },
    news,
    report,
  )
}
