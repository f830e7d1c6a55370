// The plan of a day: never wrong, as short as can be on days small enough to try everything, and what is promised stays.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { faultsOf } from '../../bench/plan/check.ts'
import { readSolomon } from '../../bench/plan/solomon.ts'
import { planDay } from '../../src/dispatch/plan/plan.ts'
import type { PlanJob, PlanProblem, PlanVehicle } from '../../src/dispatch/plan/problem.ts'

const rounds = (count: number) => ({ seed: 1, progress: (round: number) => round / count })

/** Places on a map, one unit of distance a minute; place 0 is the workshop. */
function day(places: readonly (readonly [number, number])[], jobs: readonly PlanJob[], vehicles: readonly PlanVehicle[]): PlanProblem {
  const distances = places.map(([x, y]) => places.map(([toX, toY]) => Math.hypot(x - toX, y - toY)))
  return { jobs, vehicles, durations: distances, distances, objective: 'distance' }
}

const place = fc.tuple(fc.nat(60), fc.nat(60))
const window = fc.tuple(fc.nat(400), fc.integer({ min: 10, max: 240 })).map(([from, length]) => [from, from + length] as const)
const skill = fc.constantFrom('gas', 'power')
const shop: PlanVehicle = { id: 'v0', start: 0, end: 0, timeWindow: [0, 600] }

const someDay = fc
  .record({
    places: fc.array(place, { minLength: 2, maxLength: 14 }),
    windows: fc.array(fc.array(window, { minLength: 1, maxLength: 2 }), { minLength: 13, maxLength: 13 }),
    skills: fc.array(fc.uniqueArray(skill), { minLength: 13, maxLength: 13 }),
    able: fc.array(fc.uniqueArray(skill), { minLength: 1, maxLength: 4 }),
    pins: fc.uniqueArray(fc.nat(12), { maxLength: 2 }),
    lunch: fc.array(fc.option(fc.integer({ min: 60, max: 400 })), { minLength: 4, maxLength: 4 }),
  })
  .map(({ places, windows, skills, able, pins, lunch }) => {
    const breaksOf = (index: number): PlanVehicle['breaks'] => {
      const from = lunch[index] ?? null
      return from === null ? [] : [[from, from + 45]]
    }
    const vehicles = able.map((each, index): PlanVehicle => ({ ...shop, id: `v${index}`, skills: each, capacity: 8, breaks: breaksOf(index) }))
    const jobs = places.slice(1).map((_, index): PlanJob => ({
      id: `j${index}`,
      location: index + 1,
      service: 20,
      timeWindows: windows[index] ?? [],
      skills: skills[index] ?? [],
      amount: 1,
      ...(pins.includes(index) ? { pinned: 'v0' } : {}),
    }))
    return day(places, jobs, vehicles)
  })

describe('a day', () => {
  it('is never planned wrong: every visit in its window and in no break, by somebody able, once, and what cannot be done has a reason', () => {
    fc.assert(
      fc.property(someDay, (problem) => {
        const plan = planDay(problem, rounds(150))
        expect(faultsOf(problem, plan).filter((fault) => !fault.endsWith('is not done'))).toEqual([])
        const planned = plan.routes.flatMap(({ visits }) => visits.map(({ job }) => job))
        expect([...planned, ...plan.unassigned.map(({ job }) => job)].toSorted()).toEqual(problem.jobs.map(({ id }) => id).toSorted())
      }),
      { numRuns: 60 },
    )
  })

  it('is as short as trying every order would find, where that can be tried', () => {
    fc.assert(
      fc.property(fc.array(place, { minLength: 7, maxLength: 7 }), fc.array(window, { minLength: 6, maxLength: 6 }), (places, windows) => {
        const jobs = windows.map((each, index): PlanJob => ({ id: `j${index}`, location: index + 1, service: 10, timeWindows: [each] }))
        const problem = day(places, jobs, [shop, { ...shop, id: 'v1' }])
        const plan = planDay(problem, rounds(1500))
        const best = bestByTrying(problem)
        if (best === undefined) expect(plan.unassigned.length).toBeGreaterThan(0)
        else {
          expect(plan.unassigned).toEqual([])
          expect(plan.distance).toBeLessThanOrEqual(best + 1e-6)
        }
      }),
      { numRuns: 25 },
    )
  })

  it('is the same for the same seed', () => {
    fc.assert(
      fc.property(someDay, (problem) => {
        expect(planDay(problem, rounds(60))).toEqual(planDay(problem, rounds(60)))
      }),
      { numRuns: 20 },
    )
  })

  it('keeps what was promised with an engineer, though another is nearer', () => {
    const near: PlanVehicle = { ...shop, id: 'near', start: 1, end: 1 }
    const problem = day(
      [
        [0, 0],
        [50, 50],
        [51, 50],
      ],
      [{ id: 'visit', location: 2, service: 30, timeWindows: [[100, 130]], pinned: 'v0' }],
      [near, shop],
    )
    expect(planDay(problem, rounds(200)).routes).toMatchObject([{ vehicle: 'v0', visits: [{ job: 'visit', start: 100 }] }])
  })

  it('leaves out the least urgent when not all fits, and says why', () => {
    const job = (id: string, more: Partial<PlanJob>): PlanJob => ({ id, location: 1, service: 60, timeWindows: [[0, 30]], ...more })
    const jobs = [
      job('later', { priority: 1 }),
      job('urgent', { priority: 80 }),
      job('gas', { skills: ['gas'] }),
      job('over', { timeWindows: [[700, 800]] }),
      job('huge', { amount: 9 }),
    ]
    const plan = planDay(
      day(
        [
          [0, 0],
          [5, 5],
        ],
        jobs,
        [{ ...shop, capacity: 5 }],
      ),
      rounds(100),
    )
    expect(plan.routes.flatMap(({ visits }) => visits.map((visit) => visit.job))).toEqual(['urgent'])
    expect(new Map(plan.unassigned.map(({ job: id, reason }) => [id, reason]))).toEqual(
      new Map([
        ['later', 'crowded'],
        ['gas', 'skills'],
        ['over', 'time'],
        ['huge', 'capacity'],
      ]),
    )
  })
})

