// Learns which stretch of a message tells a thing, from marked sentences. Nothing is random: the same sentences give the same weights.
import { boxes, type TokenFeatures } from '../spans/features.ts'
import { scoresOf, sharesOf, type SpanWeights } from '../spans/model.ts'
import { quantised } from './quantised.ts'
import { numbers, shuffle } from './order.ts'

export interface SpanExample {
  features: readonly TokenFeatures[]
  /** The tokens that are meant, the last one included; undefined: none. */
  meant: { first: number; last: number } | undefined
}

const rounds = 12
const rate = 0.2
/** Pulls weights towards zero, so that no single word decides. */
const decay = 2e-4
/** Of the features of a token so many are left out each time, so that the others learn to do without them. */
const leftOut = 0.2

/** Maximum likelihood by AdaGrad, one message at a time. */
export function trainSpans(examples: readonly SpanExample[]): SpanWeights {
  const weights = new Float64Array(boxes)
  const squares = new Float64Array(boxes)
  const order = examples.map((_, index) => index)
  const random = numbers()
  const learn = (names: readonly number[], miss: number): void => {
    if (Math.abs(miss) < 1e-4) return
    for (const box of names) {
      const slope = miss + decay * (weights[box] ?? 0)
      const square = (squares[box] ?? 0) + slope * slope
      squares[box] = square
      weights[box] = (weights[box] ?? 0) - (rate * slope) / Math.sqrt(square + 1)
    }
  }
  for (let round = 0; round < rounds; round++) {
    shuffle(order, round + 1)
    for (const index of order) {
      const example = examples[index]
      if (example === undefined) continue
      const { meant } = example
      const kept = (names: readonly number[]): number[] => names.filter(() => random() >= leftOut)
      const features = example.features.map(({ barred, inside, start, end }) => ({ barred, inside: kept(inside), start: kept(start), end: kept(end) }))
      const shares = sharesOf(scoresOf(features, (box) => (weights[box] ?? 0) / (1 - leftOut)))
      for (const [token, { barred, inside, start, end }] of features.entries()) {
        const within = meant !== undefined && token >= meant.first && token <= meant.last
        if (!barred) learn(inside, (shares.inside[token] ?? 0) - (within ? 1 : 0))
        learn(start, (shares.start[token] ?? 0) - (token === meant?.first ? 1 : 0))
        learn(end, (shares.end[token] ?? 0) - (token === meant?.last ? 1 : 0))
      }
    }
  }
  return quantised(weights)
}
