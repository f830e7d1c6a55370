// The forecast on what repairs really used: month by month, by today's number of the part; and the reorder point that follows it only where the company says so.
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { readCompany } from '../../src/company.ts'
import { monthOf, readArchive } from '../../src/insights/parts/archive.ts'
import { apiOf } from '../support/api.ts'
import { createFolder, createProvider, live } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const dayMs = 86_400_000
const product = 'T5 treadmill'
const settings = (reorder: string) => `products: [{ name: ${product} }]\nparts: { reorder: ${reorder}, leadTime: 2, fillRate: 0.9 }\n`
const forecast = z.looseObject({
  demand: z.array(z.number()),
  reorderPoint: z.int(),
  machines: z.int(),
  reason: z.string(),
  warehouses: z.array(z.looseObject({ set: z.int().nullable(), recommended: z.int().nullable(), counts: z.int().nullable() })),
})

async function begin(reorder: 'fixed' | 'forecast') {
  const folder = createFolder()
  cleanups.push(() => folder.remove())
  // A Thursday.
  let now = Date.parse('2026-01-15T09:00:00.000Z')
  const life = await live({ folder: folder.path, provider: createProvider(), clock: { now: () => now }, yaml: settings(reorder) })
  cleanups.push(() => life.close())
  const api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  const id = async (path: string, body: unknown) => z.looseObject({ id: z.string() }).parse(await (await api.post(path, body)).json()).id
  const old = await id('/parts', { number: 'KP-1', name: 'Drive belt' })
  const belt = await id('/parts', { number: 'KP-2', name: 'Drive belt, new' })
  const depot = await id('/stock-locations', { name: 'Depot' })
  const { data } = await api.read('/products', z.object({ data: z.array(z.looseObject({ id: z.string() })) }))
  await api.post(`/products/${data[0]?.id}/bom`, { lines: [{ part: 'KP-1' }] })
  for (const [movement, quantity] of [
    ['receive', 40],
    ['reorder_at', 1],
  ])
    expect((await api.post('/stock/movements', { part: 'KP-2', location: depot, movement, quantity })).status).toBe(200)
  await api.post('/assets', { serial: 'KP-20391', product, installedOn: '2024-01-01' })
  let used = 0
  return {
    life,
    api,
    belt,
    now: () => now,
    until: (iso: string) => void (now = Date.parse(iso)),
    passes: (days: number) => void (now += days * dayMs),
    supersede: async () => void (await api.patch(`/parts/${old}`, { supersededBy: belt })),
    async use(part: string, quantity: number): Promise<void> {
      const answer = await api.post('/tickets', { subject: 'noise', description: 'it is loud', customer: { name: 'Ann' }, asset: { serial: 'KP-20391' } })
      const { number } = z.object({ number: z.string() }).parse(await answer.json())
      await api.post(`/tickets/${number}/claim`, { agent: 'Dana' })
      const coded = (code: string) => ({ code })
      const failure = { component: coded('belt'), problem: coded('noise'), cause: coded('wear'), remedy: coded('part replaced'), parts: [{ part, quantity }] }
      expect((await api.post(`/tickets/${number}/resolve`, { failure })).status).toBe(200)
      used++
      await eventually(async () => ((await life.core.collections.partUses.count({})) === used ? true : undefined), 'it to be taken')
    },
    forecast: () => api.read(`/parts/${belt}/forecast`, forecast),
    stock: async () => (await life.core.collections.stock.find({ part: belt }))[0],
  }
}
type Desk = Awaited<ReturnType<typeof begin>>

/** 2 in January by the old number, 3 in February, none in March, 4 in April; a piece in May, which is not over. */
async function fourMonths(desk: Desk): Promise<void> {
  await desk.use('KP-1', 2)
  await desk.supersede()
  desk.passes(31)
  await desk.use('KP-2', 3)
  desk.passes(59)
  await desk.use('KP-2', 4)
  desk.until('2026-05-02T09:00:00Z')
  await desk.use('KP-2', 1)
  desk.passes(1)
}

