// Parts through the REST API: catalogue, stock, requests, what a repair uses, and the kit before a visit.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiOf, type Api } from '../support/api.ts'
import { createFolder, createProvider, live, type Life } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const record = z.looseObject({ id: z.string(), version: z.int() })
const stockRow = z.looseObject({ onHand: z.int(), reserved: z.int(), available: z.int(), low: z.boolean() })
const request = z.looseObject({ id: z.string(), status: z.string(), part: z.string(), used: z.int().nullable() })

let life: Life
let api: Api
let cleanup: () => Promise<void>
let [warehouse, van] = ['', '']
beforeAll(async () => {
  const folder = createFolder()
  life = await live({ folder: folder.path, provider: createProvider(), yaml: 'products: [{ name: T5 treadmill, aliases: [T5], warranty: { labour: 2y } }]' })
  api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  warehouse = (await register('/stock-locations', { name: 'Main warehouse' })).id
  van = (await register('/stock-locations', { name: 'Van 1', kind: 'van', engineer: 'Mia' })).id
  cleanup = async () => {
    await life.close()
    folder.remove()
  }
})
afterAll(() => cleanup())

async function register(path: string, body: Record<string, unknown>): Promise<z.infer<typeof record>> {
  const response = await api.post(path, body)
  expect([response.status, path, response.status === 201 ? '' : await response.text()]).toEqual([201, path, ''])
  return record.parse(await response.json())
}

async function move(part: string, location: string, movement: string, quantity: number, more: Record<string, unknown> = {}): Promise<Response> {
  return api.post('/stock/movements', { part, location, movement, quantity, ...more })
}

async function stockOf(part: string, location: string): Promise<z.infer<typeof stockRow>> {
  const { data } = await api.read(`/stock?part=${part}&location=${location}`, z.object({ data: z.array(stockRow) }))
  return data[0] ?? { onHand: 0, reserved: 0, available: 0, low: false }
}

async function ask(body: Record<string, unknown>): Promise<z.infer<typeof request>> {
  const response = await api.post('/part-requests', body)
  return request.parse(await response.json())
}

async function open(asset: Record<string, unknown>, description: string, assignee?: string): Promise<string> {
  const response = await api.post('/tickets', { subject: description, description, customer: { name: 'Ann Lee' }, asset })
  const { number } = z.looseObject({ number: z.string() }).parse(await response.json())
  if (assignee !== undefined) await api.post(`/tickets/${number}/assign`, { assignee })
  return number
}

const failure = (parts: { part: string; quantity?: number }[]) => ({
  component: { code: 'seal' },
  problem: { code: 'leaks' },
  cause: { code: 'wear' },
  remedy: { code: 'part replaced' },
  parts,
})
const settled = () =>
  eventually(async () => {
    const { due } = life.core.collections
    const open_ = await due.count({ state: 'waiting', notBefore: { $lte: new Date().toISOString() } })
    return open_ + (await life.core.journal.unfinished('9', 10)).length === 0 ? true : undefined
  }, 'all to be done')

describe('a part', () => {
  it('is found by its old number, under which nothing is lost', async () => {
    const old = await register('/parts', { number: 'KP-SEAL-1', name: 'Pump seal' })
    const middle = await register('/parts', { number: 'KP-SEAL-2', name: 'Pump seal, blue' })
    const present = await register('/parts', { number: 'KP-SEAL-3', name: 'Pump seal, green' })
    await api.patch(`/parts/${old.id}`, { supersededBy: 'kp seal 2' })
    await api.patch(`/parts/${middle.id}`, { supersededBy: present.id })
    const found = await api.read('/parts?number=kpseal1', z.object({ data: z.array(record) }))
    expect(found.data.map(({ id }) => id)).toEqual([present.id])
    const circle = await api.patch(`/parts/${present.id}`, { supersededBy: 'KP-SEAL-1' })
    expect([circle.status, await circle.text()]).toEqual([400, expect.stringContaining('circle')])
  })

  it('stands in the bill of material of its products', async () => {
    const part = await register('/parts', { number: 'BELT-9', name: 'Drive belt' })
    const { data } = await api.read('/products', z.object({ data: z.array(record) }))
    const set = await api.post(`/products/${data[0]?.id}/bom`, { lines: [{ part: 'belt 9', quantity: 2 }] })
    expect(await set.json()).toEqual({ version: 1, product: 'T5 treadmill', lines: [{ part: part.id, quantity: 2 }] })
    const wrong = await api.post(`/products/${data[0]?.id}/bom`, { lines: [{ part: 'BELT-9' }, { part: 'BELT-10' }] })
    expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('lines.1.part')])
  })
})

