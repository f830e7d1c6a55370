// Forecasts of parts: the methods agree with published implementations, fits find the truth they were drawn from, and stock serves what it says.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backtest, flat } from '../../src/insights/forecast/backtest.ts'
import { profileOf } from '../../src/insights/forecast/demand.ts'
import { fleetForecaster, livesUntil, type Unit } from '../../src/insights/forecast/fleet.ts'
import { forecastPart } from '../../src/insights/forecast/forecast.ts'
import { adida, croston, imapa, movingAverage, sba, tsb } from '../../src/insights/forecast/methods.ts'
import { chancesOf, fillRate, reorderPoint } from '../../src/insights/forecast/stock.ts'
import { ageAt, expectedFailures, failureChance, fitWeibull, type Watched } from '../../src/insights/forecast/weibull.ts'

const a = [0, 0, 3, 0, 0, 0, 2, 0, 1, 0, 0, 4, 0, 0, 0, 0, 2, 0, 0, 1]
const b = [0, 1, 0, 0, 2, 0, 0, 0, 1, ...Array.from({ length: 11 }, () => 0)]

describe('the methods answer what statsforecast answers', () => {
  it.each([
    ['croston', croston, a, 0.8130557158],
    ['sba', sba, a, 0.77240293],
    ['tsb(.1,.1)', tsb(0.1, 0.1), a, 0.7465942774],
    ['tsb(.2,.2)', tsb(0.2, 0.2), a, 0.8409551292],
    ['adida', adida, a, 0.7602049208],
    ['imapa', imapa, a, 0.6225810816],
    ['croston', croston, b, 0.4759825328],
    ['sba', sba, b, 0.4521834061],
    ['tsb(.1,.1)', tsb(0.1, 0.1), b, 0.0730078036],
    ['adida', adida, b, 0.1463466667],
    ['imapa', imapa, b, 0.1035695877],
  ])('%s on series of %#', (_name, method, series, expected) => {
    expect(method(series)).toBeCloseTo(expected, 6)
  })

  it('and a part nobody wants is expected by none of them', () => {
    for (const method of [movingAverage, croston, sba, tsb(0.1, 0.1), adida, imapa]) expect(method([0, 0, 0, 0])).toBe(0)
  })
})

describe('the class of a demand', () => {
  it('is told by how often and how unevenly it comes', () => {
    expect(profileOf(a)).toMatchObject({ class: 'intermittent', adi: expect.closeTo(3.3333, 4), cv2: expect.closeTo(0.2426, 4) })
    expect(profileOf([4, 5, 4, 6, 5, 4]).class).toBe('smooth')
    expect(profileOf([1, 20, 2, 30, 1, 1]).class).toBe('erratic')
    expect(profileOf([0, 0, 1, 0, 0, 30, 0, 0, 1]).class).toBe('lumpy')
    expect(profileOf([0, 0])).toMatchObject({ class: 'none' })
  })
})

/** Uniform draws from a seed (mulberry32). */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

describe('a Weibull life', () => {
  it.each([
    [0.8, 30],
    [1, 50],
    [2.5, 40],
    [4, 24],
  ])('of shape %d and scale %d is found again from censored and truncated records', (shape, scale) => {
    const draw = draws(7)
    const watched: Watched[] = []
    for (let unit = 0; unit < 6000; unit++) {
      const age = ageAt({ shape, scale }, draw())
      // Half of them were in service before anybody wrote anything down; those that failed by then were never seen.
      const from = unit % 2 === 0 ? 0 : draw() * 20
      const end = from + 5 + draw() * 30
      if (age > from) watched.push({ from, until: Math.min(age, end), failed: age <= end })
    }
    const fit = fitWeibull(watched)
    expect(fit?.shape).toBeGreaterThan(shape * 0.93)
    expect(fit?.shape).toBeLessThan(shape * 1.07)
    expect(fit?.scale).toBeGreaterThan(scale * 0.93)
    expect(fit?.scale).toBeLessThan(scale * 1.07)
  })

  it('is not guessed from a handful of failures', () => {
    expect(fitWeibull(Array.from({ length: 4 }, () => ({ from: 0, until: 5, failed: true })))).toBeUndefined()
  })

  it('without wear fails at every age alike, with wear ever more', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 60, noNaN: true }), fc.double({ min: 0.1, max: 60, noNaN: true }), (age, more) => {
        expect(failureChance({ shape: 1, scale: 20 }, age, 1)).toBeCloseTo(failureChance({ shape: 1, scale: 20 }, age + more, 1), 9)
        expect(failureChance({ shape: 3, scale: 20 }, age, 1)).toBeLessThanOrEqual(failureChance({ shape: 3, scale: 20 }, age + more, 1))
      }),
    )
  })

  it('expects as many failures as a simulation of the same fleet sees', () => {
    const life = { shape: 2.5, scale: 18 }
    const ages = Array.from({ length: 50 }, (_, index) => index % 24)
    const expected = expectedFailures(life, ages, 12).reduce((sum, each) => sum + each, 0)
    const draw = draws(3)
    let failures = 0
    const worlds = 400
    for (let world = 0; world < worlds; world++)
      for (const start of ages) {
        let age = start
        for (let period = 0; period < 12; period++) {
          if (draw() < failureChance(life, age, 1)) {
            failures++
            age = 0.5
          } else age += 1
        }
      }
    expect(failures / worlds).toBeGreaterThan(expected * 0.97)
    expect(failures / worlds).toBeLessThan(expected * 1.03)
  })
})

