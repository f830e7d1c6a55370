// What is wrong, in the customer's own words: the stretch of the message that tells it, found by what was learnt from marked sentences.
import { fold } from '../fold.ts'
import type { Span } from '../span.ts'
import { featuresOf } from '../spans/features.ts'
import { faults } from '../spans/learnt.ts'
import { findStretch } from '../spans/model.ts'
import { rowOf, type ReadRow, type Row, type TakenSpan } from '../spans/tokens.ts'
import { faultSpans } from '../trouble.ts'
import { trimmed } from './clauses.ts'
import { found, type Found } from './found.ts'
import { withoutLead, withoutTail } from './telling.ts'

const longest = 500

/** Above, none at all is likelier; a report is told somewhere. */
const mayBeNone = { told: 0.5, guessed: 0.85 } as const
/** So much of it must be expected to be meant, and so unlikely none at all, before it may be kept without being read back. */
const sure = { certainty: 0.85, none: 0.4 } as const

export interface Fault {
  told: Found | undefined
  /** Less likely, where the message turns out to report something. */
  guessed: Found | undefined
}

export function readFault(text: string, taken: readonly TakenSpan[]): Fault {
  const row = faultRow(text, taken)
  const stretch = findStretch(featuresOf(row), faults)
  const [first, last] = stretch === undefined ? [] : [row.tokens[stretch.first], row.tokens[stretch.last]]
  if (stretch === undefined || first === undefined || last === undefined || stretch.none > mayBeNone.guessed) return { told: undefined, guessed: undefined }
  const span = withoutEdges(text, { start: wholeWord(row, stretch.first), end: Math.min(last.end, first.start + longest) }, taken)
  if (!tells(text, span, taken)) return { told: undefined, guessed: undefined }
  const within = row.tokens.flatMap((token, index) => (token.end > span.start && token.start < span.end ? [index] : []))
  const certainty = stretch.certaintyOf(within[0] ?? stretch.first, within.at(-1) ?? stretch.last)
  const value = found(text, span, certainty >= sure.certainty && stretch.none <= sure.none)
  return { told: stretch.none <= mayBeNone.told ? value : undefined, guessed: value }
}

/** The message as the model sees it. */
export function faultRow(text: string, taken: readonly TakenSpan[]): ReadRow {
  const folded = fold(text)
  const spans = faultSpans(folded)
  const hint = ({ start }: Span): string => (spans.some((span) => start >= span.start && start < span.end) ? 'fault' : '')
  return { ...rowOf(folded, taken), hint }
}

/** Where the stretch begins: one Chinese character before it in its clause is the first half of its word, unless it is one that leads on. */
function wholeWord({ tokens }: Row, index: number): number {
  const [before, first] = [tokens[index - 1], tokens[index]]
  const start = first?.start ?? 0
  const half = before?.opens === true && before.end === start && /^\p{Script=Han}$/u.test(before.word) && /^\p{Script=Han}$/u.test(first?.word ?? '')
  return half && !/[就却又还也是它他有会说都在的那这老总很但而并]/.test(before.word) ? before.start : start
}

/** Since when, a code at the end, and words that only lead to it are no part of it. */
function withoutEdges(text: string, { start, end }: Span, taken: readonly TakenSpan[]): Span {
  const hidden = taken.reduce(
    (rest, span) => (span.kind === 'xProduct' ? rest : rest.slice(0, span.start) + '\u0000'.repeat(span.end - span.start) + rest.slice(span.end)),
    fold(text),
  )
  const words = hidden.slice(start, end)
  const rest = withoutLead(words)
  const left = withoutTail(rest)
  return left.trim() === '' ? { start, end } : trimmed(text, { start: end - rest.length, end: end - rest.length + left.length })
}

/** A device and a code have fields of their own. */
function tells(text: string, { start, end }: Span, taken: readonly TakenSpan[]): boolean {
  const words = taken.reduce((rest, span) => rest.slice(0, span.start) + ' '.repeat(span.end - span.start) + rest.slice(span.end), fold(text))
  const left = words
    .slice(start, end)
    .replace(
      /\b(?:an?|the|it|its|error|fault|code|message|says?|shows?|displays?|display|on|is|and|with|again)\b|显示|提示|报|跳|错误|故障|代码|码|是|为|面板|屏幕|上/g,
      ' ',
    )
  return /\p{Script=Latin}{2}|\p{Script=Han}|\d/u.test(left)
}