/** The least distance over all ways to share out and order the jobs; undefined when none works. */
function bestByTrying(problem: PlanProblem): number | undefined {
  let best: number | undefined
  const lengthOf = (order: readonly number[]): number | undefined => {
    let [time, at, far] = [0, 0, 0]
    for (const index of order) {
      const job = problem.jobs[index]
      const [from, until] = job?.timeWindows[0] ?? [0, 0]
      const to = job?.location ?? 0
      time = Math.max(from, time + (problem.durations[at]?.[to] ?? 0))
      if (time > until) return undefined
      time += job?.service ?? 0
      far += problem.distances[at]?.[to] ?? 0
      at = to
    }
    const home = order.length === 0 ? 0 : (problem.durations[at]?.[0] ?? 0)
    return time + home > 600 ? undefined : far + home
  }
  const search = (left: readonly number[], routes: readonly (readonly number[])[]): void => {
    const lengths = routes.map(lengthOf)
    if (lengths.includes(undefined)) return
    const [next, ...rest] = left
    if (next === undefined) {
      const total = lengths.reduce<number>((sum, each) => sum + (each ?? 0), 0)
      if (best === undefined || total < best) best = total
      return
    }
    routes.forEach((route, which) => {
      for (let position = 0; position <= route.length; position++)
        search(
          rest,
          routes.map((each, index) => (index === which ? route.toSpliced(position, 0, next) : each)),
        )
    })
  }
  search(
    problem.jobs.map((_, index) => index),
    [[], []],
  )
  return best
}

describe('npm run bench:plan', () => {
  const instance = (customers: readonly string[]): string =>
    [
      'TINY',
      '',
      'VEHICLE',
      'NUMBER     CAPACITY',
      '  5         20',
      '',
      'CUSTOMER',
      'CUST NO.  XCOORD.   YCOORD.    DEMAND   READY TIME  DUE DATE   SERVICE   TIME',
      '',
      ...customers,
    ].join('\n')
  const tiny = instance([
    '    0      50         50          0          0        500          0',
    '    1      60         50         10          0        400         10',
    '    2      70         50         10          0        400         10',
    '    3      40         50         10          0        400         10',
  ])

  it('reads instances in the text format of Solomon', () => {
    const { name, problem } = readSolomon(tiny)
    expect(name).toBe('TINY')
    expect(problem).toMatchObject({ vehicles: { length: 5 }, jobs: [{ id: '1', amount: 10, service: 10, timeWindows: [[0, 400]] }, { id: '2' }, { id: '3' }] })
    expect(() => readSolomon('hello')).toThrow('hello is no instance')
  })

  it('prints distance, vehicles and whether the plan is feasible, for every instance of a folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mendline-plan-'))
    try {
      writeFileSync(join(folder, 'tiny.txt'), tiny)
      const { stdout } = await promisify(execFile)(process.execPath, [
        join(import.meta.dirname, '../../bench/plan/run.ts'),
        '--dir',
        folder,
        '--seconds',
        '0.3',
        '--json',
      ])
      expect(JSON.parse(stdout)).toMatchObject([{ instance: 'TINY', distance: 60, vehicles: 2, feasible: true }])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('calls a plan that breaks a window, a capacity or a promise not feasible', () => {
    const { problem } = readSolomon(tiny)
    const visit = (job: string, start: number) => ({ job, arrival: start, start })
    expect(
      faultsOf(problem, { routes: [{ vehicle: '1', visits: [visit('1', 10), visit('2', 30), visit('3', 70)], distance: 60 }], unassigned: [], distance: 60 }),
    ).toEqual(['vehicle 1 is too full'])
    expect(faultsOf(problem, { routes: [{ vehicle: '1', visits: [visit('1', 5)], distance: 20 }], unassigned: [], distance: 20 })).toContain(
      'job 1 starts before the vehicle is there',
    )
    expect(faultsOf(problem, { routes: [{ vehicle: '1', visits: [visit('1', 450)], distance: 20 }], unassigned: [], distance: 20 })).toContain(
      'job 1 is outside its windows',
    )
  })
})
