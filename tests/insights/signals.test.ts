// Quality signals: the tests are the textbooks', chance alone raises few alarms, a doubled failure rate is found, and each is raised once.
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { dayAfter, instantOf, nextDay } from '../../src/insights/days.ts'
import { binomialTail, countInterval, discoveries, rateRise, shareRise } from '../../src/insights/signals/chance.ts'
import { discover, follow } from '../../src/insights/signals/discover.ts'
import { evaluateSignals } from '../../src/insights/signals/index.ts'
import { weeksNeeded, type Finding, type Series, type Week } from '../../src/insights/signals/series.ts'
import { signalView } from '../../src/http/insight-views.ts'
import { apiOf } from '../support/api.ts'
import { createFolder, createProvider, live, type LifeOptions } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

describe('the chance of so many', () => {
  it.each([
    ['heads of ten tosses', binomialTail(8, 10, 0.5), 0.0546875],
    ['sixes of five dice', binomialTail(3, 5, 1 / 6), 0.0354938],
    // Breast cancer among women with and without fluoroscopy (Boice and Monson 1977), as in R's poisson.test.
    ['cases at the same rate', rateRise({ events: 41, exposure: 28_010 }, { events: 15, exposure: 19_017 }), 0.02383],
    // Fisher's lady tasting tea.
    ['cups told right by guessing', shareRise({ hits: 3, n: 4 }, { hits: 1, n: 4 }), 17 / 70],
    ['in ten thousand', binomialTail(5100, 10_000, 0.5), 0.0232888],
  ])("%s is the textbook's", (_, found, known) => {
    expect(found).toBeCloseTo(known, 3)
  })

  it('never falls when there are more, and is everything for none', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.double({ min: 0.1, max: 50, noNaN: true }), (events, before, exposure) => {
        const at = (count: number): number => rateRise({ events: count, exposure }, { events: before, exposure: 10 })
        expect(at(0)).toBe(1)
        expect(at(events + 1)).toBeLessThanOrEqual(at(events) + 1e-12)
      }),
    )
  })

  it.each([
    [0, 0, 3.689],
    [1, 0.0253, 5.572],
    [10, 4.795, 18.39],
    [100, 81.36, 121.63],
  ])('behind a count of %i lies between %f and %f', (count, low, high) => {
    const interval = countInterval(count)
    expect(interval.low).toBeCloseTo(low, 2)
    expect(interval.high).toBeCloseTo(high, 2)
  })

  it('stands for as many as Benjamini and Hochberg found', () => {
    // Their own example, 1995: of fifteen the four smallest.
    const chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1]
    expect(discoveries(chances, 0.05).filter(Boolean)).toHaveLength(4)
    expect(discoveries(chances.toReversed(), 0.05).slice(-4)).toEqual([true, true, true, true])
  })
})

/** Uniform in 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean)
  let [count, product] = [0, random()]
  while (product > limit) {
    count++
    product *= random()
  }
  return count
}

const sensitivity = { falseAlarmsPerYear: 1, atLeast: 1.25 }

interface Fleet {
  products: number
  /** Weeks that are looked at, after a year of past. */
  weeks: number
  /** How many failures a week, by product and week. */
  rate(product: number, week: number): number
  dissatisfied?: (product: number, week: number) => number
}

/** Plays a fleet through, look after look; answers when which series was raised, worsened and was over. */
function play({ products, weeks, rate, dissatisfied = () => 0.15 }: Fleet, seed: number) {
  const random = randomOf(seed)
  const past: Week[][] = Array.from({ length: products * 2 }, () => [])
  const log: { week: number; series: string; what: 'raised' | 'worse' | 'over' }[] = []
  const open = new Map<string, { since: number; finding: Finding }>()
  for (let week = -52; week < weeks; week++) {
    for (let product = 0; product < products; product++) {
      past[product * 2]?.unshift({ events: poisson(rate(product, week), random), exposure: 100 })
      const answers = poisson(rate(product, week) / 2, random)
      past[product * 2 + 1]?.unshift({
        events: Array.from({ length: answers }, random).filter((x) => x < dissatisfied(product, week)).length,
        exposure: answers,
      })
    }
    if (week < 0) continue
    const series = past.map((counted, index): Series => {
      const kind = index % 2 === 0 ? 'failure_rate' : 'satisfaction'
      return {
        kind,
        product: String(Math.floor(index / 2)),
        failure: null,
        unit: kind === 'failure_rate' ? 'machines' : 'answers',
        weeks: counted.slice(0, weeksNeeded),
      }
    })
    const nameOf = (each: Series): string => `${each.kind} ${each.product}`
    for (const each of series) {
      const signal = open.get(nameOf(each))
      if (signal === undefined) continue
      const course = follow(each, signal.finding, week - signal.since, open.size, sensitivity)
      if (course.kind === 'as_it_was') continue
      log.push({ week, series: nameOf(each), what: course.kind })
      if (course.kind === 'worse') open.set(nameOf(each), { since: week, finding: course.finding })
      else open.delete(nameOf(each))
    }
    for (const { series: each, finding } of discover(series, sensitivity))
      if (!open.has(nameOf(each))) {
        log.push({ week, series: nameOf(each), what: 'raised' })
        open.set(nameOf(each), { since: week, finding })
      }
  }
  return log
}

