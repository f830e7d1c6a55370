// The failure record: what a repair found and did, from four small lists, so that failures can be counted.
import type { Timestamp } from '../clock.ts'
import type { Actor } from '../journal/index.ts'

export const failureFields = ['component', 'problem', 'cause', 'remedy'] as const
export type FailureField = (typeof failureFields)[number]

/** The one entry every list has; it wants words. */
export const otherCode = 'other'

/** An entry of a list; `text` with `other` only. */
export interface Coded {
  code: string
  text: string | null
}

export interface UsedPart {
  /** The part as the agent names it: number or name. */
  part: string
  quantity: number
}

export interface FailureRecord extends Readonly<Record<FailureField, Coded>> {
  parts: UsedPart[]
  /** Internal. */
  note: string | null
}

/** As the ticket keeps it. */
export interface StoredFailure extends FailureRecord {
  at: Timestamp
  by: Actor
}

/** The lists without `other`. */
export type FailureLists = Readonly<Record<FailureField, readonly string[]>>

export type FailureProblem = { field: FailureField | 'parts'; why: 'unknown' | 'wants_words' | 'quantity' }

/** Undefined when the record fits the lists. Pure. */
export function checkFailure(record: FailureRecord, lists: FailureLists): FailureProblem | undefined {
  for (const field of failureFields) {
    const { code, text } = record[field]
    if (code === otherCode ? !text?.trim() : !lists[field].includes(code)) return { field, why: code === otherCode ? 'wants_words' : 'unknown' }
  }
  const fits = record.parts.every(({ part, quantity }) => part.trim() !== '' && Number.isInteger(quantity) && quantity > 0)
  return fits ? undefined : { field: 'parts', why: 'quantity' }
}

const partLine = /^(?:(?<before>\d+)\s*[x×*]\s*(?<named>.+)|(?<part>.+?)(?:(?:\s+x|\s*[×*])\s*(?<after>\d+))?)$/i

/** Parts as people type them, one a line or between commas: `2 x seal kit`, `seal kit x2`, `seal kit`. Undefined when a line makes no sense. */
export function readParts(text: string): UsedPart[] | undefined {
  const lines = text
    .split(/[\n,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const parts: UsedPart[] = []
  for (const line of lines) {
    const found = partLine.exec(line)?.groups
    const part = (found?.['named'] ?? found?.['part'])?.trim()
    const quantity = Number(found?.['before'] ?? found?.['after'] ?? 1)
    if (!part || !Number.isInteger(quantity) || quantity < 1) return undefined
    parts.push({ part, quantity })
  }
  return parts
}
