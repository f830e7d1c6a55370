// Stretches of a text, so that what one reader took is not read again by another.

export interface Span {
  start: number
  end: number
}

/** The text with the given stretches wiped out, positions kept. */
export function blank(text: string, ...spans: readonly (Span | undefined)[]): string {
  let result = text
  for (const span of spans) {
    if (span !== undefined) result = result.slice(0, span.start) + ' '.repeat(span.end - span.start) + result.slice(span.end)
  }
  return result
}
