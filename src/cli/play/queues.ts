// Queues for one person at a terminal: jobs run one after another as they come, so that a transcript is the same each time.
import { memoryLimits } from '../../queue/limits.ts'
import type { Jobs, QueueName, Queues } from '../../queue/queues.ts'
import { createNews } from '../../queue/news.ts'

export interface PlayQueues extends Queues {
  /** Resolves when nothing waits and nothing runs. */
  idle(): Promise<void>
}

type Handlers = { [Q in QueueName]?: (data: Jobs[Q]) => Promise<void> }

interface Job {
  /** Of two that wait under one name the second is dropped. */
  name: string | undefined
  run(): Promise<void>
}

/** A delay is left to the sweeps, which find by the clock what is due: a queue is an alarm clock and never the only copy. */
export function createPlayQueues(onError: (error: unknown) => void): PlayQueues {
  const handlers: Handlers = {}
  const waiting: Job[] = []
  const news = createNews(onError)
  let running: Promise<void> | undefined

  async function drain(): Promise<void> {
    // Not before whoever adds has gone on: they may add more.
    await Promise.resolve()
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) await job.run().catch(onError)
    running = undefined
  }

  return {
    async add<Q extends QueueName>(queue: Q, data: Jobs[Q], options: { key?: string; delayMs?: number } = {}) {
      const name = options.key === undefined ? undefined : `${queue}/${options.key}`
      if ((options.delayMs ?? 0) > 0 || (name !== undefined && waiting.some((job) => job.name === name))) return
      waiting.push({ name, run: async () => handlers[queue]?.(data) })
      running ??= drain()
    },
    async work<Q extends QueueName>(queue: Q, _: number, handler: (data: Jobs[Q]) => Promise<void>) {
      Object.assign(handlers, { [queue]: handler })
      return {
        async close() {
          delete handlers[queue]
        },
      }
    },
    async idle() {
      while (running !== undefined) await running
    },
    async every() {},
    async depths() {
      const none = { waiting: 0, active: 0, delayed: 0, failed: 0 }
      return { turn: none, deliver: none, due: none, finish: none, webhook: none }
    },
    publish: async (topic, hint) => news.tell(topic, hint),
    async subscribe(listener) {
      const stop = news.listen(listener)
      return async () => stop()
    },
    limits: memoryLimits(),
    async ping() {},
    async close() {
      await running
    },
  }
}
