// Whether the Redis at REDIS_URL can be used, tried without leaving a key behind.
import { Redis } from 'ioredis'
import type { Connection } from '../connection.ts'
import { waitForRedis } from './redis-check.ts'

export function redisConnection(url: string): Connection {
  return {
    setting: 'REDIS_URL',
    async try() {
      const client = new Redis(url, { maxRetriesPerRequest: 0, connectTimeout: 3_000 })
      // What goes wrong is told by the answer that does not come; without a listener ioredis would print it.
      client.on('error', () => {})
      try {
        await waitForRedis(client, url)
        const about = await client.info()
        const version = /^redis_version:(.+)$/m.exec(about)?.[1]?.trim() ?? 'unknown'
        const keeps = /^aof_enabled:1/m.test(about)
        return `Redis ${version} at ${new URL(url).host}, noeviction${keeps ? ', append-only file on' : '; "appendonly yes" would spare it work after a restart'}`
      } finally {
        client.disconnect()
      }
    },
  }
}
