// A text in one spacing, and where each of its characters stood.
import type { Span } from './span.ts'

export interface Tidied {
  text: string
  /** From a stretch of the tidied text to the one as written. */
  written(span: Span): Span
}

/** One space, and no more than one empty line. More than `longest` characters are not read. */
export function tidy(text: string, longest: number): Tidied {
  const whole = text.slice(0, longest)
  const positions: number[] = []
  let tidied = ''
  for (const { 0: run, index } of whole.matchAll(/\s+|\S+/g)) {
    if (/\S/.test(run)) {
      for (let offset = 0; offset < run.length; offset++) positions.push(index + offset)
      tidied += run
      continue
    }
    if (tidied === '' || index + run.length === whole.length) continue
    const lines = run.split('\n').length - 1
    const space = lines === 0 ? ' ' : lines === 1 ? '\n' : '\n\n'
    for (let offset = 0; offset < space.length; offset++) positions.push(index)
    tidied += space
  }
  return {
    text: tidied,
    written({ start, end }) {
      const first = positions[start] ?? whole.length
      return { start: first, end: end > start ? (positions[end - 1] ?? first) + 1 : first }
    },
  }
}
