// The REST API over the real server: what it refuses and how, pages, filters, versions, repetitions.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { restEndpoints } from '../../src/http/rest/index.ts'
import { apiOf, type Api } from '../support/api.ts'
import { createFolder, createProvider, live, newMessage, type Life } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const key = 'test-key-0123456789'
const ticket = z.looseObject({ number: z.string(), version: z.int(), status: z.string(), priority: z.string(), conversation: z.string().nullable() })
const page = z.object({ data: z.array(z.looseObject({ number: z.string() })), nextCursor: z.string().nullable() })
const problem = z.object({ status: z.int(), title: z.string(), detail: z.string().min(20) })

let life: Life
let api: Api
let cleanup: () => Promise<void>
beforeAll(async () => {
  const folder = createFolder()
  life = await live({ folder: folder.path, provider: createProvider() })
  api = apiOf(() => `http://127.0.0.1:${life.port}`, key)
  cleanup = async () => {
    await life.close()
    folder.remove()
  }
})
afterAll(() => cleanup())

async function open(subject: string, more: Record<string, unknown> = {}): Promise<z.infer<typeof ticket>> {
  const response = await api.post('/tickets', { subject, description: `${subject}, since Monday`, customer: { name: 'Ann Lee' }, ...more })
  expect(response.status).toBe(201)
  return ticket.parse(await response.json())
}

/** One ticket that a customer opened by writing, with an answer. */
async function written(text: string, from: string): Promise<z.infer<typeof ticket>> {
  await life.accept({ kind: 'message', message: newMessage(text, `id-${from}`, from) })
  return eventually(async () => {
    const [found] = await life.core.collections.tickets.find({ subject: text })
    return found === undefined ? undefined : ticket.parse(await (await api.get(`/tickets/${found._id}`)).json())
  }, 'a ticket')
}

describe('every route', () => {
  it('is declared well enough to make a document of: schemas, parameters, a summary', () => {
    const endpoints = restEndpoints(life.core)
    for (const { method, path, summary, takes, answers } of endpoints) {
      const input = z.toJSONSchema(takes, { io: 'input' })
      const params = z.object({ properties: z.object({ params: z.object({ properties: z.record(z.string(), z.unknown()) }) }) }).safeParse(input)
      expect(params.success ? Object.keys(params.data.properties.params.properties) : [], path).toEqual(
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
      )
      if (answers.view !== undefined) expect(z.toJSONSchema(answers.view), path).toHaveProperty('$schema')
      expect(summary.length, `${method} ${path}`).toBeGreaterThan(8)
    }
    expect(new Set(endpoints.map(({ method, path }) => `${method} ${path}`)).size).toBe(endpoints.length)
  })

  it('that reads answers what it declares', async () => {
    const opened = await written('It leaks', 'ann@example.org')
    const stored = await life.core.collections.tickets.get(opened.number)
    await api.post('/engineers', { id: 'kim', name: 'Kim Park', hours: { mon: '09:00-17:00' } })
    const registered = async (path: string, body: unknown) => z.looseObject({ id: z.string() }).parse(await (await api.post(path, body)).json()).id
    const ids: Record<string, string> = {
      customers: stored?.customer.id ?? '',
      conversations: stored?.conversation ?? '',
      products: await registered('/products', { name: 'T5 treadmill', warranty: { labour: '2y' } }),
      sites: await registered('/sites', { name: 'Gym North' }),
      assets: await registered('/assets', { serial: 'KP-20391', product: 't5 treadmill', installedOn: '2026-01-31' }),
      'work-orders': await registered('/work-orders', { ticket: opened.number }),
      engineers: 'kim',
    }
    for (const { method, path, answers } of restEndpoints(life.core)) {
      const [, kind = ''] = path.split('/')
      const real = path
        .replace('{number}', opened.number)
        .replace('{name}', 'satisfaction')
        .replace('{id}', ids[kind] ?? '')
      if (method !== 'GET' || answers.view === undefined || real.includes('//') || real.endsWith('/')) continue
      expect(answers.view.safeParse(await (await api.get(real)).json()).error, real).toBeUndefined()
    }
  })
})

