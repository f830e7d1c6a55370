// Learns the classifier's weights from sentences. Nothing is random: the same sentences give the same weights.
import { boxes, type Features } from '../classifier/features.ts'
import type { Weights } from '../classifier/classifier.ts'
import type { Intent } from '../understanding.ts'
import { numbers, shuffle } from './order.ts'
import { quantised } from './quantised.ts'

export interface Example {
  intent: Intent
  features: Features
}

const rounds = 15
const rate = 0.3
/** Pulls weights towards zero, so that no single word decides. */
const decay = 1e-4
/** Of the features of an example so many are left out each time, so that the others learn to do without them. */
const leftOut = 0.2

/** Multinomial logistic regression by AdaGrad, one example at a time. */
export function train(examples: readonly Example[], temperature: number): Weights {
  const intents = [...new Set(examples.map(({ intent }) => intent))].toSorted()
  const count = intents.length
  const rows = new Float64Array(boxes * count)
  const squares = new Float64Array(boxes * count).fill(1e-6)
  const biases = new Float64Array(count)
  const shares = new Float64Array(count)
  const order = examples.map((_, index) => index)
  const random = numbers()
  for (let round = 0; round < rounds; round++) {
    shuffle(order, round + 1)
    for (const index of order) {
      const example = examples[index]
      if (example === undefined) continue
      const features = without(example.features, random)
      const wanted = intents.indexOf(example.intent)
      score(features, rows, biases, shares)
      for (let column = 0; column < count; column++) {
        const miss = (shares[column] ?? 0) - (column === wanted ? 1 : 0)
        biases[column] = (biases[column] ?? 0) - 0.01 * miss
        for (let entry = 0; entry < features.boxes.length; entry++) {
          const place = (features.boxes[entry] ?? 0) * count + column
          const weight = rows[place] ?? 0
          const slope = miss * (features.values[entry] ?? 0) + decay * weight
          const square = (squares[place] ?? 0) + slope * slope
          squares[place] = square
          rows[place] = weight - (rate * slope) / Math.sqrt(square + 0.05)
        }
      }
    }
  }
  return { intents, ...quantised(rows), biases: [...biases].map((bias) => Math.round(bias * 1000) / 1000), temperature }
}

function score(features: Features, rows: Float64Array, biases: Float64Array, shares: Float64Array): void {
  const count = shares.length
  shares.set(biases)
  for (let entry = 0; entry < features.boxes.length; entry++) {
    const row = (features.boxes[entry] ?? 0) * count
    const value = features.values[entry] ?? 0
    for (let column = 0; column < count; column++) shares[column] = (shares[column] ?? 0) + (rows[row + column] ?? 0) * value
  }
  const best = Math.max(...shares)
  let sum = 0
  for (let column = 0; column < count; column++) {
    const share = Math.exp((shares[column] ?? 0) - best)
    shares[column] = share
    sum += share
  }
  for (let column = 0; column < count; column++) shares[column] = (shares[column] ?? 0) / sum
}

/** What is left counts for more, as all of it will when it is used. */
function without({ boxes: all, values }: Features, random: () => number): Features {
  const kept = [...all.keys()].filter(() => random() >= leftOut)
  return { boxes: Uint16Array.from(kept, (index) => all[index] ?? 0), values: Float32Array.from(kept, (index) => (values[index] ?? 0) / (1 - leftOut)) }
}