describe('the archive', () => {
  it('counts what repairs used by whole months, under the number of today, and knows the machine it went into', async () => {
    const desk = await begin('fixed')
    await fourMonths(desk)
    const { now, parts } = await readArchive(desk.life.core, desk.now())
    expect(now).toBeCloseTo(monthOf(desk.now()) - monthOf(Date.parse('2026-01-01')), 9)
    expect(parts).toMatchObject([{ part: { number: 'KP-2' }, demand: [2, 3, 0, 4], fleet: [{ installed: -24, failures: [0, 1, 3, 4] }] }])
    const found = await desk.forecast()
    expect(found).toMatchObject({ number: 'KP-2', demand: [2, 3, 0, 4], machines: 1, leadTime: 2, fillRate: 0.9, warehouses: [{ set: 1, counts: 1 }] })
    expect(found.reorderPoint).toBeGreaterThan(1)
    expect(found.reason).toContain(`ordering again at ${found.reorderPoint} serves 90 % of them at once`)

    const report = await desk.api.read('/reports/parts-forecast', z.looseObject({ rows: z.array(z.record(z.string(), z.unknown())) }))
    expect(report.rows).toMatchObject([{ part: 'KP-2 Drive belt, new', months: 4, pieces: 9, setReorderPoint: 1, recommendedReorderPoint: found.reorderPoint }])
    const ofProduct = async (name: string) =>
      (await desk.api.read(`/reports/parts-forecast?product=${name}`, z.looseObject({ rows: z.array(z.unknown()) }))).rows
    expect(await ofProduct('t5%20treadmill')).toHaveLength(1)
    expect(await ofProduct('X3')).toEqual([])
    expect(await (await desk.api.get('/reports/parts-forecast?format=csv')).text()).toContain('KP-2 Drive belt, new')
    expect((await desk.api.get('/parts/none/forecast')).status).toBe(404)
    // The fixed one stands.
    desk.until('2026-05-04T12:00:00Z')
    expect(await desk.stock()).toMatchObject({ reorderPoint: 1, forecastPoint: null, lowSince: null })
  }, 60_000)
})

describe('the reorder point', () => {
  it('follows the forecast from Monday on where the company goes by it, with a task when stock is at it; switched off, the fixed one stands again', async () => {
    const desk = await begin('forecast')
    await fourMonths(desk)
    expect(await desk.stock()).toMatchObject({ reorderPoint: 1, forecastPoint: null })
    desk.until('2026-05-04T08:00:00Z')
    const { reorderPoint } = await desk.forecast()
    const followed = await eventually(async () => {
      const row = await desk.stock()
      return row?.forecastPoint === reorderPoint ? row : undefined
    }, 'the look of Monday')
    expect(followed).toMatchObject({ reorderPoint: 1, lowSince: null })
    await desk.api.post('/stock/movements', { part: 'KP-2', location: followed.location, movement: 'count', quantity: reorderPoint })
    const tasks = await desk.life.core.collections.tasks.find({ kind: 'reorder', state: 'open' })
    expect(tasks.map(({ about }) => about)).toEqual([`KP-2 Drive belt, new at Depot: ${reorderPoint} available, to be ordered at ${reorderPoint}`])

    const read = readCompany(settings('fixed'), 'mendline.yaml', { surveyDelayMs: 0 })
    if (read.kind === 'wrong') throw new Error(read.problems.join('\n'))
    desk.life.reload(read.company)
    await eventually(async () => ((await desk.stock())?.forecastPoint === null ? true : undefined), 'the fixed one to stand')
    expect(await desk.stock()).toMatchObject({ reorderPoint: 1, lowSince: null })
    expect(await desk.life.core.collections.tasks.count({ kind: 'reorder', state: 'open' })).toBe(0)
  }, 60_000)
})
