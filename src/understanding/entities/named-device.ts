// A device that no list knows ("the massey wont go into reverse"), told by how it is spoken of: always a guess unless it is spoken of plainly.
import { fold } from '../fold.ts'
import type { Span } from '../span.ts'
import { featuresOf } from '../spans/features.ts'
import { devices } from '../spans/learnt.ts'
import { findStretch } from '../spans/model.ts'
import { rowOf, type ReadRow, type TakenSpan } from '../spans/tokens.ts'
import { deviceSpan } from './devices.ts'
import { found, type Found } from './found.ts'

/** So much of it is expected to be meant, and so unlikely is none at all. */
const told = { certainty: 0.7, none: 0.3 }
const sure = { certainty: 0.9, none: 0.1 }
/** A report is about something. */
const guessed = { certainty: 0.75, none: 0.9 }
const longest = 60

export interface NamedDevice {
  told: Found | undefined
  /** Less likely, where the message turns out to report something. */
  guessed: Found | undefined
}

/** `listed` is what a list of words knows in the message: longer words for the same thing say more, and a certain one is kept else. */
export function readNamedDevice(text: string, taken: readonly TakenSpan[], listed: Found | undefined): NamedDevice {
  const row = deviceRow(text, taken)
  const stretch = findStretch(featuresOf(row), devices)
  const [first, last] = stretch === undefined ? [] : [row.tokens[stretch.first], row.tokens[stretch.last]]
  const nothing = { told: listed, guessed: listed }
  if (stretch === undefined || first === undefined || last === undefined) return nothing
  const span = { start: first.start, end: last.end }
  if (span.end - span.start > longest || !/\p{L}{2}|\p{Script=Han}/u.test(text.slice(span.start, span.end))) return nothing
  if (listed?.certain === true && (span.start > listed.start || span.end !== listed.end)) return nothing
  const certainty = stretch.certaintyOf(stretch.first, stretch.last)
  const is = (limit: { certainty: number; none: number }): boolean => certainty >= limit.certainty && stretch.none <= limit.none
  const value = found(text, span, is(sure))
  return { told: is(told) ? value : listed, guessed: is(told) || (listed === undefined && is(guessed)) ? value : listed }
}

/** The message as the model sees it. */
export function deviceRow(text: string, taken: readonly TakenSpan[]): ReadRow {
  const folded = fold(text)
  const listed = deviceSpan(folded)
  const hint = ({ start }: Span): string => (listed !== undefined && start >= listed.start && start < listed.end ? 'device' : '')
  return { ...rowOf(folded, taken), hint }
}
