// The Idempotency-Key: the same request acts once and is answered the same, whatever happens in between.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiOf, type Api } from '../support/api.ts'
import { movableClock } from '../support/clock.ts'
import { createFolder, createProvider, live, type Life } from '../support/life.ts'

const opened = z.looseObject({ number: z.string(), status: z.string() })
const body = { subject: 'It leaks', description: 'Since Monday', customer: { name: 'Ann Lee' } }
let orders = 0
/** A key that nobody used before. */
const freshKey = () => ({ 'idempotency-key': `order-${++orders}` })
const clock = movableClock()

let folder: ReturnType<typeof createFolder>
let life: Life
let api: Api
const begin = async (death?: { step: string; fate: 'before' | 'after' }) => {
  life = await live({ folder: folder.path, provider: createProvider(), clock, ...(death === undefined ? {} : { death }) })
}
beforeAll(async () => {
  folder = createFolder()
  await begin()
  api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
})
afterAll(async () => {
  await life.close()
  folder.remove()
})
/** How many tickets there are more than before. */
async function more(act: () => Promise<unknown>): Promise<number> {
  const before = await life.core.collections.tickets.count({})
  await act()
  return (await life.core.collections.tickets.count({})) - before
}

describe('a request under an Idempotency-Key', () => {
  it('is answered the same again, also when what it made has changed since', async () => {
    const once = freshKey()
    const act = async () => {
      const first = await api.post('/tickets', body, once)
      const answer = await first.text()
      const { number } = opened.parse(JSON.parse(answer))
      await api.post(`/tickets/${number}/status`, { status: 'accepted' })
      const again = await api.post('/tickets', body, once)
      expect([again.status, await again.text()]).toEqual([201, answer])
      expect([first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')]).toEqual([null, 'true'])
      expect([again.headers.get('etag'), again.headers.get('location')]).toEqual([first.headers.get('etag'), `/api/v1/tickets/${number}`])
    }
    expect(await more(act)).toBe(1)
  })

  it('acts once when twenty arrive at the same time', async () => {
    const once = freshKey()
    const act = async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, async () => api.post('/tickets', body, once)))
      expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201))
      const numbers = await Promise.all(answers.map(async (answer) => opened.parse(await answer.json()).number))
      expect(new Set(numbers).size).toBe(1)
    }
    expect(await more(act)).toBe(1)
  })

  it('with another body or path is refused, and does nothing', async () => {
    const once = freshKey()
    const { number } = opened.parse(await (await api.post('/tickets', body, once)).json())
    const act = async () => {
      const others = [await api.post('/tickets', { ...body, subject: 'It burns' }, once), await api.post(`/tickets/${number}/notes`, { text: 'x' }, once)]
      expect(others.map(({ status }) => status)).toEqual([422, 422])
    }
    expect(await more(act)).toBe(0)
  })

  it('that was refused may come again, mended, under the same key', async () => {
    const once = freshKey()
    expect((await api.post('/tickets', { ...body, subject: '' }, once)).status).toBe(400)
    expect((await api.post('/tickets', body, once)).status).toBe(201)
  })

  it('is another caller’s own affair', async () => {
    const once = freshKey()
    const key = z.object({ key: z.string() }).parse(await (await api.post('/api-keys', { name: 'Shop', scopes: ['tickets:write'] })).json()).key
    const other = apiOf(() => `http://127.0.0.1:${life.port}`, key)
    const act = async () => {
      const [mine, theirs] = [await api.post('/tickets', body, once), await other.post('/tickets', { ...body, subject: 'It burns' }, once)]
      expect([mine.status, theirs.status]).toEqual([201, 201])
    }
    expect(await more(act)).toBe(2)
  })

  it('is remembered for a week, and then forgotten', async () => {
    const once = freshKey()
    const isReplayed = async () => (await api.post('/tickets', body, once)).headers.get('idempotency-replayed') === 'true'
    const act = async () => {
      expect(await isReplayed()).toBe(false)
      clock.move(7 * 86_400_000 - 60_000)
      expect(await isReplayed()).toBe(true)
      clock.move(60_000)
      expect(await isReplayed()).toBe(false)
    }
    expect(await more(act)).toBe(2)
  })

  it('acts once, although the process died over it', async () => {
    for (const death of [
      { step: 'insert idempotent_requests #1', fate: 'after' },
      { step: 'insert ticket entry #1', fate: 'after' },
    ] as const) {
      const once = freshKey()
      const before = await life.core.collections.tickets.count({})
      await life.close()
      await begin(death)
      const lost = api.post('/tickets', body, once).catch(() => undefined)
      await life.died
      await life.bury()
      await lost
      await begin()
      expect((await api.post('/tickets', body, once)).status, death.step).toBe(201)
      expect(await life.core.collections.tickets.count({}), death.step).toBe(before + 1)
    }
  })
})
