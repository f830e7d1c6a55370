// Assets through the REST API: records of products, sites and devices, and what a ticket about one of them is entitled to.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiOf, type Api } from '../support/api.ts'
import { createFolder, createProvider, live, type Life, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const record = z.looseObject({ id: z.string(), version: z.int() })
const ticket = z.looseObject({
  number: z.string(),
  version: z.int(),
  asset: z.looseObject({ id: z.string().nullable() }),
  entitlement: z.string().nullable(),
  coverage: z.looseObject({ reason: z.string() }).nullable(),
})
const yaml = `
products:
  - { name: T5 treadmill, aliases: [T5], warranty: { labour: 24mo, parts: 3y } }
  - { name: Old fryer, served: false }
`

let life: Life
let api: Api
let provider: Provider
let cleanup: () => Promise<void>
beforeAll(async () => {
  const folder = createFolder()
  provider = createProvider()
  life = await live({ folder: folder.path, provider, yaml })
  api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  cleanup = async () => {
    await life.close()
    folder.remove()
  }
})
afterAll(() => cleanup())

async function register(path: string, body: Record<string, unknown>): Promise<z.infer<typeof record>> {
  const response = await api.post(path, body)
  expect(response.status, JSON.stringify(body)).toBe(201)
  return record.parse(await response.json())
}

async function open(asset: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<z.infer<typeof ticket>> {
  const response = await api.post('/tickets', { subject: 'It stops', description: 'It stops', customer: { name: 'Ann Lee' }, asset, ...more })
  return ticket.parse(await response.json())
}

const today = new Date().toISOString().slice(0, 10)
const openTasks = (number: string) => life.core.collections.tasks.find({ kind: 'no_data', ticket: number, state: 'open' })

describe('without any record', () => {
  it('a serial number is checked against nothing, and the usual promise holds', async () => {
    expect(await open({ serial: 'NOBODY-1' })).toMatchObject({ entitlement: null, coverage: null })
  })
})

describe('a ticket', () => {
  it('is told what it is entitled to by the record of its serial number, look-alikes forgiven', async () => {
    const asset = await register('/assets', { serial: 'KP-20391', product: 'T5', installedOn: today })
    for (const serial of ['KP-20391', 'kp 2O39l'])
      expect(await open({ serial }), serial).toMatchObject({ entitlement: 'in_warranty', coverage: { reason: 'covered_apart' }, asset: { id: asset.id } })
  })

  it('for which there is no data is served without a promise, opens one task, and is checked anew once the record is mended', async () => {
    const { number, ...unknown } = await open({ serial: 'KP-30000', product: 'T5' })
    expect(unknown).toMatchObject({ entitlement: 'no_data', coverage: { reason: 'unknown_serial' } })
    expect(await openTasks(number)).toHaveLength(1)
    expect(await life.core.collections.due.get(`sla/${number}`)).toBeUndefined()
    await register('/assets', { serial: 'KP-30000', product: 'T5', installedOn: '2001-01-01' })
    const mended = await eventually(async () => {
      const found = ticket.parse(await (await api.get(`/tickets/${number}`)).json())
      return found.entitlement === 'no_data' ? undefined : found
    }, 'a new check')
    expect(mended).toMatchObject({ entitlement: 'out_of_warranty', coverage: { reason: 'ended' } })
    expect(await openTasks(number)).toHaveLength(0)
    expect(await life.core.collections.due.get(`sla/${number}`)).toMatchObject({ state: 'waiting' })
  })

  it('is checked when staff write its serial number down later, by the day it was reported; its customer is told', async () => {
    const opened = await open({}, { customer: { name: 'Bea', email: 'bea@example.org' }, channel: 'email' })
    expect(opened.entitlement).toBeNull()
    await register('/assets', { serial: 'KP-40000', product: 'T5 treadmill', installedOn: today })
    const described = await api.patch(`/tickets/${opened.number}`, { asset: { serial: 'KP-40000' } })
    expect(ticket.parse(await described.json())).toMatchObject({ entitlement: 'in_warranty' })
    await eventually(async () => provider.sent.some(({ text }) => text.includes('entitlement.covered_apart')) || undefined, 'the news')
    expect(provider.sent.filter(({ text }) => text.includes('entitlement.'))).toHaveLength(1)
  })

  it('about a product that is not served says so and brings a person', async () => {
    const { number, ...rest } = await open({ product: 'Old fryer' })
    expect(rest).toMatchObject({ entitlement: 'not_served', coverage: { reason: 'not_served' } })
    expect(await life.core.collections.tasks.find({ kind: 'handover', ticket: number })).toHaveLength(1)
  })
})

describe('a record', () => {
  it('of one serial number is one asset, however it is spelled', async () => {
    await register('/assets', { serial: 'ZZ-900' })
    const again = await api.post('/assets', { serial: 'zz 900' })
    expect([again.status, await again.text()]).toEqual([409, expect.stringContaining('serial number')])
    const found = await api.read('/assets?serial=ZZ900', z.object({ data: z.array(record) }))
    expect(found.data).toHaveLength(1)
  })

  it('keeps the history of an asset: where it stood, whose it was', async () => {
    await open({}, { customer: { name: 'Cy', email: 'cy@example.org' } })
    const [customer] = await eventually(async () => {
      const found = await life.core.collections.customers.find({ email: 'cy@example.org' })
      return found.length > 0 ? found : undefined
    }, 'a customer')
    const site = await register('/sites', { name: 'Gym North', customer: customer?._id, address: '1 Elm St', timeZone: 'Europe/Berlin' })
    const asset = await register('/assets', { serial: 'HH-100', product: 'T5', customer: customer?._id })
    await api.patch(`/assets/${asset.id}`, { site: site.id })
    await api.patch(`/assets/${asset.id}`, { warranty: { labour: '5y' } })
    await api.patch(`/assets/${asset.id}`, { customer: null })
    const history = await api.read(
      `/assets/${asset.id}/history?limit=3`,
      z.looseObject({ data: z.array(z.looseObject({ events: z.array(z.looseObject({ type: z.string() })) })), nextCursor: z.string().nullable() }),
    )
    expect(history.data.flatMap(({ events }) => events.map(({ type }) => type))).toEqual(['asset.registered', 'asset.moved', 'asset.described'])
    const rest = await api.read(`/assets/${asset.id}/history?cursor=${history.nextCursor}`, z.object({ data: z.array(z.looseObject({ version: z.int() })) }))
    expect(rest.data.map(({ version }) => version)).toEqual([4])
    expect(await (await api.get(`/assets/${asset.id}`)).json()).toMatchObject({ customer: null, site: site.id, warranty: { labour: '60mo', parts: null } })
  })

  it('of an asset that is out of service says since when and why, is found by it, and its repairs are not served', async () => {
    const asset = await register('/assets', { serial: 'RT-100', product: 'T5', installedOn: today })
    expect((await api.patch(`/assets/${asset.id}`, { retired: { on: 'soon', reason: 'x' } })).status).toBe(400)
    const gone = await api.patch(`/assets/${asset.id}`, { retired: { on: today, reason: 'scrapped after a fire' } })
    expect(await gone.json()).toMatchObject({ retired: { on: today, reason: 'scrapped after a fire' } })
    const serials = z.object({ data: z.array(z.looseObject({ serial: z.string() })) })
    expect((await api.read('/assets?retired=true', serials)).data.map(({ serial }) => serial)).toEqual(['RT-100'])
    expect((await api.read('/assets?retired=false&limit=100', serials)).data.map(({ serial }) => serial)).not.toContain('RT-100')
    const { number, ...rest } = await open({ serial: 'RT-100' })
    expect(rest).toMatchObject({ entitlement: 'not_served', coverage: { reason: 'retired' } })
    expect(await life.core.collections.tasks.find({ kind: 'handover', ticket: number })).toHaveLength(1)
    await api.patch(`/assets/${asset.id}`, { retired: null })
    expect(await open({ serial: 'RT-100' })).toMatchObject({ entitlement: 'in_warranty' })
  })

  it('changes only for a caller who has seen its present, and once for one key', async () => {
    const product = await register('/products', { name: 'Rower R2', aliases: ['R2'] })
    const seen = await api.patch(`/products/${product.id}`, { served: false }, { 'if-match': '"1"', 'idempotency-key': 'a' })
    expect([seen.status, seen.headers.get('etag')]).toEqual([200, '"2"'])
    expect((await api.patch(`/products/${product.id}`, { served: true }, { 'if-match': '"1"' })).status).toBe(412)
    expect((await api.patch(`/products/${product.id}`, { served: false }, { 'idempotency-key': 'a' })).headers.get('etag')).toBe('"2"')
    const listed = await api.read('/products?limit=2', z.object({ data: z.array(z.looseObject({ name: z.string() })), nextCursor: z.string().nullable() }))
    const others = await api.read(`/products?cursor=${listed.nextCursor}`, z.object({ data: z.array(z.looseObject({ name: z.string() })) }))
    expect([...listed.data, ...others.data].map(({ name }) => name).toSorted()).toEqual(['Old fryer', 'Rower R2', 'T5 treadmill'])
  })

  it.each<[string, string, Record<string, unknown>, string]>([
    ['a product that is none', '/assets', { serial: 'AA-1', product: 'T55' }, 'product'],
    ['an owner who is nobody', '/assets', { serial: 'AA-1', customer: 'cu_0' }, 'customer'],
    ['a site that is nowhere', '/assets', { serial: 'AA-1', site: 'si_0' }, 'site'],
    ['a day that is none', '/assets', { serial: 'AA-1', installedOn: '31.05.2026' }, '2026-05-31'],
    ['a term that is none', '/assets', { serial: 'AA-1', warranty: { labour: 'long' } }, '24mo'],
    ['a serial number without a letter', '/assets', { serial: '---' }, 'serial'],
    ['a time zone that is none', '/sites', { name: 'Gym', timeZone: 'Berlin' }, 'Europe/Berlin'],
  ])('is refused with what to write: %s', async (_, path, body, word) => {
    const response = await api.post(path, body)
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(word)])
  })
})
