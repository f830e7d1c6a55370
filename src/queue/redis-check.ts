// Before anything is queued: does the Redis answer, and will it keep what it is given?
import type { Redis } from 'ioredis'
import { StartError } from '../errors.ts'

const patienceMs = 5_000

/** @throws StartError naming the setting that is wrong. */
export async function waitForRedis(client: Redis, url: string): Promise<void> {
  // Without user and password: what we say here ends in logs.
  const server = new URL(url).host
  try {
    await connected(client)
  } catch (error) {
    throw new StartError([`REDIS_URL: no usable answer from ${server} (${reason(error)}): start Redis there, or correct REDIS_URL`])
  }
  const policy = /^maxmemory_policy:(.+)$/m.exec(await client.info('memory'))?.[1]?.trim()
  if (policy !== undefined && policy !== 'noeviction')
    throw new StartError([
      `REDIS_URL: ${server} runs with maxmemory-policy ${policy} and would throw away jobs when memory runs short: set "maxmemory-policy noeviction" in its redis.conf (or with CONFIG SET)`,
    ])
}

/** A server that starts at the same time as we do gets a few seconds. */
async function connected(client: Redis): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let last: unknown = new Error('timeout')
  const remember = (error: unknown): void => void (last = error)
  const timer = setTimeout(() => reject(last), patienceMs)
  client.once('ready', resolve)
  client.on('error', remember)
  if (client.status === 'ready') resolve()
  try {
    await promise
  } finally {
    clearTimeout(timer)
    client.off('ready', resolve)
    client.off('error', remember)
  }
}

/** ioredis says `connect ECONNREFUSED …` or the server's own words (WRONGPASS …); Node leaves the message empty where several addresses failed. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message || ('code' in error ? String(error.code) : error.name)
}
