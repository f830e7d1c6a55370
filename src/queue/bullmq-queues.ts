// Our queues on BullMQ, whatever it stands on: redis.ts and embedded.ts bring the connection, everything else is here.
import { systemClock } from '../clock.ts'
import { Unavailable } from '../errors.ts'
import { createBoard } from './board.ts'
import type { Engine, Producer } from './engine.ts'
import type { News } from './news.ts'
import { packJob } from './parcel.ts'
import type { Depth, QueueName, Queues, Worker } from './queues.ts'
import { startWorker } from './work.ts'

export async function bullmqQueues(engine: Engine, news: News, onError: (error: unknown) => void): Promise<Queues> {
  const producers: Record<QueueName, Producer> = {
    turn: engine.producer('turn'),
    deliver: engine.producer('deliver'),
    due: engine.producer('due'),
    finish: engine.producer('finish'),
    webhook: engine.producer('webhook'),
  }
  for (const producer of Object.values(producers)) producer.on('error', onError)
  // A BullMQ queue whose first look at the server fails stays broken for good, so nobody gets it before that.
  await Promise.all(Object.values(producers).map((producer) => producer.waitUntilReady()))
  const workers = new Set<Worker>()
  let closing: Promise<void> | undefined

  async function available<T>(ask: () => Promise<T>): Promise<T> {
    try {
      // A closed PostgreSQL backend never answers; ours does.
      if (closing) throw new Error('it was closed')
      return await ask()
    } catch (error) {
      throw new Unavailable('queue', error)
    }
  }

  const add: Queues['add'] = async (queue, data, options = {}) => {
    // The clock is BullMQ's own: it reckons delays from the system's.
    const { parcel, jobOptions } = packJob(data, options, systemClock.now())
    await available(() => producers[queue].add(queue, parcel, jobOptions))
  }

  async function depth(queue: QueueName): Promise<Depth> {
    const counts = await producers[queue].getJobCounts('waiting', 'active', 'delayed', 'failed')
    return {
      waiting: counts['waiting'] ?? 0,
      active: counts['active'] ?? 0,
      delayed: counts['delayed'] ?? 0,
      failed: counts['failed'] ?? 0,
    }
  }

  async function close(): Promise<void> {
    await Promise.all([...workers].map((worker) => worker.close()))
    await Promise.all(Object.values(producers).map((producer) => producer.close()))
    await engine.close()
  }

  return {
    add,

    async work(queue, concurrency, handler) {
      const worker = startWorker(engine, queue, concurrency, handler, add, onError)
      workers.add(worker)
      return worker
    },

    async every(name, everyMs, queue, data) {
      await available(() => producers[queue].upsertJobScheduler(name, { every: everyMs }, { name: queue, data: { data } }))
    },

    async depths() {
      const all = () => Promise.all([depth('turn'), depth('deliver'), depth('due'), depth('finish'), depth('webhook')])
      const [turn, deliver, due, finish, webhook] = await available(all)
      return { turn, deliver, due, finish, webhook }
    },

    async publish(topic, hint) {
      // Who publishes has done the work already; news that is lost is found in the store.
      await engine.publish(topic, hint).catch(onError)
    },

    async subscribe(listener) {
      const stop = news.listen(listener)
      return async () => stop()
    },

    board: () => createBoard(Object.values(producers)),

    limits: engine.limits,

    async ping() {
      await available(() => engine.ping())
    },

    close() {
      closing ??= close()
      return closing
    },
  }
}