const seeds = Array.from({ length: 20 }, (_, index) => index + 1)

describe('a fleet of which nothing changes', () => {
  it('raises no more false alarms a year than the company will stand', () => {
    const years = 3
    const fleet: Fleet = { products: 20, weeks: 52 * years, rate: (product) => [0.3, 1, 2.5, 6][product % 4] ?? 1 }
    const alarms = seeds.map((seed) => play(fleet, seed).filter(({ what }) => what !== 'over').length)
    const perYear = alarms.reduce((sum, each) => sum + each, 0) / seeds.length / years
    expect(perYear).toBeLessThanOrEqual(sensitivity.falseAlarmsPerYear)
  }, 60_000)
})

describe('a product whose failure rate doubles', () => {
  it.each([
    { weekly: 2.5, within: 17, share: 0.8 },
    { weekly: 10, within: 4, share: 0.9 },
  ])('is found within $within weeks where $weekly a week were usual, and no other is, though twenty are watched', ({ weekly, within, share }) => {
    const fleet: Fleet = { products: 20, weeks: 40, rate: (product, week) => (product === 7 && week >= 10 ? 2 * weekly : weekly) }
    const found = seeds.map((seed) => play(fleet, seed).filter(({ what }) => what === 'raised'))
    const inTime = found.filter((raised) => raised.some(({ series, week }) => series === 'failure_rate 7' && week >= 10 && week < 10 + within))
    expect(inTime.length / seeds.length).toBeGreaterThanOrEqual(share)
    // Once, not every week.
    const times = found.map((raised) => raised.filter(({ series }) => series === 'failure_rate 7').length)
    expect(Math.max(...times)).toBe(1)
    const others = found.flat().filter(({ series }) => series !== 'failure_rate 7').length
    expect(others / seeds.length).toBeLessThan(sensitivity.falseAlarmsPerYear)
  })

  it('is raised again when it doubles once more, and is over when it is back', () => {
    const fleet: Fleet = { products: 5, weeks: 90, rate: (product, week) => 8 * (product !== 2 || week < 10 || week >= 60 ? 1 : week < 35 ? 2 : 4) }
    const courses = seeds.map((seed) =>
      play(fleet, seed)
        .filter(({ series }) => series === 'failure_rate 2')
        .map(({ what }) => what)
        .join(' '),
    )
    expect(courses.filter((course) => /^raised (worse )+over/.test(course)).length / seeds.length).toBeGreaterThanOrEqual(0.9)
  })
})

describe('a product whose customers are less and less satisfied', () => {
  it('is found', () => {
    const fleet: Fleet = { products: 10, weeks: 40, rate: () => 12, dissatisfied: (product, week) => (product === 3 && week >= 10 ? 0.45 : 0.15) }
    const found = seeds.map((seed) => play(fleet, seed).some(({ series, what }) => series === 'satisfaction 3' && what === 'raised'))
    expect(found.filter(Boolean).length / seeds.length).toBeGreaterThanOrEqual(0.9)
  })
})

describe('the day of a look', () => {
  it('is the next one whose hour is to come, by the clocks of the company', () => {
    const berlin = (iso: string) => nextDay(Date.parse(iso), 8, 'Europe/Berlin')
    expect(berlin('2026-03-02T06:59:59Z')).toBe('2026-03-02')
    expect(berlin('2026-03-02T07:00:00Z')).toBe('2026-03-03')
    expect(nextDay(Date.parse('2026-03-02T08:00:00Z'), 8, 'Europe/Berlin', 1)).toBe('2026-03-09')
    // The hour that is left out when clocks are put forward is the one after.
    expect(new Date(instantOf('2026-03-29', 2, 'Europe/Berlin')).toISOString()).toBe('2026-03-29T01:00:00.000Z')
  })

  it('after an outage is each Monday that went by, then the last day', () => {
    const now = Date.parse('2026-03-25T12:00:00Z')
    const days: string[] = []
    for (let day = '2026-03-05'; day < '2026-03-26';) days.push((day = dayAfter(day, now, 8, 'UTC')))
    expect(days).toEqual(['2026-03-09', '2026-03-16', '2026-03-23', '2026-03-25', '2026-03-26'])
  })
})

