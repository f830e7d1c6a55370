// A made-up fleet with known truth: parts of every kind of demand, and parts that wear out in machines whose history is known.
import { draws, life, poisson } from '../../src/demo/draws.ts'
import type { Unit } from '../../src/insights/forecast/index.ts'

export interface KnownPart {
  part: string
  /** What the demand was drawn from, in words. */
  truth: string
  series: number[]
  /** Pieces truly to be expected in each of the last `test` months. */
  expected: number[]
  fleet?: Unit[]
}

/** `months` of demand for each part, the last `test` of them to be forecast. The same seed makes the same fleet. */
export function generateParts({ seed, months, test }: { seed: number; months: number; test: number }): KnownPart[] {
  const draw = draws(seed)
  const parts: KnownPart[] = []
  const rates = (part: string, truth: string, rateOf: (month: number) => number, size: () => number, meanSize: number): void => {
    const series = Array.from({ length: months }, (_, month) => Array.from({ length: poisson(draw, rateOf(month)) }, size).reduce((sum, each) => sum + each, 0))
    parts.push({ part, truth, series, expected: Array.from({ length: test }, (_, index) => rateOf(months - test + index) * meanSize) })
  }
  for (let index = 0; index < 60; index++) {
    const base = 0.1 + draw() * 0.5
    rates(
      `steady-${index}`,
      `about ${(3 + base * 10).toFixed(1)} every month`,
      () => 3 + base * 10,
      () => 1,
      1,
    )
    rates(
      `rare-${index}`,
      `one every ${(1 / base).toFixed(1)} months`,
      () => base,
      () => 1,
      1,
    )
    rates(
      `lumpy-${index}`,
      `one order every ${(1 / base).toFixed(1)} months, of 1 or 8`,
      () => base,
      () => (draw() < 0.3 ? 8 : 1),
      3.1,
    )
    rates(
      `fading-${index}`,
      'fading out over the whole time',
      (month) => 6 * base * Math.exp((-4 * month) / months),
      () => 1,
      1,
    )
    rates(
      `growing-${index}`,
      'growing all the time',
      (month) => (8 * base * month) / months,
      () => 1,
      1,
    )
    parts.push(wearingPart(draw, `wearing-${index}`, months, test))
  }
  return parts
}

/** A model sold for some years whose part wears out: the demand comes from the ages. */
function wearingPart(draw: () => number, part: string, months: number, test: number): KnownPart {
  const shape = 2 + draw() * 3
  const scale = 18 + draw() * 24
  const sold = 60 + Math.floor(draw() * 120)
  const fleet: Unit[] = Array.from({ length: sold }, () => {
    // Some were sold before anybody kept records.
    const installed = Math.floor(draw() * (months * 0.8)) - 12
    const failures: number[] = []
    for (let at = installed + life(draw, shape, scale); at < months; at += life(draw, shape, scale)) if (at >= 0) failures.push(Math.floor(at))
    return { installed, failures }
  })
  const series = Array.from({ length: months }, (_, month) => fleet.reduce((sum, unit) => sum + unit.failures.filter((at) => at === month).length, 0))
  return {
    part,
    truth: `wears out: Weibull, shape ${shape.toFixed(1)}, scale ${scale.toFixed(0)} months`,
    series,
    expected: series.slice(months - test),
    fleet,
  }
}
