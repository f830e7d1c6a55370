// Which parts a repair will likely need: shares of past cases that add up, and never more sure than the cases allow.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rankParts, smoothing, type PastCase } from '../../src/parts/rank.ts'

const past = (symptom: string, ...parts: string[]): PastCase => ({ symptom, parts: parts.map((part) => ({ part, quantity: 1 })) })
const leaks = 'Water leaks from the pump housing'
const history: PastCase[] = [
  past(leaks, 'seal'),
  past('The pump leaks water', 'seal', 'clamp'),
  past('Pump leaks', 'seal'),
  past('Display stays dark', 'display'),
  past('No picture on the display', 'display'),
  past('Makes a terrible noise'),
]

describe('likely parts', () => {
  it('are those that cases of like trouble needed, with the counts behind their share', () => {
    const [first, ...rest] = rankParts({ symptom: 'water leaks out of the pump' }, history)
    expect(first).toEqual({ part: 'seal', quantity: 1, share: (3 + smoothing * 0.5) / (3 + smoothing), cases: 3, of: 3, base: 0.5, all: 6 })
    expect(rest.map(({ part, cases, of }) => [part, cases, of])).toEqual([
      ['clamp', 1, 3],
      ['display', 0, 3],
    ])
  })

  it('go by the error code, however the trouble is told', () => {
    const coded: PastCase[] = [
      { errorCode: 'E03', symptom: 'stops', parts: [{ part: 'sensor', quantity: 2 }] },
      { errorCode: 'E-03', symptom: 'hot', parts: [{ part: 'sensor', quantity: 2 }] },
      { errorCode: 'E04', symptom: 'belt squeals', parts: [{ part: 'belt', quantity: 1 }] },
    ]
    expect(rankParts({ errorCode: 'e03', symptom: 'stops' }, coded)[0]).toMatchObject({ part: 'sensor', quantity: 2, cases: 2, of: 2 })
  })

  it('have the share of their product where nothing is like this', () => {
    expect(rankParts({ symptom: 'smells' }, history)[0]).toMatchObject({ share: 0.5, cases: 0, of: 0, base: 0.5, all: 6 })
    expect(rankParts({ symptom: leaks }, [])).toEqual([])
  })

  it('have a share between that of the product and that of the like cases, nearer to these the more there are', () => {
    const arbitrary = fc.array(
      fc.record({
        symptom: fc.constantFrom(leaks, 'Display stays dark'),
        parts: fc.subarray(['seal', 'clamp', 'display']).map((names) => names.map((part) => ({ part, quantity: 1 }))),
      }),
      { maxLength: 40 },
    )
    fc.assert(
      fc.property(arbitrary, (cases) => {
        for (const { share, cases: k, of, base } of rankParts({ symptom: leaks }, cases)) {
          const own = of === 0 ? base : k / of
          expect(share).toBeGreaterThanOrEqual(Math.min(own, base) - 1e-9)
          expect(share).toBeLessThanOrEqual(Math.max(own, base) + 1e-9)
          expect(Math.abs(share - own)).toBeLessThanOrEqual((smoothing / (of + smoothing)) * Math.abs(base - own) + 1e-9)
        }
      }),
    )
  })
})
