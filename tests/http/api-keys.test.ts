// API keys: what each opens, until when, and that nobody gives more than they have.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiOf, type Api } from '../support/api.ts'
import { movableClock } from '../support/clock.ts'
import { createFolder, createProvider, live, type Life } from '../support/life.ts'

const made = z.looseObject({ id: z.string(), key: z.string(), version: z.int() })
const list = z.object({ data: z.array(z.looseObject({ number: z.string() })), nextCursor: z.string().nullable() })
const problem = z.object({ detail: z.string() })
const yaml = `
products: [{ name: T5 treadmill }, { name: X3 bike }]
teams:
  - { name: north, default: true }
  - { name: bikes, products: [X3 bike] }
`

let life: Life
let admin: Api
let cleanup: () => Promise<void>
const clock = movableClock()
/** Written as somewhere else on the globe. */
const in1h = () => `${new Date(clock.now() + 5 * 3_600_000).toISOString().slice(0, -1)}+04:00`
const url = () => `http://127.0.0.1:${life.port}`
beforeAll(async () => {
  const folder = createFolder()
  life = await live({ folder: folder.path, provider: createProvider(), yaml, clock })
  admin = apiOf(url, 'test-key-0123456789')
  cleanup = async () => {
    await life.close()
    folder.remove()
  }
})
afterAll(() => cleanup())

async function make(body: Record<string, unknown>, by: Api = admin): Promise<z.output<typeof made> & { api: Api }> {
  const response = await by.post('/api-keys', { name: 'Shop', ...body })
  expect(response.status).toBe(201)
  const key = made.parse(await response.json())
  return { ...key, api: apiOf(url, key.key) }
}

async function open(by: Api, product: string): Promise<string> {
  const body = { subject: `${product} squeaks`, description: 'It squeaks', customer: { name: 'Ann Lee' }, asset: { product } }
  const response = await by.post('/tickets', body)
  expect(response.status).toBe(201)
  return z.looseObject({ number: z.string() }).parse(await response.json()).number
}

describe('a key', () => {
  it('opens what its scopes name and nothing else; whoever may write may read', async () => {
    const { api } = await make({ scopes: ['tickets:read', 'sites:write'] })
    expect((await api.get('/tickets')).status).toBe(200)
    expect((await api.get('/sites')).status).toBe(200)
    expect((await api.post('/sites', { name: 'Gym East' })).status).toBe(201)
    const refused = [await api.post('/tickets', {}), await api.get('/customers'), await api.post('/api-keys', {})]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403])
    expect(problem.parse(await refused[1]?.json()).detail).toContain('customers:read')
  })

  it('is told once and kept as a hash only', async () => {
    const { id, key } = await make({ scopes: ['*:read'] })
    const shown = await (await admin.get(`/api-keys/${id}`)).text()
    expect(shown).not.toContain(key)
    const [, secret = ''] = /_([0-9a-f]{64})$/.exec(key) ?? []
    expect(secret).not.toBe('')
    const stored = [
      await life.core.collections.apiKeys.find({}),
      await life.core.journal.entries('api_key', id),
      await life.core.collections.idempotentRequests.find({}),
    ]
    expect(JSON.stringify(stored)).not.toContain(secret)
  })

  it('is the same key, told again, when its creation is repeated under one Idempotency-Key', async () => {
    const once = { 'idempotency-key': 'shop-1' }
    const create = async () => made.parse(await (await admin.post('/api-keys', { name: 'Shop', scopes: ['*:read'] }, once)).json())
    const [first, again] = [await create(), await create()]
    expect(again).toEqual(first)
    expect((await apiOf(url, again.key).get('/tickets')).status).toBe(200)
  })

  it('opens until its end, until it is revoked, and after a rotation for as long as was said', async () => {
    const short = await make({ scopes: ['*:read'], expiresAt: in1h() })
    const gone = await make({ scopes: ['*:read'] })
    const turned = await make({ scopes: ['*:read'] })
    const rotated = made.parse(await (await admin.post(`/api-keys/${turned.id}/rotate`, { overlap: '30m' })).json())
    const next = apiOf(url, rotated.key)
    const statuses = async () =>
      (await Promise.all([short.api, gone.api, turned.api, next].map(async (api) => api.get('/tickets')))).map(({ status }) => status)
    expect(await statuses()).toEqual([200, 200, 200, 200])
    expect((await fetch(`${url()}/api/v1/api-keys/${gone.id}`, { method: 'DELETE', headers: { authorization: 'Bearer test-key-0123456789' } })).status).toBe(
      200,
    )
    expect(await statuses()).toEqual([200, 401, 200, 200])
    clock.move(31 * 60_000)
    expect(await statuses()).toEqual([200, 401, 401, 200])
    clock.move(30 * 60_000)
    expect(await statuses()).toEqual([401, 401, 401, 200])
    expect(await (await admin.get(`/api-keys/${short.id}`)).json()).toMatchObject({ state: 'expired', lastUsedAt: expect.stringMatching(/^20/) })
    expect((await admin.post(`/api-keys/${gone.id}/rotate`, {})).status).toBe(409)
    expect((await admin.post('/api-keys', { name: 'Late', scopes: ['*:read'], expiresAt: '2026-05-04T10:00:00Z' })).status).toBe(400)
  })

  it('gives nobody more than it has, and gets hold of no stronger key', async () => {
    const strong = await make({ scopes: ['*:write'] })
    const weak = await make({ scopes: ['api-keys:write', 'tickets:read'] })
    expect((await weak.api.post('/api-keys', { name: 'Child', scopes: ['tickets:read'] })).status).toBe(201)
    const refused = [
      await weak.api.post('/api-keys', { name: 'Child', scopes: ['tickets:write'] }),
      await weak.api.post(`/api-keys/${strong.id}/rotate`, {}),
      await weak.api.patch(`/api-keys/${weak.id}`, { scopes: ['*:read'] }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403])
    expect((await strong.api.get('/tickets')).status).toBe(200)
  })

  it('acts under its own name in the history', async () => {
    const { id, api } = await make({ scopes: ['tickets:write'] })
    const number = await open(api, 'T5 treadmill')
    expect((await life.core.journal.entries('ticket', number))[0]?.actor).toEqual({ kind: 'api', id })
  })

  it.each([
    ['a scope of nothing', { scopes: [] }],
    ['a scope without its kind', { scopes: ['tickets'] }],
    ['a team that is none', { scopes: ['tickets:read'], team: 'south' }],
    ['a team and what is not for teams', { scopes: ['customers:read'], team: 'north' }],
  ])('is not made with %s', async (_, body) => {
    expect((await admin.post('/api-keys', { name: 'Shop', ...body })).status).toBe(400)
  })
})

