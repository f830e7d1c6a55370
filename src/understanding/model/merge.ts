// Rules first; a model fills what they left open, with the customer's own words only, and only with what passes as such a value.
import { fold } from '../fold.ts'
import type { Span } from '../span.ts'
import type { Entities, Place, Slot, Understanding } from '../understanding.ts'
import type { ModelReading } from './reading.ts'

/** From here the rules need no help with the intent. */
const sure = 0.6
/** A guess: enough to act on where nothing is undone by it. */
const guessed = 0.6

const shapes: Readonly<Record<string, RegExp>> = {
  serial: /^(?=.*\d)[\p{L}\d][\p{L}\d ./-]{3,30}$/u,
  errorCode: /^(?=.*\d)[A-Za-z]{0,4}[ -]?\d{1,4}[A-Za-z]?$/,
  phone: /^\+?[\d ().\-/]{6,22}$/,
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  contactName: /^[\p{L}\p{M}.'’ -]{2,60}$/u,
}

/** `text` is what the customer wrote, tidied and instructions blanked; `written` leads from it to the words as written. What only a model read is never certain. */
export function mergeReading(rules: Understanding, reading: ModelReading, text: string, written: (span: Span) => Span): Understanding {
  const { intent, ...slots } = reading
  const folded = fold(text)
  const found: Entities = { ...rules.entities }
  const places: Partial<Record<Slot, Place>> = { ...rules.places }
  for (const name of ['product', 'serial', 'errorCode', 'symptom', 'address', 'contactName', 'phone', 'email', 'preferredTime'] as const) {
    const value = slots[name]
    if (value === null || found[name] !== undefined || isTaken(value, rules.entities)) continue
    const at = folded.indexOf(fold(value))
    if (at < 0 || shapes[name]?.test(value) === false) continue
    found[name] = text.slice(at, at + value.length)
    places[name] = { of: 'text', ...written({ start: at, end: at + value.length }), certain: false }
  }
  const helped = rules.confidence < sure && intent !== 'none'
  return { ...rules, entities: found, places, ...(helped ? { intent, confidence: Math.max(rules.confidence, guessed) } : {}) }
}

/** The same words do not fill two fields. */
function isTaken(value: string, { ticketNumbers, ...others }: Entities): boolean {
  const folded = fold(value)
  const known = Object.values(others).filter((each) => typeof each === 'string')
  return [...known, ...ticketNumbers].some((each) => fold(each) === folded)
}