describe('a request that cannot be served', () => {
  const number = 'R-0000000'
  it.each<[string, number, (api: Api) => Promise<Response>, string]>([
    ['a page of none', 400, (call) => call.get('/tickets?limit=0'), 'limit'],
    ['a page of too many', 400, (call) => call.get('/customers?limit=201'), 'limit'],
    ['a page of a few', 400, (call) => call.get('/conversations?limit=few'), 'limit'],
    ['a cursor of nobody', 400, (call) => call.get('/tickets?cursor=abc'), 'nextCursor'],
    ['a cursor without a time', 400, (call) => call.get(`/surveys?cursor=${Buffer.from('["x","y"]').toString('base64url')}`), 'nextCursor'],
    ['a filter that is none', 400, (call) => call.get('/tickets?statsu=new'), 'statsu'],
    ['a value no filter has', 400, (call) => call.get('/tickets?status=broken'), 'status'],
    ['a query where none is taken', 400, (call) => call.get(`/tickets/${number}?full=yes`), 'full'],
    ['no JSON', 400, (call) => call.post('/tickets', '{"subject":'), 'JSON'],
    ['a body without what is needed', 400, (call) => call.post('/tickets', { subject: 'A' }), 'customer'],
    [
      'a body with more than is known',
      400,
      (call) => call.post('/tickets', { subject: 'A', description: 'B', customer: { name: 'C' }, colour: 'red' }),
      'colour',
    ],
    [
      'a mail address that is none',
      400,
      (call) => call.post('/tickets', { subject: 'A', description: 'B', customer: { name: 'C', email: 'D' } }),
      'customer.email',
    ],
    ['a change of nothing', 400, (call) => call.patch(`/tickets/${number}`, {}), 'priority'],
    ['a ticket number that is none', 404, (call) => call.get('/tickets/4711'), 'R-4K7Q2MM'],
    ['a ticket that is not there', 404, (call) => call.post(`/tickets/${number}/notes`, { text: 'A' }), 'no ticket'],
    ['a conversation that is not there', 404, (call) => call.get('/conversations/c_1/messages'), 'no conversation'],
    ['an address of nothing', 404, (call) => call.get('/bills/due'), 'nothing'],
    ['a method of another route', 405, (call) => call.patch('/tickets', {}), 'GET or POST'],
    ['an address that cannot be read', 400, (call) => call.get('/tickets/%E0%A4%A'), 'percent'],
    ['a body of two megabytes', 413, (call) => call.post('/tickets', { subject: 'A'.repeat(2_000_000) }), 'bytes'],
  ])('is refused in one shape that says what to do: %s', async (_, status, call, word) => {
    const response = await call(api)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    const { detail, ...rest } = problem.parse(await response.json())
    expect([response.status, rest.status, detail]).toEqual([status, status, expect.stringContaining(word)])
  })

  it('is not even looked at without the key', async () => {
    for (const stranger of [apiOf(() => `http://127.0.0.1:${life.port}`, 'another-key-0123456789'), apiOf(() => `http://127.0.0.1:${life.port}`, '')]) {
      const response = await stranger.post('/tickets', 'no JSON')
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toBe('Bearer')
      expect(problem.parse(await response.json()).detail).toContain('Authorization: Bearer')
    }
  })
})

