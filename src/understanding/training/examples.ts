// From training sentences to what the classifier learns from: read as any message is.
import { cluesOf, fittingRules, readFeatures } from '../clues.ts'
import { readEntities } from '../read-entities.ts'
import { tidy } from '../tidy.ts'
import type { Weights } from '../classifier/classifier.ts'
import { context } from './context.ts'
import { readSentences, type Sentence } from './sentences.ts'
import { train, type Example } from './train.ts'

export function exampleOf({ intent, text: written }: Sentence): Example {
  const { text } = tidy(written, written.length)
  const { entities, found } = readEntities(text, context)
  const clues = cluesOf(text, text, entities)
  return { intent, features: readFeatures(clues, fittingRules(clues), text, found) }
}

/** Found by cross-validation: with it, of the guesses at 0.9 nine in ten are right. */
const temperature = 0.75

export function trainOnAll(): Weights {
  return train(readSentences().map(exampleOf), temperature)
}
