// Ways around the pauses of a day: what is driven is the way and nothing else, never in a pause, and forth and back agree.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { arriveAt, leaveBy, pausesBetween } from '../../src/dispatch/plan/pauses.ts'

const pauses = fc
  .uniqueArray(fc.nat(200), { minLength: 0, maxLength: 8 })
  .map((ends) => ends.toSorted((one, other) => one - other))
  .map((ends) => ends.flatMap((from, index) => (index % 2 === 0 && ends[index + 1] !== undefined ? [{ from, to: ends[index + 1] ?? from }] : [])))
const time = fc.nat(220)

/** Minute by minute. */
function driven(leave: number, way: number, all: readonly { from: number; to: number }[]): number {
  let at = leave
  for (let left = way; left > 0; at++) if (!all.some(({ from, to }) => from <= at && at < to)) left--
  return at
}

it('arrive as a clock that stands in every pause would say', () => {
  fc.assert(
    fc.property(time, fc.integer({ min: 1, max: 90 }), pauses, (leave, way, all) => {
      expect(arriveAt(leave, way, all)).toBe(driven(leave, way, all))
    }),
  )
})

it('are in time when left at the latest moment, and late a minute after it', () => {
  fc.assert(
    fc.property(time, fc.integer({ min: 1, max: 90 }), pauses, (arrive, way, all) => {
      const leave = leaveBy(arrive, way, all)
      expect(arriveAt(leave, way, all)).toBeLessThanOrEqual(arrive)
      expect(arriveAt(leave + 1, way, all)).toBeGreaterThan(arrive)
    }),
  )
})

it('have a pause between two shifts, and none where one follows the other at once', () => {
  expect(
    pausesBetween([
      { from: 0, to: 10 },
      { from: 12, to: 20 },
      { from: 20, to: 30 },
    ]),
  ).toEqual([{ from: 10, to: 12 }])
})
