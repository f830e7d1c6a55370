// Exponential smoothing, as statsforecast does it: the building block of the methods for intermittent demand.

/** One step ahead of the last value, started at the first one. 0 for an empty series. */
export function smooth(series: readonly number[], alpha: number): number {
  const [first = 0, ...rest] = series
  return rest.reduce((level, value) => alpha * value + (1 - alpha) * level, first)
}

/** Smoothing with the alpha in 0.1–0.3 that would have forecast the series best. */
export function smoothBest(series: readonly number[]): number {
  return smooth(
    series,
    goldenSection((alpha) => squaredErrors(series, alpha), 0.1, 0.3),
  )
}

function squaredErrors(series: readonly number[], alpha: number): number {
  const [first = 0, ...rest] = series
  let level = first
  let sum = 0
  for (const value of rest) {
    sum += (value - level) ** 2
    level = alpha * value + (1 - alpha) * level
  }
  return sum
}

const golden = (Math.sqrt(5) - 1) / 2

/** Where a function with one dip between `low` and `high` is least, to a hundred-millionth of the span. */
export function goldenSection(cost: (x: number) => number, low: number, high: number): number {
  const tolerance = (high - low) * 1e-8
  let [a, b] = [low, high]
  let [c, d] = [b - golden * (b - a), a + golden * (b - a)]
  let [atC, atD] = [cost(c), cost(d)]
  while (b - a > tolerance) {
    if (atC < atD) {
      ;[b, d, atD] = [d, c, atC]
      c = b - golden * (b - a)
      atC = cost(c)
    } else {
      ;[a, c, atC] = [c, d, atD]
      d = a + golden * (b - a)
      atD = cost(d)
    }
  }
  return (a + b) / 2
}
