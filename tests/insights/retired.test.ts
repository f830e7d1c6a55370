// What is out of service for good is reckoned with no longer: neither as a machine that could have failed since, nor as one that still runs.
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { agesAt, lifeUntil, livesUntil } from '../../src/insights/forecast/fleet.ts'
import { expectedFailures } from '../../src/insights/forecast/weibull.ts'
import { monthOf, readArchive } from '../../src/insights/parts/archive.ts'
import { gather } from '../../src/insights/signals/gather.ts'
import { apiOf } from '../support/api.ts'
import { createFolder, createProvider, live } from '../support/life.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const made = z.looseObject({ id: z.string() })
const product = 'T5 treadmill'

/** Two treadmills since 2025, one of which is scrapped on 1 May 2026; a repair on record since January. It is June. */
async function scrapped() {
  const folder = createFolder()
  cleanups.push(() => folder.remove())
  let now = Date.parse('2026-01-05T09:00:00.000Z')
  const life = await live({ folder: folder.path, provider: createProvider(), clock: { now: () => now }, yaml: `products: [{ name: ${product} }]\n` })
  cleanups.push(() => life.close())
  const api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  const post = async (path: string, body: unknown): Promise<string> => made.parse(await (await api.post(path, body)).json()).id
  const belt = await post('/parts', { number: 'KP-2', name: 'Drive belt' })
  const { data } = await api.read('/products', z.object({ data: z.array(made) }))
  await api.post(`/products/${data[0]?.id}/bom`, { lines: [{ part: 'KP-2' }] })
  const gone = await post('/assets', { serial: 'KP-1', product, installedOn: '2025-01-01' })
  const kept = await post('/assets', { serial: 'KP-2', product, installedOn: '2025-01-01' })
  await api.post('/tickets', { subject: 'noise', description: 'it is loud', customer: { name: 'Ann' }, asset: { serial: 'KP-2' } })
  now = Date.parse('2026-06-01T00:00:00.000Z')
  expect((await api.patch(`/assets/${gone}`, { retired: { on: '2026-05-01', reason: 'scrapped' } })).status).toBe(200)
  return { core: life.core, api, belt, gone, kept, now }
}

describe('a machine that is out of service for good', () => {
  it('could fail until that day and no longer, for quality signals', async () => {
    const { core, now } = await scrapped()
    const { series } = await gather(core, now)
    const exposure = series.find(({ kind }) => kind === 'failure_rate')?.weeks.map((week) => Number(week.exposure.toFixed(4)))
    // 31 days are four weeks and three days: both ran for four days of the fifth.
    expect(exposure?.slice(0, 7)).toEqual([1, 1, 1, 1, Number((1 + 4 / 7).toFixed(4)), 2, 2])
  })

  it('is watched until that day in the lives of its parts, and has none that could fail later', async () => {
    const { core, api, belt, gone, kept, now } = await scrapped()
    const archive = await readArchive(core, now)
    const fleet = archive.parts.find(({ part }) => part._id === belt)?.fleet ?? []
    const unit = (id: string) => fleet.find(({ asset }) => asset._id === id)
    expect(unit(kept)?.removed).toBeUndefined()
    const begun = monthOf(now) - archive.now
    expect(unit(gone)?.removed).toBeCloseTo(monthOf(Date.parse('2026-05-01')) - begun, 9)
    expect(agesAt(fleet, archive.now)).toHaveLength(1)
    const { machines } = await api.read(`/parts/${belt}/forecast`, z.looseObject({ machines: z.int() }))
    expect(machines).toBe(1)
  })

  it('ends as a life that had not failed', () => {
    const lives = livesUntil([{ installed: 0, failures: [], removed: 6 }], 12)
    expect(lives).toEqual([{ from: 0, until: 6, failed: false }])
    const failed = Array.from({ length: 8 }, (_, index) => ({ installed: 0, failures: [6 + index] }))
    const early = Array.from({ length: 20 }, () => ({ installed: 0, failures: [], removed: 3 }))
    const late = early.map((unit) => ({ ...unit, removed: 12 }))
    // Twenty that went away early say less for a long life than twenty that outlived most.
    const scales = [early, late].map((more) => lifeUntil([...failed, ...more], 15)?.scale ?? 0)
    expect(scales[0]).toBeLessThan(scales[1] ?? 0)
    const life = lifeUntil([...failed, ...early], 15)
    expect(life === undefined ? [] : expectedFailures(life, agesAt(early, 15), 3)).toEqual([0, 0, 0])
  })
})
