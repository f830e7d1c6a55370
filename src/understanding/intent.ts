// What the customer wants: every rule that fits says how sure it is, and the surest one counts.
import { bare, fold } from './fold.ts'
import { rules } from './rules/index.ts'
import { findTrouble } from './trouble.ts'
import type { Entities, Intent, Understanding } from './understanding.ts'

export interface Asked {
  text: string
  /** With the mail's subject before it. */
  whole: string
  entities: Entities
  choice: string | undefined
}

/** What rules look at. */
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

export function judgeIntent({ text, whole, entities, choice }: Asked): Pick<Understanding, 'intent' | 'confidence'> {
  const pressed = choice === undefined ? undefined : pressedIntents[choice]
  if (pressed !== undefined) return { intent: pressed, confidence: 1 }
  const folded = fold(whole)
  const clues: Clues = { folded, bare: bare(text.trim() === '' ? whole : text), length: lengthOf(folded), trouble: findTrouble(folded), entities }
  let best: Pick<Understanding, 'intent' | 'confidence'> = { intent: 'none', confidence: 0 }
  for (const rule of rules) {
    const confidence = rule.fits(clues)
    if (confidence > best.confidence) best = { intent: rule.intent, confidence }
  }
  return best
}

const pressedIntents: Readonly<Record<string, Intent>> = {
  confirm: 'confirm',
  change: 'deny',
  skip: 'skip',
  later: 'later',
  back: 'back',
  cancel: 'cancel',
  'report-repair': 'report_repair',
  'check-status': 'ask_status',
  'talk-to-person': 'talk_to_person',
}

function lengthOf(folded: string): number {
  const words = folded.match(/[a-z0-9][a-z0-9'-]*/g)?.length ?? 0
  const han = folded.match(/\p{Script=Han}/gu)?.length ?? 0
  return words + Math.ceil(han / 2)
}