describe('a fleet', () => {
  it('tells of each part how long it was watched, and nothing that happens later', () => {
    const fleet: Unit[] = [
      { installed: -10, failures: [3, 8] },
      { installed: 2, failures: [], removed: 6 },
    ]
    expect(livesUntil(fleet, 5)).toEqual([
      { from: 10, until: 13.5, failed: true },
      { from: 0, until: 1.5, failed: false },
      { from: 0, until: 3, failed: false },
    ])
    expect(livesUntil(fleet, 100).filter(({ failed }) => failed)).toHaveLength(2)
  })
})

describe('stock', () => {
  const demand = fc.record({ mean: fc.double({ min: 0.05, max: 60, noNaN: true }), spread: fc.double({ min: 0, max: 6, noNaN: true }) })

  it('is told from chances that add up and have the mean and variance asked for', () => {
    fc.assert(
      fc.property(demand, ({ mean, spread }) => {
        const variance = mean * (1 + spread)
        const chances = chancesOf({ mean, variance })
        const total = chances.reduce((sum, chance) => sum + chance, 0)
        const first = chances.reduce((sum, chance, pieces) => sum + chance * pieces, 0)
        const second = chances.reduce((sum, chance, pieces) => sum + chance * pieces ** 2, 0)
        expect(total).toBeCloseTo(1, 4)
        expect(first).toBeGreaterThan(mean * 0.995)
        expect(first).toBeLessThan(mean * 1.005)
        expect(second - first ** 2).toBeGreaterThan(variance * 0.97)
        expect(second - first ** 2).toBeLessThan(variance * 1.03)
      }),
    )
  })

  it('is enough for the share asked for, and one piece less is not', () => {
    fc.assert(
      fc.property(demand, fc.double({ min: 0.5, max: 0.995, noNaN: true }), ({ mean, spread }, target) => {
        const wanted = { mean, variance: mean * (1 + spread) }
        const stock = reorderPoint(wanted, target)
        expect(fillRate(wanted, stock)).toBeGreaterThanOrEqual(target)
        if (stock > 0) expect(fillRate(wanted, stock - 1)).toBeLessThan(target)
      }),
    )
  })

  it('of nothing is enough where nothing is wanted', () => {
    expect(reorderPoint({ mean: 0, variance: 0 }, 0.95)).toBe(0)
  })
})

describe('the forecast of a part', () => {
  const options = { leadTime: 3, fillRate: 0.95, test: 12 }

  it('never uses a method that did not beat the moving average in the past', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { minLength: 16, maxLength: 48 }), (series) => {
        const { method, scores, reason, expected } = forecastPart(series, options)
        const plain = scores.find((each) => each.method === 'MA(12)')
        const chosen = scores.find((each) => each.method === method)
        if (method !== 'MA(12)') expect(chosen?.score.rmsse).toBeLessThan(plain?.score.rmsse ?? 0)
        expect(expected).toHaveLength(3)
        expect(reason.length).toBeGreaterThan(40)
      }),
    )
  })

  it('fades for a part that nobody has asked for in years', () => {
    const dying = [...Array.from({ length: 24 }, (_, index) => (index % 2 === 0 ? 4 : 0)), ...Array.from({ length: 24 }, () => 0)]
    expect(forecastPart(dying, options).rate).toBeLessThan(0.2)
  })

  it('knows from the machines what the past of the part cannot tell: a young fleet that is about to wear out', () => {
    const draw = draws(11)
    const life = { shape: 5, scale: 30 }
    const fleet: Unit[] = Array.from({ length: 300 }, (_, index) => {
      const installed = Math.floor(index / 10)
      const failures: number[] = []
      for (let at = installed + ageAt(life, draw()); at < 48; at += ageAt(life, draw())) failures.push(Math.floor(at))
      return { installed, failures }
    })
    const series = Array.from({ length: 36 }, (_, period) => fleet.flatMap(({ failures }) => failures).filter((at) => at === period).length)
    const forecast = forecastPart(series, { ...options, fleet })
    expect(forecast.method).toBe('Weibull')
    expect(forecast.reason).toContain('Weibull came closer')
    const truth = fleet.flatMap(({ failures }) => failures).filter((at) => at >= 36 && at < 39).length
    const before = series.slice(-3).reduce((sum, each) => sum + each, 0)
    expect(Math.abs(forecast.leadTimeDemand.mean - truth)).toBeLessThan(Math.abs(before - truth) + 5)
  })

  it('is honest about a part without history', () => {
    expect(forecastPart([], options)).toMatchObject({ method: 'MA(12)', rate: 0, reorderPoint: 0 })
    expect(forecastPart([0, 0, 0, 0], options).reason).toContain('Nobody has asked')
    expect(forecastPart([1, 0, 2], options).reason).toContain('too little history')
  })
})

describe('the backtest', () => {
  it('lets a method see nothing of what it forecasts', () => {
    const seen: number[] = []
    backtest([1, 2, 3, 4, 5, 6], (known) => (seen.push(known.length), known.slice(-1)), { test: 3, leadTime: 1 })
    expect(seen).toEqual([3, 4, 5])
  })

  it('scores a perfect forecast with 0 and says which way another is off', () => {
    const series = [1, 2, 3, 4, 5, 6]
    expect(backtest(series, (known) => [known.length + 1], { test: 3, leadTime: 1 })).toEqual({ rmsse: 0, bias: 0, leadTimeError: 0 })
    expect(backtest(series, (known) => [known.length + 3], { test: 3, leadTime: 1 })?.bias).toBe(2)
    expect(backtest([1], flat(movingAverage), { test: 3, leadTime: 1 })).toBeUndefined()
  })

  it('gives the fleet only the failures of its past', () => {
    const fleet: Unit[] = Array.from({ length: 40 }, (_, index) => ({ installed: 0, failures: [5 + (index % 3), 30 + (index % 3)] }))
    const [next = 0] = fleetForecaster(fleet)(
      Array.from({ length: 5 }, () => 0),
      1,
    )
    expect(next).toBe(0)
  })
})
