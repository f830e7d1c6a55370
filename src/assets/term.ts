// Warranty terms, for labour and for parts apart: a length from the day of installation (`24mo`, `2y`), a last day, or `none`.
import { z } from 'zod'
import { addMonths, isDay, type Day } from './date.ts'

/** In its one spelling: `24mo`, `2028-05-31` or `none`. */
export type Term = string

/** Null where nothing is known. */
export interface Warranty {
  labour: Term | null
  parts: Term | null
}

export const noWarranty: Warranty = { labour: null, parts: null }

/** Years become months; undefined when it is no term. */
export function readTerm(text: string): Term | undefined {
  const plain = text.trim().toLowerCase()
  if (plain === 'none' || plain === '0') return 'none'
  if (isDay(plain)) return plain
  const [, count, unit] = /^(\d{1,3})\s*(mo|months?|y|years?)$/.exec(plain) ?? []
  if (count === undefined || unit === undefined || Number(count) === 0) return undefined
  return `${Number(count) * (unit.startsWith('y') ? 12 : 1)}mo`
}

export type TermEnd = { kind: 'until'; day: Day } | { kind: 'none' } | { kind: 'unknown' }

/** The last covered day. */
export function endOf(term: Term | null, installedOn: Day | null): TermEnd {
  if (term === null) return { kind: 'unknown' }
  if (term === 'none') return { kind: 'none' }
  if (isDay(term)) return { kind: 'until', day: term }
  return installedOn === null ? { kind: 'unknown' } : { kind: 'until', day: addMonths(installedOn, Number.parseInt(term, 10)) }
}

export const termWanted = 'is no warranty term; write 24mo, 2y, a last day such as 2028-05-31, or none'

export const termSchema = z.string().transform((text, context) => {
  const term = readTerm(text)
  if (term !== undefined) return term
  context.addIssue(termWanted)
  return z.NEVER
})
