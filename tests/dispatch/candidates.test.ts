// Who can do a job and how well: every one left out is told why, the score adds up, and several jobs are shared as well as can be.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignJobs, type Fit } from '../../src/dispatch/assignment.ts'
import { reasonsAgainst } from '../../src/dispatch/eligible.ts'
import { readPostcode } from '../../src/dispatch/place.ts'
import { scoreOf } from '../../src/dispatch/score.ts'
import { engineer, order } from './engineers.ts'

const berlin = { address: null, postcode: '10115', point: { lat: 52.53, lon: 13.38 } }
const textsOf = (...args: Parameters<typeof reasonsAgainst>): string[] => reasonsAgainst(...args).map(({ text }) => text)

describe('an engineer', () => {
  it('is left out for each hard reason, named in words', () => {
    const wanted = order('w', { skills: ['Gas', 'treadmill'], site: berlin, rejections: [{ engineer: 'kim', reason: 'on holiday', at: '', from: null }] })
    const kim = engineer('kim', { active: false, skills: [{ skill: 'treadmill', level: 2 }], territory: { postcodes: ['20'], around: null } })
    expect(textsOf(kim, wanted)).toEqual(['works here no more', 'lacks Gas', 'does not go to 10115', 'gave it back: on holiday'])
    expect(
      textsOf(
        engineer('lee', {
          skills: [
            { skill: 'gas', level: 1 },
            { skill: 'Treadmill', level: 1 },
          ],
        }),
        wanted,
      ),
    ).toEqual([])
  })

  it('goes where a postcode or the distance says so, and nobody is left out for a place nobody knows', () => {
    const near = engineer('kim', { territory: { postcodes: ['20'], around: { lat: 52.5, lon: 13.4, km: 10 } } })
    expect(textsOf(near, order('w', { site: berlin }))).toEqual([])
    expect(textsOf(near, order('w', { site: { ...berlin, point: { lat: 48.1, lon: 11.6 } } }))).toHaveLength(1)
    expect(textsOf(near, order('w', { site: { address: 'somewhere', postcode: null, point: null } }))).toEqual([])
  })

  it('may be asked again for another time than the one they gave back', () => {
    const appointment = { from: '2026-03-05T09:00:00.000Z', until: '2026-03-05T10:00:00.000Z', day: 'kim/2026-03-05' }
    const wanted = order('w', { rejections: [{ engineer: 'kim', reason: 'busy', at: '', from: appointment.from }], appointment })
    expect(textsOf(engineer('kim'), wanted)).toEqual(['gave it back: busy'])
    expect(textsOf(engineer('kim'), { ...wanted, appointment: { ...appointment, from: '2026-03-06T09:00:00.000Z' } })).toEqual([])
  })
})

describe('a score', () => {
  const about = fc.record({
    travelMs: fc.option(fc.nat(20_000_000)),
    visits: fc.nat(20),
    visitsPerDay: fc.integer({ min: 1, max: 12 }),
    levels: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
    preferred: fc.option(fc.boolean()),
    inTime: fc.option(fc.boolean()),
  })

  it('is 0–100, the sum of parts that each say why', () => {
    fc.assert(
      fc.property(about, (each) => {
        const { total, parts } = scoreOf(each)
        expect(total).toBeGreaterThanOrEqual(0)
        expect(total).toBeLessThanOrEqual(100)
        expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(total)
        for (const { points, of, why } of parts) expect(points >= 0 && points <= of && why.length > 3).toBe(true)
      }),
    )
  })

  it('never falls when one thing gets better', () => {
    fc.assert(
      fc.property(about, (each) => {
        const { total } = scoreOf(each)
        if (each.travelMs !== null) expect(scoreOf({ ...each, travelMs: each.travelMs / 2 }).total).toBeGreaterThanOrEqual(total)
        expect(scoreOf({ ...each, visits: Math.floor(each.visits / 2) }).total).toBeGreaterThanOrEqual(total)
        expect(scoreOf({ ...each, levels: each.levels.map(() => 3) }).total).toBeGreaterThanOrEqual(total)
        expect(scoreOf({ ...each, preferred: true }).total).toBeGreaterThanOrEqual(total)
        expect(scoreOf({ ...each, inTime: true }).total).toBeGreaterThanOrEqual(total)
      }),
    )
  })
})

describe('several jobs', () => {
  const fits = fc
    .array(fc.record({ job: fc.constantFrom('a', 'b', 'c', 'd', 'e'), engineer: fc.constantFrom('kim', 'lee', 'max', 'noa'), score: fc.nat(100) }), {
      maxLength: 24,
    })
    .map((all) => [...new Map(all.map((fit) => [`${fit.job} ${fit.engineer}`, fit])).values()])
  const worth = (chosen: readonly Fit[]): number => chosen.reduce((sum, { score }) => sum + 1000 + score, 0)

  /** The best fit first, as somebody in a hurry would. */
  function greedy(all: readonly Fit[]): Fit[] {
    const chosen: Fit[] = []
    for (const fit of all.toSorted((one, other) => other.score - one.score))
      if (!chosen.some(({ job, engineer: by }) => job === fit.job || by === fit.engineer)) chosen.push(fit)
    return chosen
  }

  function best(all: readonly Fit[]): number {
    const [first, ...rest] = all
    if (first === undefined) return 0
    const without = best(rest)
    const withIt = 1000 + first.score + best(rest.filter(({ job, engineer: by }) => job !== first.job && by !== first.engineer))
    return Math.max(without, withIt)
  }

  it('are shared as well as can be, never worse than one after the other, and only among those who can', () => {
    fc.assert(
      fc.property(fits, (all) => {
        const chosen = assignJobs(all)
        for (const fit of chosen) expect(all).toContainEqual(fit)
        expect(new Set(chosen.map(({ job }) => job)).size).toBe(chosen.length)
        expect(new Set(chosen.map(({ engineer: by }) => by)).size).toBe(chosen.length)
        expect(worth(chosen)).toBeGreaterThanOrEqual(worth(greedy(all)))
        if (all.length <= 14) expect(worth(chosen)).toBe(best(all))
      }),
      { numRuns: 200 },
    )
  })
})

describe('a postcode', () => {
  it.each([
    ['Main Street 5, 10115 Berlin', '10115'],
    ['12345 Main St, Springfield, IL 62704', '62704'],
    ['10 Downing Street, London SW1A 2AA', 'SW1A2AA'],
    ['Kerkstraat 12, 1017 GP Amsterdam', '1017GP'],
    ['100 Queen St W, Toronto, ON M5H 2N2', 'M5H2N2'],
    ['上海市浦东新区世纪大道100号 200120', '200120'],
    ['12 Elm St', null],
  ])('is found in %s', (address, postcode) => {
    expect(readPostcode(address)).toBe(postcode)
  })
})
