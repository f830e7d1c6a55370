// A value read from a text: where it stands there, and whether it may be kept without being read back.
import type { Span } from '../span.ts'

export interface Found<Value = string> extends Span {
  value: Value
  /** False where it is a guess, or where a slip is likely: it is read back before it counts. */
  certain: boolean
}

export function found(text: string, span: Span, certain = true): Found {
  return { value: text.slice(span.start, span.end), start: span.start, end: span.end, certain }
}
