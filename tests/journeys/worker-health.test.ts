// A worker on servers tells how it is, for the health check of whatever runs it, and serves nothing else.
import { afterEach, describe, expect, it } from 'vitest'
import { startMongo } from '../support/mongodb.ts'
import { without } from '../support/needs.ts'
import { freePort, startMendline } from '../support/processes.ts'
import { startRedis } from '../support/redis.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function servers(): Promise<Record<string, string>> {
  const [mongo, redis] = [await startMongo(), await startRedis()]
  cleanups.push(
    () => mongo.remove(),
    () => redis.remove(),
  )
  return { MONGODB_URL: mongo.url, REDIS_URL: redis.url, ADMIN_KEY: 'worker-key-0123456789', ROLE: 'worker' }
}

async function worker(env: Record<string, string>): Promise<void> {
  const running = await startMendline(env)
  cleanups.push(() => running.kill())
}

describe.skipIf(without('redis', 'mongodb'))('a worker', () => {
  it('serves health and metrics on its port, and no page, channel or API', async () => {
    const port = await freePort()
    await worker({ ...(await servers()), PORT: String(port) })
    const status = async (path: string) =>
      (await fetch(`http://127.0.0.1:${port}${path}`, { headers: { authorization: 'Bearer worker-key-0123456789' } })).status
    expect(await Promise.all(['/healthz', '/readyz', '/metrics'].map(status))).toEqual([200, 200, 200])
    expect(await Promise.all(['/', '/chat', '/widget.js', '/api/v1/tickets', '/v3/directline/conversations'].map(status))).toEqual([404, 404, 404, 404, 404])
  })

  it('works without a port, or where another has taken it', async () => {
    const env = await servers()
    await worker(env)
    const port = await freePort()
    await worker({ ...env, PORT: String(port) })
    await worker({ ...env, PORT: String(port) })
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200)
  })
})
