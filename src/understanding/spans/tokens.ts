// A message as a row of tokens: words, Chinese characters one by one, marks; and a stretch that some reader took as one token of its kind.
import { clausesOf } from '../entities/clauses.ts'
import type { Span } from '../span.ts'
import { findTrouble } from '../trouble.ts'

export interface Token extends Span {
  /** Folded; of a stretch that was taken, its kind. */
  word: string
  /** Number of its clause, from 0. */
  clause: number
  /** Its clause begins or ends with it. */
  opens: boolean
  closes: boolean
}

export interface Clause {
  /** Its first tokens. */
  lead: string
  trouble: 'fault' | 'wish' | 'none'
  /** What was taken from it. */
  kinds: readonly string[]
}

export interface Row {
  tokens: readonly Token[]
  clauses: readonly Clause[]
}

/** A row as a model sees it. */
export interface ReadRow extends Row {
  /** What a list of words knows of a token. */
  hint(token: Span): string
}

/** A stretch that another reader took, and what it is. */
export interface TakenSpan extends Span {
  kind: string
}

/** Longer messages are not read to their end. */
const mostTokens = 400

const piece = /\p{Script=Han}|[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*|\n+|[^\s\p{L}\p{N}\u0000]/gu

/** `folded` is as long as the text. */
export function rowOf(folded: string, taken: readonly TakenSpan[]): Row {
  const spans = taken.toSorted((one, other) => one.start - other.start)
  const words: (Span & { word: string })[] = []
  let at = 0
  for (const { start, end, kind } of spans) {
    if (start < at) continue
    words.push(...wordsOf(folded, at, start), { start, end, word: kind })
    at = end
  }
  words.push(...wordsOf(folded, at, folded.length))
  return withClauses(folded, words.slice(0, mostTokens))
}

function wordsOf(folded: string, start: number, end: number): (Span & { word: string })[] {
  return [...folded.slice(start, end).matchAll(piece)].map(({ 0: word, index }) => ({
    start: start + index,
    end: start + index + word.length,
    word: word.startsWith('\n') ? word.slice(0, 2) : /^\d+$/.test(word) ? (word.length > 2 ? '00' : '0') : word,
  }))
}

function withClauses(folded: string, words: readonly (Span & { word: string })[]): Row {
  const hidden = words.reduce((text, { start, end, word }) => (isKind(word) ? text.slice(0, start) + ' '.repeat(end - start) + text.slice(end) : text), folded)
  const spans = clausesOf(hidden, hidden)
  let clause = 0
  const numbered = words.map((word) => {
    // What stands between two clauses ends the one before.
    while (clause < spans.length - 1 && word.start >= (spans[clause + 1]?.start ?? 0)) clause++
    return { ...word, clause }
  })
  const tokens = numbered.map((token, index) => ({
    ...token,
    opens: numbered[index - 1]?.clause !== token.clause,
    closes: numbered[index + 1]?.clause !== token.clause || isMark(numbered[index + 1]?.word ?? ''),
  }))
  return {
    tokens,
    clauses: spans.map(({ start, end }, number) => {
      const own = tokens.filter((token) => token.clause === number)
      return {
        lead: own
          .slice(0, 2)
          .map(({ word }) => word)
          .join(' '),
        trouble: findTrouble(hidden.slice(start, end)) ?? 'none',
        kinds: own.flatMap(({ word }) => (isKind(word) ? [word] : [])),
      }
    }),
  }
}

export function isKind(word: string): boolean {
  return /^x[A-Z]/.test(word)
}

export function isMark(word: string): boolean {
  return !/[\p{L}\p{N}]/u.test(word)
}