describe('a list', () => {
  it('shows each once over all its pages, however many are added meanwhile', async () => {
    const numbers: string[] = []
    for (let index = 0; index < 5; index++) numbers.push((await open(`Pump ${index}`, { priority: 'low' })).number)
    const seen: string[] = []
    let cursor = ''
    do {
      const found = await api.read(`/tickets?priority=low&limit=2${cursor}`, page)
      seen.push(...found.data.map((each) => each.number))
      cursor = found.nextCursor === null ? '' : `&cursor=${found.nextCursor}`
      await open('Another pump', { priority: 'low' })
    } while (cursor !== '')
    expect(seen).toEqual(numbers.toReversed())
  })

  it('of all that happened to a ticket goes on where the last page ended', async () => {
    const { number } = await written('The pump hums', 'pat@example.org')
    for (const text of ['one', 'two', 'three', 'four']) await api.post(`/tickets/${number}/notes`, { text })
    const timeline = z.object({ data: z.array(z.looseObject({ kind: z.string(), at: z.string() })), nextCursor: z.string().nullable() })
    const whole = await api.read(`/tickets/${number}/timeline`, timeline)
    expect(whole.data.map(({ kind }) => kind).toSorted()).toEqual(['change', 'change', 'change', 'change', 'change', 'message', 'message'])
    const seen: unknown[] = []
    let cursor = ''
    do {
      const found = await api.read(`/tickets/${number}/timeline?limit=2${cursor}`, timeline)
      seen.push(...found.data)
      cursor = found.nextCursor === null ? '' : `&cursor=${found.nextCursor}`
    } while (cursor !== '')
    expect(seen).toEqual(whole.data)
    const words = z.object({ data: z.array(z.object({ direction: z.string() })) })
    expect((await api.read(`/tickets/${number}/messages?direction=inbound`, words)).data).toEqual([{ direction: 'inbound' }])
  })

  it('can be narrowed', async () => {
    const opened = await open('Fan', { priority: 'urgent' })
    await api.post(`/tickets/${opened.number}/assign`, { assignee: 'Mia' })
    await api.post(`/tickets/${opened.number}/status`, { status: 'resolved' })
    const numbers = async (query: string) => (await api.read(`/tickets?${query}`, page)).data.map((each) => each.number)
    for (const query of ['status=resolved', 'category=done', 'priority=urgent', 'assignee=Mia', 'channel=api&priority=urgent', 'status=resolved&category=done'])
      expect(await numbers(query), query).toEqual([opened.number])
    for (const query of ['status=resolved&category=open', 'assignee=Tom', 'incomplete=true', 'channel=sms']) expect(await numbers(query), query).toEqual([])
  })
})

describe('a ticket', () => {
  it('changes only for a caller who has seen its present, when they say what they saw', async () => {
    const { number } = await open('Dryer')
    const first = await api.get(`/tickets/${number}`)
    const seen = { 'if-match': first.headers.get('etag') ?? '' }
    const changed = await api.patch(`/tickets/${number}`, { priority: 'high', asset: { serial: 'KP-20391', product: 'Dryer 3' } }, seen)
    expect(changed.status).toBe(200)
    expect(ticket.parse(await changed.json())).toMatchObject({ priority: 'high', asset: { serial: 'KP-20391', product: 'Dryer 3' }, version: 2 })
    for (const stale of [seen, { 'if-match': '"abc"' }]) expect((await api.patch(`/tickets/${number}`, { subject: 'Late' }, stale)).status).toBe(412)
    expect((await api.post(`/tickets/${number}/status`, { status: 'resolved' }, seen)).status).toBe(412)
    expect((await api.patch(`/tickets/${number}`, { subject: 'Any' }, { 'if-match': '*' })).status).toBe(200)
    expect(await api.read(`/tickets/${number}`, ticket)).toMatchObject({ subject: 'Any', status: 'new' })
  })

  it('is opened, described and noted once under one Idempotency-Key', async () => {
    const once = (request: string) => ({ 'idempotency-key': `order-4711-${request}` })
    const body = { subject: 'Mixer', description: 'Smells', customer: { name: 'Ann' } }
    const opened = await Promise.all(Array.from({ length: 5 }, async () => ticket.parse(await (await api.post('/tickets', body, once('open'))).json()).number))
    expect(new Set(opened).size).toBe(1)
    const [number] = opened
    const seen = { ...once('describe'), 'if-match': '"1"' }
    expect((await api.patch(`/tickets/${number}`, { priority: 'low' }, seen)).status).toBe(200)
    // The answer was lost on the way: the same again is no conflict.
    expect((await api.patch(`/tickets/${number}`, { priority: 'low' }, seen)).status).toBe(200)
    for (let time = 0; time < 3; time++) await api.post(`/tickets/${number}/notes`, { text: 'Called' }, once('note'))
    const timeline = await api.read(`/tickets/${number}/timeline`, z.object({ data: z.array(z.looseObject({ kind: z.string() })) }))
    expect(timeline.data).toHaveLength(3)
  })

  it('moves only as the status table says', async () => {
    const { number } = await open('Lamp')
    const response = await api.post(`/tickets/${number}/status`, { status: 'closed' })
    expect(response.status).toBe(409)
    expect(problem.parse(await response.json()).detail).toContain('accepted')
  })
})
