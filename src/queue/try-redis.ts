// Whether the Redis at REDIS_URL can be used, tried without leaving a key behind.
import { Redis } from 'ioredis'
import type { Connection, Imperfect } from '../connection.ts'
import { StartError } from '../errors.ts'
import { waitForRedis } from './redis-check.ts'

export function redisConnection(url: string): Connection {
  async function asked<T>(ask: (client: Redis) => Promise<T>): Promise<T> {
    const client = new Redis(url, { maxRetriesPerRequest: 0, connectTimeout: 3_000 })
    // What goes wrong is told by the answer that does not come; without a listener ioredis would print it.
    client.on('error', () => {})
    try {
      await waitForRedis(client, url)
      return await ask(client)
    } finally {
      client.disconnect()
    }
  }
  return {
    setting: 'REDIS_URL',
    try: () => asked(async (client) => judgeRedis(await client.info(), new URL(url).host)),
    time: () =>
      asked(async (client) => {
        const [seconds, microseconds] = await client.time()
        return Number(seconds) * 1000 + Number(microseconds) / 1000
      }),
  }
}

/** What BullMQ asks for, and what it runs best on: https://docs.bullmq.io/guide/redis-tm-compatibility */
const [oldest, wanted] = ['5.0.0', '6.2.0']

/** By what Redis says of itself (INFO); its policy has been looked at before. @throws StartError */
export function judgeRedis(about: string, host: string): string | Imperfect {
  const version = /^redis_version:(.+)$/m.exec(about)?.[1]?.trim()
  if (version !== undefined && isBefore(version, oldest))
    throw new StartError([`REDIS_URL: ${host} runs Redis ${version}, and the queue needs ${oldest}: install ${wanted} or later`])
  const works = `Redis ${version ?? 'of an unknown version'} at ${host}, noeviction`
  if (version !== undefined && isBefore(version, wanted)) return { works, but: `it is old; install ${wanted} or later` }
  return /^aof_enabled:1/m.test(about)
    ? `${works}, append-only file on`
    : { works, but: 'a restart of it forgets the queue, which takes Mendline a while to make anew; "appendonly yes" in its redis.conf spares that' }
}

function isBefore(version: string, other: string): boolean {
  return version.localeCompare(other, 'en', { numeric: true }) < 0
}
