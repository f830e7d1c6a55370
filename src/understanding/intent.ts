// What the customer wants: a precise rule decides alone; else the classifier, which looks at the rules as well; else nobody can tell.
import { guessIntent } from './classifier/classifier.ts'
import { learnt } from './classifier/learnt.ts'
import { cluesOf, fittingRules, readFeatures, type Clues, type Fit } from './clues.ts'
import { bare } from './fold.ts'
import { isForeign } from './language.ts'
import type { FoundSlots } from './read-entities.ts'
import type { Entities, Intent } from './understanding.ts'

export interface Asked {
  text: string
  /** With the mail's subject before it. */
  whole: string
  entities: Entities
  found: FoundSlots
  choice: string | undefined
}

/** From here a rule fits nothing but what it is for. */
const precise = 0.9
/** Below, a guess is none. */
const likely = 0.4
/** A guess against a rule may be so much less sure. */
const lead = 0.25
/** Below, a rule that the classifier does not share counts no more. */
const rulesOwn = 0.55

export function judgeIntent({ text, whole, entities, found, choice }: Asked): Fit {
  const pressed = choice === undefined ? undefined : pressedIntents[choice]
  if (pressed !== undefined) return { intent: pressed, confidence: 1 }
  if (isForeign(whole)) return nothing
  const clues = cluesOf(text, whole, entities)
  const fits = fittingRules(clues)
  const [surest = nothing] = fits
  if (surest.confidence >= precise || !/\p{L}/u.test(whole) || numberWord.test(bare(whole))) return surest
  const guess = guessIntent(readFeatures(clues, fits, whole, found), learnt, excludedBy(entities))
  const agreed = fits.find(({ intent }) => intent === guess.intent)
  if (agreed === undefined && guess.confidence < Math.max(likely, surest.confidence - lead)) return surest.confidence >= rulesOwn ? surest : nothing
  return { intent: guess.intent, confidence: Math.min(Math.max(guess.confidence, agreed?.confidence ?? 0), limitOf(guess.intent, clues, agreed)) }
}

/** How sure one may be: what changes the course of a conversation wants a rule of its own, or plain words. */
function limitOf(intent: Intent, { folded, length, entities }: Clues, agreed: Fit | undefined): number {
  if (intent === 'change_channel' || (intent === 'report_repair' && length <= 2)) return agreed?.confidence ?? unsure
  // "Call me on 415 …" may as well answer a question.
  if (intent === 'talk_to_person' && entities.phone !== undefined) return agreed?.confidence ?? unsure
  const plain = length <= 6 && !/\b(?:but|except|however|though|only)\b|但|不过|只是|除了/.test(folded)
  return replies.includes(intent) && !plain ? unsure : 1
}

/** A number by itself answers something, in words as in figures. */
const numberWord = /^(?:one|two|three|four|five|six|seven|eight|nine|ten|[一二两三四五六七八九十]+)$/

/** Commands nothing. */
const unsure = 0.8
const nothing: Fit = { intent: 'none', confidence: 0 }
const replies: readonly Intent[] = ['confirm', 'deny', 'skip', 'later', 'back']

/** A message with a fact in it is no mere yes or no, and one that says who and where is no mere courtesy. */
function excludedBy({ product, serial, symptom, address, phone, email, preferredTime, errorCode }: Entities): readonly Intent[] {
  const whoAndWhere = [serial, address, phone, email].filter((fact) => fact !== undefined).length
  if (serial !== undefined || whoAndWhere > 1) return [...replies, 'thank', 'greet']
  return [product, symptom, address, phone, email, preferredTime, errorCode].some((fact) => fact !== undefined) ? replies : []
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
