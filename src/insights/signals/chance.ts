// How likely it is that chance alone makes a difference: exact tests for few events, and the interval of a rate. Pure.
//
// Exact, because most products fail a handful of times a month, where normal approximations promise more than they keep.

/** Natural logarithm of n!. */
function logFactorial(n: number): number {
  if (n < 32) {
    let log = 0
    for (let each = 2; each <= n; each++) log += Math.log(each)
    return log
  }
  // Stirling; off by less than 1e-12 from 32 on.
  const x = n + 1
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x) - 1 / (360 * x ** 3) + 1 / (1260 * x ** 5)
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k)
}

/** The chance of at least `hits` in `n` independent tries that each succeed with `chance`. */
export function binomialTail(hits: number, n: number, chance: number): number {
  if (hits <= 0) return 1
  if (hits > n || chance <= 0) return 0
  if (chance >= 1) return 1
  let each = Math.exp(logChoose(n, hits) + hits * Math.log(chance) + (n - hits) * Math.log1p(-chance))
  let sum = 0
  for (let k = hits; k <= n; k++) {
    sum += each
    each *= ((n - k) / (k + 1)) * (chance / (1 - chance))
    if (k > n * chance && each < sum * 1e-15) break
  }
  return Math.min(1, sum)
}

/** Events, and over how much they were watched: machine-weeks, weeks. */
export interface Watched {
  events: number
  exposure: number
}

/**
 * The chance of at least so many of all the events in the recent stretch, if the rate is what it was (Przyborowski and Wilenski 1940): given
 * their sum, the events fall to the two stretches as their exposures do. 1 where nothing was watched.
 */
export function rateRise(recent: Watched, before: Watched): number {
  if (recent.exposure <= 0 || before.exposure <= 0) return 1
  return binomialTail(recent.events, recent.events + before.events, recent.exposure / (recent.exposure + before.exposure))
}

/** Hits among `n`. */
export interface Counted {
  hits: number
  n: number
}

/** The chance of at least so many recent hits, if the share is what it was (Fisher's exact test, one-sided). */
export function shareRise(recent: Counted, before: Counted): number {
  const [all, hits] = [recent.n + before.n, recent.hits + before.hits]
  if (recent.n === 0 || before.n === 0) return 1
  let sum = 0
  for (let k = recent.hits; k <= Math.min(hits, recent.n); k++)
    if (recent.n - k <= all - hits) sum += Math.exp(logChoose(hits, k) + logChoose(all - hits, recent.n - k) - logChoose(all, recent.n))
  return Math.min(1, sum)
}

/** The 95 % interval of the expected count behind a count (Garwood 1936). */
export function countInterval(events: number): { low: number; high: number } {
  return {
    low: events === 0 ? 0 : solve((mean) => 1 - poissonUpTo(events - 1, mean) - 0.025, events),
    high: solve((mean) => 0.025 - poissonUpTo(events, mean), events),
  }
}

/** The chance of at most `events` where `mean` are expected. */
function poissonUpTo(events: number, mean: number): number {
  let each = Math.exp(events * Math.log(mean) - mean - logFactorial(events))
  let sum = 0
  // Downwards: from the front the first ones would be too small for a number.
  for (let k = events; k >= 0; k--) {
    sum += each
    each *= k / mean
  }
  return Math.min(1, sum)
}

/** Where a rising function crosses zero, by halving. */
function solve(rising: (x: number) => number, near: number): number {
  let [low, high] = [1e-9, near + 20 + 10 * Math.sqrt(near)]
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2
    if (rising(middle) < 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}

/**
 * Which of several p-values stand when the expected share of false ones among them is to be at most `level` (Benjamini and Hochberg 1995);
 * where all are chance, also the chance of any at all.
 */
export function discoveries(chances: readonly number[], level: number): boolean[] {
  const sorted = chances.toSorted((a, b) => a - b)
  const limit = sorted.findLast((chance, index) => chance <= (level * (index + 1)) / chances.length) ?? -1
  return chances.map((chance) => chance <= limit)
}
