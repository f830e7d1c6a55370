// Ready or not: red while a server is away or frozen, green again by itself; the metrics say which, and lose no count meanwhile.
import { afterEach, describe, expect, it } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMongo } from '../support/mongodb.ts'
import { without } from '../support/needs.ts'
import { outside } from '../support/outside.ts'
import { eventually, freePort, startMendline } from '../support/processes.ts'
import { startRedis } from '../support/redis.ts'
import { fromBot, openChat } from '../support/visitor.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

describe.skipIf(without('redis', 'mongodb'))('readiness', () => {
  it('is red while Redis or MongoDB is away or frozen, and green again without a restart; what was said meanwhile is answered', async () => {
    const [redis, mongo, port] = [await startRedis(), await startMongo(), await freePort()]
    const folder = mkdtempSync(join(tmpdir(), 'mendline-ready-'))
    const key = 'ready-key-0123456789'
    cleanups.push(
      () => rmSync(folder, { recursive: true, force: true }),
      () => redis.remove(),
      () => mongo.remove(),
    )
    const running = await startMendline({
      PORT: String(port),
      DATA_DIR: folder,
      ADMIN_KEY: key,
      MONGODB_URL: mongo.url,
      REDIS_URL: redis.url,
      LOG_LEVEL: 'silent',
    })
    cleanups.push(() => running.kill())
    const url = `http://127.0.0.1:${port}`
    const desk = outside(url, key)
    const ready = (status: number, body: Record<string, string>) =>
      eventually(
        async () => {
          const response = await fetch(`${url}/readyz`)
          return response.status === status && JSON.stringify(await response.json()) === JSON.stringify(body) ? true : undefined
        },
        `${status} ${JSON.stringify(body)}`,
      )
    const alive = async () => expect((await fetch(`${url}/healthz`)).status).toBe(200)
    const green = { storage: 'ok', queue: 'ok' }

    await ready(200, green)
    const visitor = await openChat(() => [url])
    const replies = async (count: number) =>
      eventually(async () => ((await visitor.history()).filter(fromBot).length >= count ? true : undefined), `answer ${count}`)

    redis.kill()
    await ready(503, { storage: 'ok', queue: 'away' })
    await alive()
    expect(await desk.metric('mendline_up', { part: 'queue' })).toBe(0)
    expect(await desk.metric('mendline_up', { part: 'storage' })).toBe(1)
    // Stored is stored, whether or not a worker can be woken.
    await visitor.say('hello', 'while-redis-is-away')
    await redis.start()
    await ready(200, green)
    await replies(1)

    redis.freeze()
    await ready(503, { storage: 'ok', queue: 'away' })
    redis.thaw()
    await ready(200, green)

    mongo.kill()
    await ready(503, { storage: 'away', queue: 'ok' })
    await alive()
    expect(await desk.metric('mendline_up', { part: 'storage' })).toBe(0)
    const refused = await fetch(`${url}/api/v1/tickets`, { headers: { authorization: `Bearer ${key}` } })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    await mongo.start()
    await ready(200, green)

    mongo.freeze()
    await ready(503, { storage: 'away', queue: 'ok' })
    mongo.thaw()
    await ready(200, green)

    await visitor.say('My treadmill stops with E03', 'after-all')
    await replies(2)
    await eventually(async () => ((await desk.tickets()).length === 1 ? true : undefined), 'the ticket')
    expect(await desk.metric('mendline_turn_seconds_count', { outcome: 'committed' })).toBe(2)
    expect(await desk.metric('mendline_oldest_unhandled_seconds')).toBe(0)
  }, 300_000)
})
