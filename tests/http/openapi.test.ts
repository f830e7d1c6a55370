// The API and its document say the same: every route is in it, and whatever is sent, the answer is one that it names.
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { restRoutes } from '../../src/http/rest/index.ts'
import { apiOf, type Api } from '../support/api.ts'
import { field, fitting } from '../support/from-schema.ts'
import { createFolder, createProvider, live, newMessage, type Life } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const key = 'test-key-0123456789'
const content = z.record(z.string(), z.object({ schema: z.record(z.string(), z.unknown()) })).default({})
const operation = z.object({
  operationId: z.string(),
  parameters: z.array(z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']), required: z.boolean(), schema: z.unknown() })),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ $ref: z.string().optional(), content })),
})
const documentShape = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(z.string(), z.record(z.string(), operation)),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
})
const problem = z.object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string().min(10) })

let life: Life
let api: Api
let raw: Record<string, unknown>
let document: z.output<typeof documentShape>
/** Ids of things that are there, so that not every guess ends at 404. */
let ids: Record<string, readonly string[]>
let cleanup: () => Promise<void>
beforeAll(async () => {
  const folder = createFolder()
  life = await live({ folder: folder.path, provider: createProvider(), yaml: 'teams: [{ name: north, default: true }]' })
  api = apiOf(() => `http://127.0.0.1:${life.port}`, key)
  raw = z.record(z.string(), z.unknown()).parse(await (await fetch(`http://127.0.0.1:${life.port}/api/v1/openapi.json`)).json())
  document = documentShape.parse(raw)
  await life.accept({ kind: 'message', message: newMessage('It leaks', 'a') })
  const ticket = await eventually(async () => (await life.core.collections.tickets.find({}))[0], 'a ticket')
  const number = ticket._id
  const made = async (path: string, body: unknown) => z.looseObject({ id: z.string() }).parse(await (await api.post(path, body)).json()).id
  await api.post('/engineers', { id: 'kim', name: 'Kim Park', hours: { mon: '09:00-17:00' } })
  const [customer, serial, part] = [ticket.customer.id, 'KP-20391', 'KP-100']
  const belt = await made('/parts', { number: part, name: 'Belt' })
  const place = await made('/stock-locations', { name: 'North', kind: 'warehouse' })
  await api.post('/stock/movements', { part, location: place, movement: 'count', quantity: 9 })
  const workOrders = [await made('/work-orders', { ticket: number }), await made('/work-orders', { ticket: number })]
  const quote = await made(`/tickets/${number}/quotes`, { lines: [{ description: 'Belt', quantity: 1, unitPrice: 9900 }] })
  ids = {
    customers: [customer],
    conversations: [ticket.conversation ?? ''],
    products: [await made('/products', { name: 'T5 treadmill' })],
    sites: [await made('/sites', { name: 'Gym North' })],
    assets: [await made('/assets', { serial, product: 'T5 treadmill' })],
    'work-orders': workOrders,
    engineers: ['kim'],
    parts: [belt],
    'stock-locations': [place],
    quotes: [quote],
    'api-keys': [await made('/api-keys', { name: 'Shop', scopes: ['tickets:read'] })],
    // By the names of fields.
    name: ['satisfaction', 'times'],
    number: [number],
    ticket: [number],
    into: [number],
    customer: [customer],
    serial: [serial],
    part: [part],
    location: [place],
    engineer: ['kim'],
  }
  cleanup = async () => {
    await life.close()
    folder.remove()
  }
})
afterAll(() => cleanup())

