// Reports: what they count is what happened, over REST and as CSV, and their statistics are the textbooks'.
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { offersOf } from '../../src/insights/reports/acceptance.ts'
import { toCsv } from '../../src/insights/reports/csv.ts'
import { quantile, shareOf } from '../../src/insights/reports/statistics.ts'
import type { Event } from '../../src/events.ts'
import type { Entry } from '../../src/journal/index.ts'
import { answerSurvey, requestSurvey } from '../../src/surveys/index.ts'
import { apiOf } from '../support/api.ts'
import { createFolder, createProvider, live } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const report = z.object({ definition: z.string(), by: z.string(), rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))) })
const coded = (code: string) => ({ code, text: null })

async function begin() {
  const folder = createFolder()
  cleanups.push(() => folder.remove())
  let now = Date.parse('2026-03-02T09:00:00.000Z')
  const clock = { now: () => now }
  const life = await live({
    folder: folder.path,
    provider: createProvider(),
    clock,
    yaml: 'sla:\n  - { priority: normal, respond: 1h, restore: 2d, resolve: 3d }\n',
  })
  cleanups.push(() => life.close())
  const api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  const later = (hours: number) => void (now += hours * 3_600_000)
  return {
    life,
    api,
    later,
    async open(product: string, email: string): Promise<string> {
      const answer = await api.post('/tickets', { subject: product, description: `${email} beeps`, customer: { name: 'Ann', email }, asset: { product } })
      return z.object({ number: z.string() }).parse(await answer.json()).number
    },
    async resolve(number: string, agent: string, problem = 'leaks'): Promise<void> {
      await api.post(`/tickets/${number}/claim`, { agent })
      const failure = { component: coded('pump'), problem: coded(problem), cause: coded('wear'), remedy: coded('part replaced') }
      expect((await api.post(`/tickets/${number}/resolve`, { failure })).status).toBe(200)
    },
    async rate(number: string, score: number): Promise<void> {
      await requestSurvey(life.core, number, 1, `ask ${number}`)
      const [survey] = await life.core.collections.surveys.find({ ticket: number })
      await answerSurvey(life.core, survey?._id ?? '', { score, comment: null, channel: 'page' }, null, `rate ${number}`)
    },
    rows: async (path: string) => (await api.read(`/reports/${path}`, report)).rows,
  }
}