describe('stock', () => {
  it('is taken by as many as it lasts for, and running low opens one task until there is enough again', async () => {
    await register('/parts', { number: 'FUSE', name: 'Fuse' })
    await move('FUSE', warehouse, 'receive', 4)
    await move('FUSE', warehouse, 'reorder_at', 2)
    const all = await Promise.all(Array.from({ length: 9 }, () => move('FUSE', warehouse, 'consume', 1)))
    expect(
      all
        .map(({ status }) => String(status))
        .toSorted()
        .join(' '),
    ).toBe('200 200 200 200 409 409 409 409 409')
    expect(await stockOf('FUSE', warehouse)).toMatchObject({ onHand: 0, available: 0, low: true })
    const tasks = () => api.read('/tasks?kind=reorder', z.object({ data: z.array(z.looseObject({ about: z.string() })) }))
    expect((await tasks()).data.map(({ about }) => about)).toEqual(['FUSE Fuse at Main warehouse: 2 available, to be ordered at 2'])
    await move('FUSE', warehouse, 'receive', 10)
    expect((await tasks()).data).toEqual([])
  })

  it('moves when it is received, not before, and stays where it was when that is called off', async () => {
    await register('/parts', { number: 'PUMP', name: 'Pump' })
    await move('PUMP', warehouse, 'receive', 3)
    const transfer = await ask({ kind: 'transfer', part: 'PUMP', quantity: 2, from: warehouse, to: van })
    expect(transfer.status).toBe('allocated')
    expect([await stockOf('PUMP', warehouse), (await stockOf('PUMP', van)).onHand]).toMatchObject([{ onHand: 3, reserved: 2, available: 1 }, 0])
    await api.post(`/part-requests/${transfer.id}/status`, { status: 'received' })
    expect([(await stockOf('PUMP', warehouse)).onHand, (await stockOf('PUMP', van)).onHand]).toEqual([1, 2])
    const back = await ask({ kind: 'return', part: 'PUMP', quantity: 1, from: van, to: warehouse })
    await api.post(`/part-requests/${back.id}/status`, { status: 'cancelled' })
    expect(await stockOf('PUMP', van)).toMatchObject({ onHand: 2, available: 2 })
    const again = await api.post(`/part-requests/${transfer.id}/status`, { status: 'cancelled' })
    expect(again.status).toBe(409)
  })

  it('that a request waits for goes to it as soon as it comes in', async () => {
    await register('/parts', { number: 'VALVE', name: 'Valve' })
    const number = await open({}, 'Valve stuck')
    const waiting = await ask({ kind: 'allocation', part: 'VALVE', quantity: 1, from: warehouse, ticket: number })
    expect(waiting.status).toBe('requested')
    const supply = await ask({ kind: 'requisition', part: 'VALVE', quantity: 5, to: warehouse })
    await api.post(`/part-requests/${supply.id}/status`, { status: 'received' })
    await eventually(async () => ((await stockOf('VALVE', warehouse)).reserved === 1 ? true : undefined), 'the claim')
    await api.post(`/tickets/${number}/status`, { status: 'cancelled' })
    await settled()
    expect(await stockOf('VALVE', warehouse)).toMatchObject({ onHand: 5, available: 5 })
  })

  it('is never counted below what is promised', async () => {
    await register('/parts', { number: 'COG', name: 'Cog' })
    await move('COG', warehouse, 'receive', 2)
    await ask({ kind: 'allocation', part: 'COG', quantity: 2, from: warehouse, ticket: await open({}, 'Cog broken') })
    const counted = await move('COG', warehouse, 'count', 1)
    expect([counted.status, await counted.text()]).toEqual([409, expect.stringContaining('reserved')])
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['an allocation without a ticket', { kind: 'allocation', part: 'KP-SEAL-3', from: 'x' }, 'ticket'],
    ['a transfer to where it is', { kind: 'transfer', part: 'KP-SEAL-3', from: 'x', to: 'x' }, 'to'],
    ['a place that is none', { kind: 'return', part: 'KP-SEAL-3', from: 'lo_0' }, 'from'],
    ['a part that is none', { kind: 'requisition', part: 'NOTHING', to: '' }, 'to'],
  ])('is not asked for by halves: %s', async (_, body, field) => {
    const response = await api.post('/part-requests', body)
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining(field)])
  })
})

