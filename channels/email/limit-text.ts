// Bounds what mailparser keeps of text parts in memory: it streams attachments but collects text, and 60 MB of text is a mail too.
import type { MailParser } from 'mailparser'

/**
 * Lets at most `limit` bytes of text parts (as they come, in their transfer encoding) into the parser and drops the rest;
 * the stored raw mail has all of it. Answers whether something was dropped, and how many parts there were, the mail itself included.
 *
 * mailparser 3 has no option for this. Every piece of a body passes its `processChunk`, which is not in its types: hence the care,
 * and a test that fails when the seam is gone. Without the seam the mail is read all the same, only unbounded.
 */
export function limitText(parser: MailParser, limit: number): { cut(): boolean; parts(): number | undefined } {
  let bytes = 0
  let parts = 0
  const process: unknown = Reflect.get(parser, 'processChunk')
  if (typeof process === 'function')
    Reflect.set(parser, 'processChunk', (chunk: unknown, done: () => void) => {
      bytes += textBytes(chunk)
      if (field(chunk, 'type') === 'node') parts++
      if (bytes > limit && textBytes(chunk) > 0) setImmediate(done)
      else Reflect.apply(process, parser, [chunk, done])
    })
  return { cut: () => bytes > limit, parts: () => (parts > 0 ? parts : undefined) }
}

function textBytes(chunk: unknown): number {
  if (field(chunk, 'type') !== 'body') return 0
  const node = field(chunk, 'node')
  const type = field(node, 'contentType')
  const isText = type === 'text/plain' || type === 'text/html' || (!type && field(node, 'root') === true)
  const disposition = field(node, 'disposition')
  const value = field(chunk, 'value')
  return isText && (!disposition || disposition === 'inline') && value instanceof Uint8Array ? value.length : 0
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