describe('a report', () => {
  it('counts satisfaction, first-time fixes, failures, times and promises of the repairs that were', async () => {
    const desk = await begin()
    const [one, two, three] = [await desk.open('T5', 'a@example.org'), await desk.open('T5', 'b@example.org'), await desk.open('X3', 'c@example.org')]
    await desk.open('X3', 'd@example.org')
    desk.later(0.5)
    await desk.resolve(one, 'Dana')
    desk.later(1.5)
    await desk.resolve(two, 'Eli', 'noise')
    await desk.resolve(three, 'Dana')
    await desk.rate(one, 5)
    await desk.rate(two, 2)
    await desk.rate(three, 4)
    await desk.api.post(`/tickets/${three}/status`, { status: 'in_progress' })
    await desk.api.post(`/tickets/${three}/status`, { status: 'resolved' })

    expect(await desk.rows('satisfaction')).toMatchObject([
      { product: 'T5', answers: 2, satisfied: 1, csat: 0.5, mean: 3.5, low: 0.0945, high: 0.9055 },
      { product: 'X3', answers: 1, satisfied: 1, csat: 1 },
    ])
    expect(await desk.rows('satisfaction?by=agent')).toMatchObject([
      { agent: 'Dana', answers: 2, satisfied: 2 },
      { agent: 'Eli', answers: 1, satisfied: 0 },
    ])
    expect(await desk.rows('satisfaction?by=all&product=t5')).toMatchObject([{ all: 'all', answers: 2 }])
    expect(await desk.rows('satisfaction?by=all&product=nothing%20of%20ours')).toEqual([])
    expect(await desk.rows('first-time-fix')).toMatchObject([
      { product: 'T5', over: 2, fixedFirst: 2, rate: 1 },
      { product: 'X3', over: 1, fixedFirst: 0, rate: 0 },
    ])
    expect(await desk.rows('failures?by=all')).toEqual([
      { all: 'all', component: 'pump', problem: 'leaks', count: 2, share: 0.6667 },
      { all: 'all', component: 'pump', problem: 'noise', count: 1, share: 0.3333 },
    ])
    expect(await desk.rows('times?by=all')).toMatchObject([
      { respondN: 3, respondMedian: 120, resolveN: 3, resolveMedian: 120, restoreN: 0, restoreMedian: null },
    ])
    // The fourth is late by now and was never answered.
    expect(await desk.rows('sla?by=all')).toMatchObject([
      { respondDue: 4, respondKept: 1, respondRate: 0.25, resolveDue: 3, resolveKept: 3, restoreDue: 3, restoreRate: 1 },
    ])
    expect(await desk.rows('effort')).toMatchObject([{ repairs: 4, over: 3, untouched: 0, untouchedShare: 0 }])
    expect(await desk.rows('repeat-repairs?by=all')).toMatchObject([{ over: 3, repeated: 0, rate: 0 }])
  })

  it('is of its period only', async () => {
    const desk = await begin()
    await desk.resolve(await desk.open('T5', 'a@example.org'), 'Dana')
    desk.later(24 * 40)
    await desk.resolve(await desk.open('T5', 'b@example.org'), 'Dana')
    expect(await desk.rows('first-time-fix?by=month')).toMatchObject([{ month: '2026-03' }, { month: '2026-04' }])
    expect(await desk.rows('first-time-fix?by=month&from=2026-04-01')).toMatchObject([{ month: '2026-04' }])
    expect(await desk.rows('first-time-fix?from=2025-01-01&until=2025-02-01')).toEqual([])
  })

  it.each([
    ['nonsense', 404, 'there are satisfaction'],
    ['satisfaction?by=priority', 400, 'can be grouped by product'],
    ['satisfaction?by=colour', 400, 'by'],
    ['satisfaction?from=yesterday', 400, 'is a date such as'],
    ['satisfaction?from=2026-02-01&until=2026-01-01', 400, 'from is before until'],
  ])('%s is refused with %i, saying what to do', async (path, status, why) => {
    const desk = await begin()
    const answer = await desk.api.get(`/reports/${path}`)
    expect(answer.status).toBe(status)
    expect(await answer.text()).toContain(why)
  })

  it('is had as CSV, whose cells no spreadsheet takes for a formula', async () => {
    const desk = await begin()
    await desk.resolve(await desk.open('=HYPERLINK("https://evil.example")', 'a@example.org'), 'Dana')
    const answer = await desk.api.get('/reports/first-time-fix?format=csv')
    expect(answer.headers.get('content-type')).toContain('text/csv')
    expect(await answer.text()).toBe('product,over,fixedFirst,rate,low,high\r\n"\'=HYPERLINK(""https://evil.example"")",1,1,1,0.2065,1\r\n')
  })
})

describe('the report on parts', () => {
  it('counts a line as filled only when stock was there as it was asked for', async () => {
    const desk = await begin()
    const ticket = await desk.open('T5', 'a@example.org')
    for (const [number, name] of [
      ['BELT', 'Belt'],
      ['FUSE', 'Fuse'],
    ])
      await desk.api.post('/parts', { number, name })
    const place = z.object({ id: z.string() }).parse(await (await desk.api.post('/stock-locations', { name: 'Main' })).json()).id
    const receive = (part: string, quantity: number) => desk.api.post('/stock/movements', { part, location: place, movement: 'receive', quantity })
    const ask = async (body: Record<string, unknown>) => expect((await desk.api.post('/part-requests', body)).status).toBe(201)
    await receive('BELT', 3)
    await ask({ kind: 'allocation', part: 'BELT', quantity: 2, from: place, ticket })
    await ask({ kind: 'allocation', part: 'BELT', quantity: 2, from: place, ticket })
    await ask({ kind: 'requisition', part: 'FUSE', to: place, ticket })
    // For no repair.
    await ask({ kind: 'requisition', part: 'FUSE', to: place })
    desk.later(30)
    // The second one is met now, but was not at once.
    await receive('BELT', 5)
    await eventually(async () => ((await desk.life.core.collections.partRequests.count({ status: 'allocated' })) === 2 ? true : undefined), 'both to be met')
    expect(await desk.rows('parts-fill-rate')).toMatchObject([
      { part: 'BELT Belt', lines: 2, filledAtOnce: 1, fillRate: 0.5, pieces: 4 },
      { part: 'FUSE Fuse', lines: 1, filledAtOnce: 0, fillRate: 0 },
    ])
    expect(await desk.rows('parts-fill-rate?by=location')).toMatchObject([
      { location: 'Main', lines: 2 },
      { location: 'supplier', lines: 1 },
    ])
    expect(await desk.rows('parts-fill-rate?by=product')).toMatchObject([{ product: 'T5', lines: 3, filledAtOnce: 1 }])
    expect(await desk.rows('parts-fill-rate?by=all&from=2025-01-01&until=2025-02-01')).toEqual([])
  })
})