describe('a repair', () => {
  it('takes what it used from what was kept for it, gives back the rest, and writes it into the record of the asset', async () => {
    const asset = await register('/assets', { serial: 'KP-777', product: 'T5', installedOn: '2026-01-01' })
    await move('KP-SEAL-3', warehouse, 'receive', 5)
    const number = await open({ serial: 'KP-777' }, 'It leaks')
    const kept = await ask({ kind: 'allocation', part: 'KP-SEAL-3', quantity: 2, from: warehouse, ticket: number })
    const resolved = await api.post(`/tickets/${number}/resolve`, { failure: failure([{ part: 'kp-seal-1' }, { part: 'duct tape', quantity: 3 }]) })
    expect(resolved.status).toBe(200)
    await settled()
    expect(await stockOf('KP-SEAL-3', warehouse)).toMatchObject({ onHand: 4, reserved: 0 })
    expect(request.parse(await (await api.get(`/part-requests/${kept.id}`)).json())).toMatchObject({ status: 'received', used: 1 })
    const archive = z.looseObject({ parts: z.array(z.looseObject({ name: z.string(), quantity: z.int(), ticket: z.string() })) })
    expect((await api.read(`/assets/${asset.id}`, archive)).parts).toMatchObject([
      { name: 'KP-SEAL-3', quantity: 1, ticket: number },
      { name: 'duct tape', quantity: 3, ticket: number },
    ])
    // The next one takes the place of the first, and a record that is only put right takes nothing again.
    const later = await open({ serial: 'KP-777' }, 'It leaks again', 'Mia')
    await move('KP-SEAL-3', van, 'receive', 1)
    await api.post(`/tickets/${later}/resolve`, { failure: failure([{ part: 'KP-SEAL-3' }]) })
    await api.post(`/tickets/${later}/resolve`, { failure: failure([{ part: 'KP-SEAL-3' }]) })
    await settled()
    expect((await api.read(`/assets/${asset.id}`, archive)).parts.map(({ name }) => name)).toEqual(['duct tape', 'KP-SEAL-3'])
    expect([(await stockOf('KP-SEAL-3', van)).onHand, (await stockOf('KP-SEAL-3', warehouse)).onHand]).toEqual([0, 4])
  })

  it('that used more than was there leaves zero, and somebody to count', async () => {
    await register('/parts', { number: 'HOSE', name: 'Hose' })
    await move('HOSE', van, 'receive', 1)
    const number = await open({}, 'Hose torn', 'Mia')
    await api.post(`/tickets/${number}/resolve`, { failure: failure([{ part: 'hose', quantity: 3 }]) })
    await settled()
    expect((await stockOf('HOSE', van)).onHand).toBe(0)
    const tasks = await api.read(`/tasks?kind=stock_mismatch&ticket=${number}`, z.object({ data: z.array(z.looseObject({ about: z.string() })) }))
    expect(tasks.data.map(({ about }) => about)).toEqual(['2 × HOSE used, but not in stock; count it'])
  })
})

describe('a kit', () => {
  it('is what like repairs needed, reserved from the van first, once, and given back', async () => {
    await register('/parts', { number: 'MOTOR', name: 'Motor' })
    for (const [description, part] of [
      ['The motor hums and smells burnt', 'MOTOR'],
      ['Burnt smell, the motor hums', 'MOTOR'],
      ['Display stays dark', 'COG'],
    ] as const) {
      const number = await open({ product: 'T5' }, description)
      await api.post(`/tickets/${number}/resolve`, { failure: failure([{ part }]) })
    }
    await settled()
    await move('MOTOR', warehouse, 'receive', 2)
    await move('MOTOR', van, 'receive', 1)
    const number = await open({ product: 'T5 treadmill' }, 'Burnt smell and the motor hums', 'Mia')
    const kitPart = z.looseObject({ number: z.string(), share: z.number(), cases: z.int(), of: z.int() })
    const likely = await api.read(`/tickets/${number}/kit`, z.object({ data: z.array(kitPart) }))
    expect(likely.data[0]).toMatchObject({ number: 'MOTOR', cases: 2, of: 2 })
    const kit = z.object({ reserved: z.array(request), missing: z.array(kitPart) })
    const [first, second] = await Promise.all([api.post(`/tickets/${number}/kit`), api.post(`/tickets/${number}/kit`)])
    expect(kit.parse(await first?.json()).reserved).toMatchObject([{ status: 'allocated', from: van, ticket: number, kit: true }])
    expect(kit.parse(await second?.json()).reserved).toHaveLength(1)
    expect([await stockOf('MOTOR', van), await stockOf('MOTOR', warehouse)]).toMatchObject([{ reserved: 1 }, { reserved: 0 }])
    const response = await fetch(`http://127.0.0.1:${life.port}/api/v1/tickets/${number}/kit`, {
      method: 'DELETE',
      headers: { authorization: 'Bearer test-key-0123456789' },
    })
    expect(await response.json()).toEqual({ released: 1 })
    expect(await stockOf('MOTOR', van)).toMatchObject({ onHand: 1, available: 1 })
  })
})
