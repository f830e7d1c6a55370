// Guesses what a message wants, by weights learnt from the sentences in training/: multinomial logistic regression. The same text always gets the same guess.
import type { Intent } from '../understanding.ts'
import type { Features } from './features.ts'

export interface Guess {
  intent: Intent
  /** 0–1: of a hundred guesses at 0.9, ninety are right. */
  confidence: number
}

/** As `training/train.ts` leaves them. */
export interface Weights {
  intents: readonly Intent[]
  /** For each box a row with a weight for each intent. */
  rows: Int8Array
  biases: readonly number[]
  /** What one step of an `Int8` is worth. */
  step: number
  /** Scores are divided by it, so that confidence is what it says. */
  temperature: number
}

/** `excluded` are intents that cannot be meant. */
export function guessIntent(features: Features, weights: Weights, excluded: readonly Intent[] = []): Guess {
  const { intents: names, rows, biases, step, temperature } = weights
  const scores = new Float64Array(biases)
  for (let index = 0; index < features.boxes.length; index++) {
    const row = (features.boxes[index] ?? 0) * names.length
    const value = (features.values[index] ?? 0) * step
    for (let column = 0; column < names.length; column++) scores[column] = (scores[column] ?? 0) + (rows[row + column] ?? 0) * value
  }
  for (const [column, name] of names.entries()) if (excluded.includes(name)) scores[column] = Number.NEGATIVE_INFINITY
  let best = 0
  for (let column = 1; column < names.length; column++) if ((scores[column] ?? 0) > (scores[best] ?? 0)) best = column
  let sum = 0
  for (const score of scores) sum += Math.exp((score - (scores[best] ?? 0)) / temperature)
  return { intent: names[best] ?? 'none', confidence: 1 / sum }
}
