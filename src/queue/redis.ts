// The queue on a Redis server: BullMQ through ioredis, for any number of processes.
import { Queue, Worker } from 'bullmq'
import { Redis, type RedisOptions } from 'ioredis'
import { systemClock } from '../clock.ts'
import { bullmqQueues } from './bullmq-queues.ts'
import { producerOptions, workerOptions, type Engine, type WorkerJob } from './engine.ts'
import { redisLimits } from './limits.ts'
import { createNews } from './news.ts'
import type { Parcel } from './parcel.ts'
import type { Jobs, QueueName, Queues } from './queues.ts'
import { rarely } from './rarely.ts'
import { waitForRedis } from './redis-check.ts'

interface RedisQueuesOptions {
  /** `redis://` or `rediss://`. */
  url: string
  /** Keeps two installations on one server apart; letters, digits, `-`. */
  prefix?: string
  /** A handler threw, or something went wrong in the background (an outage, mostly); the same thing is told once a minute at most. */
  onError?: (error: Error) => void
}

/** @throws StartError when the server does not answer, or may throw jobs away (`maxmemory-policy`). */
export async function openRedisQueues({ url, prefix = 'mendline', onError }: RedisQueuesOptions): Promise<Queues> {
  let closed = false
  const common: RedisOptions = {
    connectTimeout: 5_000,
    // Null ends it: also BullMQ's own copies of these connections then stop looking for a server.
    retryStrategy: (times) => (closed ? null : Math.min(times * 100, 1_000)),
    // After a failover the old primary still takes connections, as a replica: look for the new one.
    reconnectOnError: (error) => error.message.startsWith('READONLY'),
  }
  // Who adds wants to know at once whether it worked: the document is stored, and `recover` adds it again.
  const producers = new Redis(url, { ...common, enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout: 1_500 })
  // A worker waits for as long as an outage lasts. A connection that died without a word is told by the answer that does not come:
  // no command of a worker takes longer than 10 s.
  const patient: RedisOptions = { ...common, maxRetriesPerRequest: null, socketTimeout: 15_000 }
  const workers = new Redis(url, patient)
  const subscriber = new Redis(url, patient)
  const clients = [producers, workers, subscriber]
  const report = rarely(systemClock, onError ?? (() => {}))
  for (const client of clients) client.on('error', report)

  // In braces, so that on a cluster all keys of ours live on one node, as BullMQ's scripts demand.
  const keys = `{${prefix}}`
  const channel = `${keys}:news:`
  const news = createNews(report)
  subscriber.on('pmessage', (_pattern, from, hint) => news.tell(from.slice(channel.length), hint))
  // A subscription is silent by nature, so it is asked for a sign of life.
  const pings = setInterval(() => void subscriber.ping().catch(report), 10_000).unref()

  async function close(): Promise<void> {
    closed = true
    clearInterval(pings)
    for (const client of clients) client.disconnect()
  }

  const engine: Engine = {
    producer: (queue) => new Queue<Parcel<Jobs[QueueName]>>(queue, { connection: producers, prefix: keys, ...producerOptions }),
    consumer: <Data>(queue: QueueName, concurrency: number, run: (job: WorkerJob<Data>) => Promise<void>) =>
      new Worker<Parcel<Data>>(queue, run, { connection: workers, prefix: keys, concurrency, ...workerOptions }),
    publish: async (topic, hint) => void (await producers.publish(channel + topic, hint)),
    limits: redisLimits(producers, keys),
    ping: async () => void (await producers.ping()),
    close,
  }
  try {
    await waitForRedis(producers, url)
    await subscriber.psubscribe(`${channel}*`)
    return await bullmqQueues(engine, news, report)
  } catch (error) {
    await close()
    throw error
  }
}