const dayMs = 86_400_000

async function begin(options: Partial<LifeOptions> = {}) {
  const folder = createFolder()
  cleanups.push(() => folder.remove())
  let now = Date.parse('2026-01-05T09:00:00.000Z')
  const life = await live({
    folder: folder.path,
    provider: createProvider(),
    clock: { now: () => now },
    yaml: 'products: [{ name: T5 treadmill, aliases: [T5] }, { name: X3 }]',
    ...options,
  })
  cleanups.push(() => life.close())
  const api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  const coded = (code: string) => ({ code, text: null })
  let opened = 0
  return {
    life,
    api,
    now: () => now,
    passes: (days: number) => void (now += days * dayMs),
    /** A repair, reported and done. */
    async repair(product: string, problem = 'leaks'): Promise<string> {
      const answer = await api.post('/tickets', {
        subject: product,
        description: `${problem} ${opened}`,
        customer: { name: 'Ann', email: `a${opened++}@example.org` },
        asset: { product },
      })
      const { number } = z.object({ number: z.string() }).parse(await answer.json())
      await api.post(`/tickets/${number}/claim`, { agent: 'Dana' })
      const failure = { component: coded('pump'), problem: coded(problem), cause: coded('wear'), remedy: coded('part replaced') }
      expect((await api.post(`/tickets/${number}/resolve`, { failure })).status).toBe(200)
      return number
    },
    signals: async (query = '') => (await api.read(`/quality-signals${query}`, z.object({ data: z.array(signalView) }))).data,
  }
}
type Desk = Awaited<ReturnType<typeof begin>>

/** Four months in which both products fail once a week, but the one fifteen times in the last week. It is a Monday. */
async function worsened(desk: Desk): Promise<void> {
  for (let serial = 0; serial < 20; serial++)
    await desk.api.post('/assets', { serial: `KP-${serial}`, product: serial < 10 ? 'T5 treadmill' : 'X3', installedOn: '2025-06-01' })
  for (let week = 0; week < 16; week++) {
    await desk.repair('T5')
    await desk.repair('X3', 'noise')
    desk.passes(7)
  }
  for (let time = 0; time < 14; time++) await desk.repair('T5 treadmill', time < 10 ? 'leaks' : 'noise')
  desk.passes(7)
}

describe('a quality signal', () => {
  it('is raised once, by the clock alone, for what got worse; says by how much with whom and why, and is judged by a person', async () => {
    const desk = await begin()
    await worsened(desk)
    await eventually(async () => ((await desk.signals('?kind=failure_rate')).length === 1 ? true : undefined), 'the look of Monday')
    await evaluateSignals(desk.life.core, '2026-05-04', desk.now())
    const [signal, ...others] = await desk.signals('?kind=failure_rate&product=T5%20treadmill')
    expect(others).toEqual([])
    expect(signal).toMatchObject({
      state: 'open',
      unit: 'machines',
      timesRaised: 1,
      judged: null,
      recent: { events: 17, weeks: 4 },
      baseline: { events: 12, weeks: 12 },
    })
    expect(signal?.ratio).toBeGreaterThan(3)
    expect(signal?.pareto[0]).toMatchObject({ component: 'pump', problem: 'leaks', count: 13 })
    expect(signal?.samples).toHaveLength(5)
    expect(signal?.reason).toMatch(
      /^T5 treadmill fails more often\. In the last 4 weeks 17 failures of 10 machines in service, .* \(95 %: .*Most frequent: pump: leaks 13/,
    )
    const entries = await desk.life.core.journal.entries('quality_signal', signal?.id ?? '')
    expect(entries.flatMap(({ events }) => events.map(({ type }) => type))).toEqual(['quality.signal_raised'])

    expect((await desk.api.post(`/quality-signals/${signal?.id}/dismiss`, {})).status).toBe(400)
    expect((await desk.api.post(`/quality-signals/${signal?.id}/dismiss`, { reason: 'A flood.' })).status).toBe(200)
    expect((await desk.api.post('/quality-signals/none/acknowledge', {})).status).toBe(404)
    // The week after it is as it was: not raised anew.
    desk.passes(7)
    await evaluateSignals(desk.life.core, '2026-05-11', desk.now())
    expect(await desk.signals('?kind=failure_rate')).toMatchObject([{ timesRaised: 1, judged: { verdict: 'dismissed', reason: 'A flood.' } }])
    // Two quiet months later it is over.
    desk.passes(56)
    await evaluateSignals(desk.life.core, '2026-07-06', desk.now())
    expect(await desk.signals('?kind=failure_rate&state=ended')).toMatchObject([{ product: 'T5 treadmill', timesRaised: 1 }])
    expect(await desk.signals('?state=open')).toEqual([])
  }, 120_000)
})
