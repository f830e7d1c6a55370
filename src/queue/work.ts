// One worker on one queue: rings alarms, hands work to the handler, and can be closed even while the server is away.
import type { Engine } from './engine.ts'
import type { Parcel } from './parcel.ts'
import type { Jobs, QueueName, Queues, Worker } from './queues.ts'

export function startWorker<Q extends QueueName>(
  engine: Engine,
  queue: Q,
  concurrency: number,
  handler: (data: Jobs[Q]) => Promise<void>,
  add: Queues['add'],
  onError: (error: unknown) => void,
): Worker {
  const running = new Set<Promise<void>>()

  async function run({ data: { data, ring } }: { data: Parcel<Jobs[Q]> }): Promise<void> {
    const done = ring ? add(queue, data, ring) : handler(data)
    running.add(done)
    try {
      await done
    } catch (error) {
      onError(error)
      // BullMQ keeps what a job died of for a week; a database's message may quote what it was given, so the kind must do.
      throw new Error(error instanceof Error ? error.name : 'Error')
    } finally {
      running.delete(done)
    }
  }

  const consumer = engine.consumer<Jobs[Q]>(queue, concurrency, run)
  consumer.on('error', onError)
  let closing: Promise<void> | undefined
  return {
    close() {
      closing ??= close()
      return closing
    },
  }

  async function close(): Promise<void> {
    await consumer.pause(true)
    while (running.size > 0) await Promise.allSettled(running)
    // BullMQ would wait for a server that is away, for ever. With force it does not, and there is no job left to wait for.
    const away = await engine.ping().then(
      () => false,
      () => true,
    )
    await consumer.close(away)
  }
}
