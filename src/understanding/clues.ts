// What rules and classifier look at in a message, and which rules fit it.
import { featuresOf, type Features } from './classifier/features.ts'
import { coreOf, maskValues } from './classifier/mask.ts'
import { bare, fold } from './fold.ts'
import type { FoundSlots } from './read-entities.ts'
import { rules } from './rules/index.ts'
import { findTrouble } from './trouble.ts'
import type { Entities, Intent } from './understanding.ts'

export interface Clues {
  /** Folded, with the subject. */
  folded: string
  /** Folded, without punctuation and courtesies. */
  bare: string
  /** Words, or Chinese characters taken two by two. */
  length: number
  trouble: 'fault' | 'wish' | undefined
  entities: Entities
}

export interface Rule {
  intent: Intent
  /** 0–1, or 0 where it does not fit. */
  fits(clues: Clues): number
}

export interface Fit {
  intent: Intent
  /** 0–1. */
  confidence: number
}

/** `whole` has the mail's subject before the text. */
export function cluesOf(text: string, whole: string, entities: Entities): Clues {
  const folded = fold(whole)
  return { folded, bare: bare(text.trim() === '' ? whole : text), length: lengthOf(folded), trouble: findTrouble(folded), entities }
}

/** The surest first; of equally sure ones the earlier in the list. */
export function fittingRules(clues: Clues): Fit[] {
  return rules
    .map((rule) => ({ intent: rule.intent, confidence: rule.fits(clues) }))
    .filter(({ confidence }) => confidence > 0)
    .toSorted((one, other) => other.confidence - one.confidence)
}

export function readFeatures(clues: Clues, fits: readonly Fit[], whole: string, found: FoundSlots): Features {
  return featuresOf({ masked: coreOf(maskValues(whole, found)), rules: fits, trouble: clues.trouble })
}

function lengthOf(folded: string): number {
  const words = folded.match(/[a-z0-9][a-z0-9'-]*/g)?.length ?? 0
  const han = folded.match(/\p{Script=Han}/gu)?.length ?? 0
  return words + Math.ceil(han / 2)
}
