// The header of a mail as the rules want to ask it: by name, unfolded, in readable characters.
import type { HeaderLines } from 'mailparser'
import { decodeBytes } from './decode-bytes.ts'

/** Longer values are cut: no rule reads further, and a header line may be a megabyte of nonsense. */
const valueLimit = 16_384

export interface MailHeaders {
  /** The first value of a header, unfolded and trimmed; undefined when it is absent. Names in lower case. */
  first(name: string): string | undefined
  /** Every value of a header, in the order of the mail. */
  all(name: string): readonly string[]
}

/**
 * @param lines what mailparser calls header lines: bytes as a binary string, folding included
 * @param charset of the body, a guess for raw 8-bit headers
 */
export function mailHeaders(lines: HeaderLines, charset?: string): MailHeaders {
  const values = new Map<string, string[]>()
  for (const { key, line } of lines) {
    const value = decodeBytes(Buffer.from(line.slice(line.indexOf(':') + 1, valueLimit), 'latin1'), charset)
    const unfolded = value
      .replace(/\r?\n[ \t]+/g, ' ')
      .replace(/[\r\n\0]+/g, ' ')
      .trim()
    const known = values.get(key)
    if (known) known.push(unfolded)
    else values.set(key, [unfolded])
  }
  return {
    first: (name) => values.get(name)?.[0],
    all: (name) => values.get(name) ?? [],
  }
}