describe('the report on quotes', () => {
  it('counts what customers made of them, and those that wait apart', async () => {
    const desk = await begin()
    for (const [email, decision] of [
      ['a@example.org', 'approved'],
      ['b@example.org', 'declined'],
      ['c@example.org', undefined],
    ] as const) {
      const number = await desk.open('T5', email)
      const lines = [{ description: 'Belt', quantity: 1, unitPrice: 4500 }]
      const { id } = z.object({ id: z.string() }).parse(await (await desk.api.post(`/tickets/${number}/quotes`, { lines })).json())
      await desk.api.post(`/quotes/${id}/review`)
      await desk.api.post(`/quotes/${id}/send`)
      if (decision !== undefined) expect((await desk.api.post(`/quotes/${id}/decide`, { version: 1, decision, text: 'by phone' })).status).toBe(200)
    }
    expect(await desk.rows('quotes')).toEqual([
      { all: 'all', decided: 2, approved: 1, rate: 0.5, low: 0.0945, high: 0.9055, declined: 1, expired: 0, waiting: 1, withdrawn: 0 },
    ])
  })
})

describe('the report on work offers', () => {
  const at = '2026-03-02T09:00:00.000Z'
  const entry = (actor: 'engineer' | 'clock' | 'system', ...events: Event[]): Entry => ({
    _id: 'work_order/w/1',
    stream: 'work_order/w',
    n: 1,
    key: 'k',
    actor: { kind: actor, id: null },
    at,
    events,
    effects: [],
    finished: true,
  })
  const offered = (engineer: string): Event[] => [
    { type: 'work_order.assigned', engineer, name: engineer },
    { type: 'work_order.offered', offer: engineer, until: at },
    { type: 'work_order.status_changed', from: 'scheduled', to: 'dispatched', comment: null },
  ]
  const rejected = (engineer: string, reason: string): Event[] => [
    { type: 'appointment.rejected', engineer, reason },
    { type: 'work_order.status_changed', from: 'dispatched', to: 'unscheduled', comment: reason },
  ]

  it('tells who said no, who said nothing and who took it; what is taken back or given back later is none of them', () => {
    const history = [
      entry('system', ...offered('Kim')),
      entry('engineer', ...rejected('Kim', 'too far away')),
      entry('system', ...offered('Lee')),
      entry('clock', ...rejected('Lee', 'did not answer in time')),
      entry('system', ...offered('Mia')),
      entry('system', { type: 'work_order.status_changed', from: 'dispatched', to: 'unscheduled', comment: 'another day' }),
      entry('system', ...offered('Mia')),
      entry('engineer', { type: 'work_order.status_changed', from: 'dispatched', to: 'accepted', comment: null }),
      entry('engineer', ...rejected('Mia', 'ill')),
    ]
    expect(offersOf('w', history)).toEqual([
      { engineer: 'Kim', at, answer: 'rejected', reason: 'too far away' },
      { engineer: 'Lee', at, answer: 'timedOut', reason: null },
      { engineer: 'Mia', at, answer: 'accepted', reason: null },
    ])
  })
})

describe('CSV', () => {
  it('keeps every cell, whatever is in it, and begins none as a formula', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ name: fc.string(), figure: fc.option(fc.integer(), { nil: null }) }), { minLength: 1 }), (rows) => {
        const text = toCsv(rows)
        for (const line of text.slice(1).split('\r\n').slice(1)) expect(line).not.toMatch(/^"?[=+@|\t]/)
        const quotes = text.split('"').length - 1
        expect(quotes % 2).toBe(0)
      }),
    )
  })
})

describe('a share', () => {
  // Wilson, https://en.wikipedia.org/wiki/Binomial_proportion_confidence_interval
  it.each([
    [8, 10, 0.49, 0.9433],
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [500, 1000, 0.4691, 0.5309],
  ])('of %i in %i lies between %f and %f', (hits, n, low, high) => {
    const share = shareOf(hits, n)
    expect(share.low).toBeCloseTo(low, 3)
    expect(share.high).toBeCloseTo(high, 3)
  })

  it('lies within its interval, which lies within nothing and all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (n, part) => {
        const { share, low, high } = shareOf(Math.round(n * part), n)
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(share).toBeGreaterThanOrEqual((low ?? 0) - 1e-12)
        expect(share).toBeLessThanOrEqual((high ?? 0) + 1e-12)
      }),
    )
  })
})

describe('a quantile', () => {
  it.each<[number[], number, number | null]>([
    [[], 0.5, null],
    [[3], 0.9, 3],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[1, 2, 3, 4, 5], 0.9, 4.6],
  ])('of %j at %f is %s', (values, at, wanted) => {
    const found = quantile(values, at)
    if (wanted === null) expect(found).toBeNull()
    else expect(found).toBeCloseTo(wanted, 9)
  })
})
