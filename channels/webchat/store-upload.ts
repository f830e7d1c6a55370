// One uploaded file into `files/`: sniffed by its first bytes, capped, streamed.
import { Readable } from 'node:stream'
import type { Files } from '../../src/files/files.ts'
import type { NewAttachment } from '../../src/message.ts'
import { sniff, sniffLength } from './sniff.ts'

/** Bytes of one file. */
export const fileLimit = 20 * 1024 * 1024

export type StoredUpload = { kind: 'stored'; attachment: NewAttachment & { file: string } } | { kind: 'refused'; why: 'type' | 'size' | 'empty'; name: string }

/**
 * Reads the stream to its end whatever comes of it: a multipart parser waits for that.
 * @throws Unavailable when it cannot be written, and what the stream throws when the client goes away.
 */
export async function storeUpload(files: Files, content: Readable, claimedName: string | undefined): Promise<StoredUpload> {
  const name = cleanName(claimedName)
  const chunks = content.iterator({ destroyOnReturn: false })
  const head = await readHead(chunks)
  const contentType = sniff(head)
  if (contentType === undefined) {
    content.resume()
    return { kind: 'refused', why: head.length === 0 ? 'empty' : 'type', name }
  }
  let tooLarge = false
  async function* capped(): AsyncGenerator<Uint8Array> {
    let size = head.length
    yield head
    for await (const chunk of chunks) {
      size += chunk.length
      if (size > fileLimit) {
        tooLarge = true
        throw new Error('the file is too large')
      }
      yield chunk
    }
  }
  try {
    const { id, size } = await files.write(capped(), { name, contentType })
    return { kind: 'stored', attachment: { name, contentType, file: id, size } }
  } catch (error) {
    content.resume()
    // `write` has left nothing behind, and may have wrapped our error in its own.
    if (tooLarge) return { kind: 'refused', why: 'size', name }
    throw error
  }
}

async function readHead(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const read: Uint8Array[] = []
  let length = 0
  while (length < sniffLength) {
    const { done, value } = await chunks.next()
    if (done) break
    read.push(value)
    length += value.length
  }
  return Buffer.concat(read)
}

/** Only the last part of a path, without what would break a header or a terminal; at most 120 characters, the ending kept. */
export function cleanName(name: string | undefined): string {
  const last = (name ?? '').toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cf}"]/gu, '').trim()
  if (clean === '' || /^\.+$/.test(clean)) return 'file'
  return clean.length <= 120 ? clean : clean.slice(0, 100) + clean.slice(-20)
}
