// Finds the one stretch of a message that tells something, or none: a log-linear model over all stretches, summed in one pass over the tokens.
import type { TokenFeatures } from './features.ts'

/** As `training/` leaves them. */
export interface SpanWeights {
  /** For each box. */
  rows: Int8Array
  /** What one step of an `Int8` is worth. */
  step: number
}

/** For each token: within the stretch, its first, its last. A stretch is worth what is within it and its two ends; none at all is worth 0. */
export interface Scores {
  inside: Float64Array
  start: Float64Array
  end: Float64Array
}

export interface Stretch {
  /** Tokens, the last one included. */
  first: number
  last: number
  /** 0–1: how likely no stretch at all is. */
  none: number
  /** 0–1: if there is one, how much of what stands between two of its tokens is expected to be meant, and how little outside it. */
  certaintyOf(first: number, last: number): number
}

/** Worth so little that no stretch has it in it. */
const never = -1000

export function scoresOf(features: readonly TokenFeatures[], weightOf: (box: number) => number): Scores {
  const sum = (boxes: readonly number[]): number => boxes.reduce((total, box) => total + weightOf(box), 0)
  return {
    inside: Float64Array.from(features, ({ barred, inside }) => (barred ? never : sum(inside))),
    start: Float64Array.from(features, ({ start }) => sum(start)),
    end: Float64Array.from(features, ({ end }) => sum(end)),
  }
}

/** The likeliest stretch, and how likely it is; undefined where there is not one token. */
export function findStretch(features: readonly TokenFeatures[], { rows, step }: SpanWeights): Stretch | undefined {
  const scores = scoresOf(features, (box) => (rows[box] ?? 0) * step)
  const best = bestOf(scores)
  if (best === undefined) return undefined
  const { start, inside } = sharesOf(scores)
  const some = start.reduce((sum, share) => sum + share, 0)
  const between = (first: number, last: number): number => inside.slice(first, last + 1).reduce((sum, share) => sum + share / some, 0)
  const outside = between(0, inside.length) - between(best.first, best.last)
  const certaintyOf = (first: number, last: number): number => (2 * between(first, last)) / (last - first + 1 + between(first, last) + outside)
  return { ...best, none: 1 - some, certaintyOf }
}

function bestOf({ inside, start, end }: Scores): { first: number; last: number } | undefined {
  let best: { first: number; last: number } | undefined
  let bestScore = Number.NEGATIVE_INFINITY
  let first = 0
  let opened = Number.NEGATIVE_INFINITY
  let sum = 0
  for (const [index, worth] of inside.entries()) {
    const open = (start[index] ?? 0) - sum
    if (open > opened) {
      opened = open
      first = index
    }
    sum += worth
    const score = opened + sum + (end[index] ?? 0)
    if (score > bestScore) {
      bestScore = score
      best = { first, last: index }
    }
  }
  return best
}

/** How likely each token is within the stretch, its first and its last. */
export function sharesOf({ inside, start, end }: Scores): Scores {
  const count = inside.length
  const sums = new Float64Array(count + 1)
  for (let index = 0; index < count; index++) sums[index + 1] = (sums[index] ?? 0) + (inside[index] ?? 0)
  // Of all stretches that begin up to here, and of all that end from here on.
  const begun = new Float64Array(count)
  const ending = new Float64Array(count)
  for (let index = 0; index < count; index++)
    begun[index] = addLogs(index === 0 ? Number.NEGATIVE_INFINITY : (begun[index - 1] ?? 0), (start[index] ?? 0) - (sums[index] ?? 0))
  for (let index = count - 1; index >= 0; index--)
    ending[index] = addLogs(index === count - 1 ? Number.NEGATIVE_INFINITY : (ending[index + 1] ?? 0), (end[index] ?? 0) + (sums[index + 1] ?? 0))
  // None at all.
  let total = 0
  for (let index = 0; index < count; index++) total = addLogs(total, (begun[index] ?? 0) + (end[index] ?? 0) + (sums[index + 1] ?? 0))
  const share = (log: number): number => Math.exp(log - total)
  return {
    inside: begun.map((log, index) => share(log + (ending[index] ?? 0))),
    start: start.map((worth, index) => share(worth - (sums[index] ?? 0) + (ending[index] ?? 0))),
    end: end.map((worth, index) => share(worth + (sums[index + 1] ?? 0) + (begun[index] ?? 0))),
  }
}

function addLogs(one: number, other: number): number {
  const most = Math.max(one, other)
  return most === Number.NEGATIVE_INFINITY ? most : most + Math.log(Math.exp(one - most) + Math.exp(other - most))
}