describe('the document', () => {
  it('is OpenAPI 3.1 by its own schema', async () => {
    const result = await new Validator().validate(raw)
    expect(result.errors ?? []).toEqual([])
    expect(result.valid).toBe(true)
  })

  it('names every operation once, and every route of the server is in it', () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods))
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    const shown = (path: string) => path.replace('/api/v1', '').replace(/:(\w+)/g, '{$1}')
    const routes = restRoutes(life.core, key).map(({ method, path }) => ({ method: method.toLowerCase(), path: shown(path) }))
    for (const { path } of routes) if (path !== '/openapi.json') expect(Object.keys(document.paths)).toContain(path)
    for (const [path, methods] of Object.entries(document.paths))
      for (const method of Object.keys(methods)) expect(routes, `${method} ${path}`).toContainEqual({ method, path })
  })

  it('names no method that is refused, and refuses every other', async () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const response = await fetch(`http://127.0.0.1:${life.port}/api/v1${path.replace(/\{\w+\}/g, 'x')}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${key}` },
      })
      expect(response.status, path).toBe(405)
      const allowed = (response.headers.get('allow') ?? '').toLowerCase().split(', ').toSorted()
      expect(allowed, path).toEqual(Object.keys(methods).toSorted())
    }
  })
})

describe('whatever is sent', () => {
  const ajv = () => formats.default(new Ajv2020({ strict: false, schemas: [{ ...raw, $id: 'api' }] }))

  /** A path with ids that are there and others that are not; a query and a body that fit, or nearly. */
  function request(path: string, { parameters, requestBody }: z.output<typeof operation>) {
    const world = { named: document.components.schemas, known: { ...ids, id: ids[path.split('/')[1] ?? ''] ?? [] } }
    const placed = (place: 'path' | 'query') => parameters.filter((each) => each.in === place)
    const fields = (place: 'path' | 'query') => Object.fromEntries(placed(place).map(({ name, schema }) => [name, field(name, schema, world)]))
    const needed = placed('query')
      .filter((each) => each.required)
      .map(({ name }) => name)
    const json = requestBody?.content['application/json']?.schema
    const body =
      json === undefined
        ? fc.constant(requestBody === undefined ? undefined : 'serial,product\nKP-1,T5')
        : fitting(json, world).map((fits) => JSON.stringify(fits))
    return fc.record({
      params: fc.record(fields('path')),
      query: fc.record(fields('query'), { requiredKeys: needed }),
      body:
        requestBody === undefined
          ? body
          : fc.oneof({ weight: 6, arbitrary: body }, { weight: 1, arbitrary: fc.json({ maxDepth: 2 }) }, { weight: 1, arbitrary: fc.string() }),
    })
  }

  it('the answer is one that the document names, in its shape, and never our failure', async () => {
    const validator = ajv()
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, each] of Object.entries(methods)) {
        await fc.assert(
          fc.asyncProperty(request(path, each), async ({ params, query, body }) => {
            const values = z.record(z.string(), z.unknown()).parse(params)
            // An address without anything there, or with dots only, is another address.
            const real = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values[name])).replace(/^\.*$/, '%20'))
            const search = new URLSearchParams(Object.entries(z.record(z.string(), z.unknown()).parse(query)).map(([name, given]) => [name, String(given)]))
            const response = await fetch(`http://127.0.0.1:${life.port}/api/v1${real}?${search.toString()}`, {
              method: method.toUpperCase(),
              headers: { authorization: `Bearer ${key}` },
              ...(body === undefined ? {} : { body }),
            })
            const where = `${method} ${real}?${search.toString()} ${body ?? ''} → ${response.status}`
            const answer = await response.text()
            expect(response.status, `${where} ${answer}`).toBeLessThan(500)
            expect(Object.keys(each.responses), `${where} ${answer}`).toContain(String(response.status))
            if (response.status >= 400) expect(problem.safeParse(JSON.parse(answer)).error, where).toBeUndefined()
            else if ((response.headers.get('content-type') ?? '').startsWith('application/json')) {
              const pointer = `api#/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll('{', '%7B').replaceAll('}', '%7D')}/${method}/responses/${response.status}/content/application~1json/schema`
              validator.validate({ $ref: pointer }, JSON.parse(answer))
              expect(validator.errors ?? [], `${where} ${answer}`).toEqual([])
            }
          }),
          { numRuns: 8 },
        )
      }
  }, 300_000)
})
