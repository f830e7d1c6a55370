// Queues for one life of a process: on a Redis that the lives of one file share, embedded where there is none. A new process finds its queue
// empty, as the embedded one does: on Redis that takes a fresh prefix, in PGlite half a second of work, which a thousand lives feel.
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openEmbeddedQueues } from '../../src/queue/embedded.ts'
import type { Queues } from '../../src/queue/queues.ts'
import { openRedisQueues } from '../../src/queue/redis.ts'
import { programs } from './needs.ts'
import { queueTemplate } from './queue-template.ts'
import { startRedis, type RedisServer } from './redis.ts'

let redis: Promise<RedisServer> | undefined
afterAll(async () => (await redis)?.remove())

/** `folder`: of the life, for an embedded one. */
export async function freshQueues(folder: string): Promise<Queues> {
  const prefix = randomUUID()
  if (programs.redis.path === undefined) return openEmbeddedQueues({ folder: join(folder, `queue-${prefix}`), template: queueTemplate })
  redis ??= startRedis()
  return openRedisQueues({ url: (await redis).url, prefix })
}
