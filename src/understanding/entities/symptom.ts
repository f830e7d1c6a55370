// What is wrong, in the customer's own words: the clause that tells it, without the device, since when, and what is asked for.
import { fold } from '../fold.ts'
import type { Span } from '../span.ts'
import { findTrouble } from '../trouble.ts'
import { clausesOf, trimmed } from './clauses.ts'
import { found, type Found } from './found.ts'
import { isTold, withoutLead, withoutTail } from './telling.ts'

const longest = 500

/** What was read before: it is no part of the trouble. */
export interface Taken {
  product: Span | undefined
  errorCode: Span | undefined
  /** Serial number, address, phone, mail address, name, time. */
  others: readonly (Span | undefined)[]
}

interface Clause extends Span {
  /** Folded, without what leads to it and what follows. */
  words: string
  /** The device is named in it, or it follows the device's name. */
  ofDevice: boolean
  fault: boolean
}

/** Where words of trouble tell it. Of several such clauses the first counts, with the one right behind it. */
export function readSymptom(text: string, taken: Taken): Found | undefined {
  const clauses = clausesIn(text, taken)
  const told = clauses.filter(({ fault }) => fault)
  const first = told.find(({ ofDevice }) => ofDevice) ?? told[0]
  if (first === undefined) return undefined
  const next = clauses[clauses.indexOf(first) + 1]
  const goesOn = next !== undefined && next.fault && isBeside(text, first, next) && sizeOf(next.words) <= 2 * sizeOf(first.words)
  const span = { start: first.start, end: goesOn ? next.end : first.end }
  const one = told.length === (goesOn ? 2 : 1)
  return found(
    text,
    { start: span.start, end: Math.min(span.end, span.start + longest) },
    one && sizeOf(first.words) <= mostPlain && (first.ofDevice || !clauses.some(({ ofDevice }) => ofDevice)),
  )
}

/** Trouble in words that no rule knows ("it leaves puddles on the floor"): what is said of the thing, where all of it is meant as a report. */
export function guessSymptom(text: string, taken: Taken): Found | undefined {
  const clauses = clausesIn(text, taken).filter(
    ({ words, start, ofDevice }) => sizeOf(words) >= (ofDevice ? (isSaidOfIt(text, start) ? 1 : 2) : 3) && findTrouble(words) !== 'wish',
  )
  const [first] = [...clauses.filter(({ ofDevice }) => ofDevice), ...clauses]
  return first === undefined ? undefined : found(text, { start: first.start, end: Math.min(first.end, first.start + longest) }, false)
}

/** "The oven is cold": one word is enough. */
function isSaidOfIt(text: string, start: number): boolean {
  return /\b(?:is|are|was|gets|got|went)\s$/i.test(text.slice(0, start))
}

/** A longer clause says more than what is wrong; and where the device is named in another, that one may tell it. In words, or pairs of Chinese characters. */
const mostPlain = 9

function clausesIn(text: string, taken: Taken): Clause[] {
  const cleaned = hide(text, [...taken.others, taken.errorCode])
  const folded = fold(cleaned)
  let named = false
  return clausesOf(cleaned, folded).flatMap((whole) => {
    const { product } = taken
    const holds = product !== undefined && product.start >= whole.start && product.end <= whole.end
    const span = told(folded, whole, holds ? product : undefined)
    const words = folded.slice(span.start, span.end)
    const ofDevice = holds || named
    const fault = findTrouble(words) === 'fault'
    // "Our dishwasher (Miele G7000) leaks".
    named = (holds && sizeOf(words) === 0) || (named && !fault && sizeOf(words) <= 3)
    if (span.end <= span.start || !isTold(words, folded.slice(whole.start, whole.end))) return []
    return [{ ...span, words, ofDevice, fault }]
  })
}

/** What the clause says of the device, or of anything. */
function told(folded: string, whole: Span, product: Span | undefined): Span {
  const { start, end } = lead(folded, whole)
  const span = product === undefined || product.start < start ? { start, end } : afterDevice(folded, { start, end }, product)
  const words = folded.slice(span.start, span.end)
  return trimmed(folded, { start: span.start, end: span.start + withoutTail(words).length })
}

function lead(folded: string, { start, end }: Span): Span {
  return { start: end - withoutLead(folded.slice(start, end)).length, end }
}

/** "Our treadmill in the gym stops" says "stops"; "leaks from under the boiler" is told before it is named. */
function afterDevice(folded: string, { start, end }: Span, product: Span): Span {
  const before = folded.slice(start, product.start)
  const rest = lead(folded, trimmed(folded, { start: behindPlace(folded, product.end, end), end }))
  const opens =
    /^\W*$|^(?:\W*(?:my|our|the|an?|this|that|another|one of|new|old|big|small|second|\d(?:st|nd|rd|th)? ?(?:floor)?|have|has|got|with|on|in|at|for|fix|repair|about|with)\b)+\W*(?:[\p{L}\p{N}-]+\W+){0,2}$|^\W*(?:(?:can|could|would) (?:you|u|someone|somebody|anyone|anybody) )?(?:please |pls )?(?:come (?:and |to )?)?(?:look at|check|fix|repair|see|have a look at|take a look at|help (?:me )?with) (?:my|our|the|this|a)\W*$|^[\p{Script=Han}]{0,10}$/u
  if (opens.test(before) && rest.end > rest.start && sizeOf(folded.slice(rest.start, rest.end)) >= 1) return { start: rest.start, end }
  // "A burning smell from the machine".
  const behind = /^(.{4,}?)\s(?:from|on|in|of|by|near|at|off)\s(?:the|my|our|this)\s(?:\p{L}+\s)?$/u.exec(before)?.[1]
  if (behind !== undefined && folded.slice(product.end, end).trim() === '') return { start, end: start + behind.length }
  // Nothing but the device.
  if (opens.test(before) && rest.end <= rest.start) return { start: end, end }
  return { start, end }
}

/** Where a device stands is said between it and its verb: "the oven at the town hall is cold". */
const place =
  /^\s*(?:in|at|on|of|from|by|near|inside|outside|behind)\s(?:[\p{L}\p{N}]+\s){1,5}?(?=(?:is|are|was|were|does|do|did|has|have|had|will|won|can|cannot|cant|wont|doesnt|isnt|keeps?|kept|stops?|stopped|leaks?|leaked|makes?|made|goes|went|gets?|got|shows?|smells?|started|starts|broke|died|trips?|beeps?|squeaks?|rattles?|overheats?|freezes?|froze|shakes?|jams?|jammed)\b)/u

function behindPlace(folded: string, start: number, end: number): number {
  return start + (place.exec(folded.slice(start, end))?.[0].length ?? 0)
}

function isBeside(text: string, one: Span, other: Span): boolean {
  const between = text.slice(one.end, other.start)
  return between.length <= 12 && !/[\n\u0000]/.test(between)
}

/** Words, or pairs of Chinese characters. */
function sizeOf(words: string): number {
  return (words.match(/[\p{Script=Latin}\p{N}'’]+/gu)?.length ?? 0) + Math.ceil((words.match(/\p{Script=Han}/gu)?.length ?? 0) / 2)
}

function hide(text: string, spans: readonly (Span | undefined)[]): string {
  let hidden = text
  for (const span of spans) if (span !== undefined) hidden = hidden.slice(0, span.start) + '\u0000'.repeat(span.end - span.start) + hidden.slice(span.end)
  return hidden
}
