// Wear of an installed part as a Weibull life: fitted to what failed, what still runs (right censoring) and what was met at some age (left truncation).
import { goldenSection } from './smoothing.ts'

/** One stretch of a part's life that was watched. Ages in the same unit, `from` before `until`. */
export interface Watched {
  /** Age when watching began: 0 for a part seen since it was installed. */
  from: number
  /** Age when it failed, or when watching ended. */
  until: number
  failed: boolean
}

export interface Weibull {
  /** Below 1 early failures, 1 chance, above 1 wear. */
  shape: number
  /** Age by which 63 % have failed. */
  scale: number
}

const shapeLow = 0.2
const shapeHigh = 10
/** With fewer failures the fit says nothing. */
const failuresMin = 5

/** Maximum likelihood; undefined with fewer than five failures. */
export function fitWeibull(watched: readonly Watched[]): Weibull | undefined {
  const usable = watched.filter(({ from, until }) => until > from && from >= 0)
  const failures = usable.filter(({ failed }) => failed)
  if (failures.length < failuresMin) return undefined
  const unit = Math.max(...usable.map(({ until }) => until))
  const logAges = failures.reduce((sum, { until }) => sum + Math.log(until / unit), 0)
  // The scale that fits best follows from the shape, so one search is enough.
  const exposure = (shape: number): number => usable.reduce((sum, { from, until }) => sum + (until / unit) ** shape - (from / unit) ** shape, 0)
  const shape = goldenSection((k) => -(failures.length * (Math.log(k) - Math.log(exposure(k) / failures.length)) + (k - 1) * logAges), shapeLow, shapeHigh)
  return { shape, scale: unit * (exposure(shape) / failures.length) ** (1 / shape) }
}

/** The chance that a part of this age fails within the next `period`. */
export function failureChance({ shape, scale }: Weibull, age: number, period: number): number {
  return 1 - Math.exp((age / scale) ** shape - ((age + period) / scale) ** shape)
}

/** The age by which this share has failed. */
export function ageAt({ shape, scale }: Weibull, share: number): number {
  return scale * (-Math.log(1 - share)) ** (1 / shape)
}

/**
 * Failures to expect in each of the next `periods` (of length 1) from parts of these ages; what fails is replaced by a new one, which can
 * fail in turn.
 */
export function expectedFailures(life: Weibull, ages: readonly number[], periods: number): number[] {
  const expected = Array.from({ length: periods }, () => 0)
  let alive = ages.map((age) => ({ age, share: 1 }))
  for (let period = 0; period < periods; period++) {
    let failing = 0
    for (const part of alive) {
      const lost = part.share * failureChance(life, part.age, 1)
      failing += lost
      part.share -= lost
      part.age += 1
    }
    expected[period] = failing
    alive = [...alive.filter(({ share }) => share > 1e-6), { age: 0.5, share: failing }]
  }
  return expected
}