describe('a key of one team', () => {
  it('sees, opens and changes the tickets of its team; the others do not exist for it', async () => {
    const { api } = await make({ scopes: ['tickets:write'], team: 'bikes' })
    const [bike, treadmill, own] = [await open(admin, 'X3 bike'), await open(admin, 'T5 treadmill'), await open(api, 'T5 treadmill')]
    const seen = []
    for (let cursor = ''; ;) {
      const page = await api.read(`/tickets?limit=1${cursor}`, list)
      seen.push(...page.data.map(({ number }) => number))
      if (page.nextCursor === null) break
      cursor = `&cursor=${page.nextCursor}`
    }
    expect(seen).toEqual([own, bike])
    expect((await api.get(`/tickets/${bike}/timeline`)).status).toBe(200)
    expect((await api.post(`/tickets/${bike}/notes`, { text: 'Called' })).status).toBe(201)
    const hidden = [
      await api.get(`/tickets/${treadmill}`),
      await api.post(`/tickets/${treadmill}/notes`, { text: 'x' }),
      await api.post(`/tickets/${bike}/merge`, { into: treadmill }),
    ]
    expect(hidden.map(({ status }) => status)).toEqual([404, 404, 400])
    expect((await api.get('/customers')).status).toBe(403)
  })
})

describe('who asks too often', () => {
  it('with a key is told how much is left, and when to come again', async () => {
    const { api } = await make({ scopes: ['tickets:read'] })
    const first = await api.get('/canned-replies')
    expect(first.headers.get('ratelimit-limit')).toBe('1200')
    expect(first.headers.get('ratelimit-remaining')).toBe('1199')
    for (let sent = 1; sent < 1200; sent += 100) await Promise.all(Array.from({ length: Math.min(100, 1200 - sent) }, async () => api.get('/canned-replies')))
    const over = await api.get('/tickets')
    expect(over.status).toBe(429)
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await admin.get('/tickets')).status).toBe(200)
  })

  it('without one is turned away after a minute of guesses, which stops nobody who has one', async () => {
    const guess = async () => (await apiOf(url, 'mendline_key_00000000000000000000000000_0').get('/tickets')).status
    const guesses = []
    for (let count = 0; count < 62; count++) guesses.push(await guess())
    expect(guesses[0]).toBe(401)
    expect(guesses.at(-1)).toBe(429)
    expect((await admin.get('/tickets')).status).toBe(200)
  })
})
