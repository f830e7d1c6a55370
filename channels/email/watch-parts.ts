// Looks over mailparser's shoulder: bounds the text it keeps in memory (it streams attachments but collects text, and 60 MB of text is a
// mail too), and tells what its result does not.
import type { MailParser } from 'mailparser'

export interface Parts {
  /** Text was dropped: there was more than the limit. */
  cut: boolean
  /** How many parts there were, the mail itself included. */
  count: number
  /** There is HTML that is no alternative to a text part, so its words are nowhere else. */
  looseHtml: boolean
}

/**
 * Lets at most `limit` bytes of text parts (as they come, in their transfer encoding) into the parser; the stored raw mail has all of it.
 *
 * mailparser 3 has no option for this. Every part and every piece of a body passes its `processChunk`, which is not in its types: hence
 * the care, and tests that fail when the seam is gone. Without the seam mail is read all the same, only unbounded.
 */
export function watchParts(parser: MailParser, limit: number): Parts {
  const parts: Parts = { cut: false, count: 0, looseHtml: false }
  let bytes = 0
  const process: unknown = Reflect.get(parser, 'processChunk')
  if (typeof process !== 'function') return parts
  Reflect.set(parser, 'processChunk', (chunk: unknown, done: () => void) => {
    if (field(chunk, 'type') === 'node') {
      parts.count++
      parts.looseHtml ||= field(chunk, 'contentType') === 'text/html' && isInline(chunk) && !isAlternative(chunk)
    }
    const size = textBytes(chunk)
    bytes += size
    if (size > 0 && bytes > limit) {
      parts.cut = true
      setImmediate(done)
    } else Reflect.apply(process, parser, [chunk, done])
  })
  return parts
}

function textBytes(chunk: unknown): number {
  if (field(chunk, 'type') !== 'body') return 0
  const node = field(chunk, 'node')
  const type = field(node, 'contentType')
  const value = field(chunk, 'value')
  const isText = type === 'text/plain' || type === 'text/html' || (!type && field(node, 'root') === true)
  return isText && isInline(node) && value instanceof Uint8Array ? value.length : 0
}

function isInline(node: unknown): boolean {
  const disposition = field(node, 'disposition')
  return !disposition || disposition === 'inline'
}

function isAlternative(node: unknown): boolean {
  for (let parent = field(node, 'parentNode'); parent; parent = field(parent, 'parentNode'))
    if (field(parent, 'multipart') === 'alternative' || field(parent, 'contentType') === 'multipart/alternative') return true
  return false
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
