// One uploaded file into `files/`: only what a customer has reason to send, under a name that can do no harm.
import { Readable } from 'node:stream'
import { FileRefused, largestFile, type Keep } from '../../src/files/keep.ts'
import type { Attachment } from '../../src/message.ts'

export type StoredUpload = { kind: 'stored'; attachment: Attachment } | { kind: 'refused'; why: FileRefused['why']; name: string }

/** A photo, a film, a PDF or plain text; markup and scripts are plain text, and served as such. */
const taken = /^(?:image|video)\/|^application\/pdf$|^text\/plain$/

/**
 * Reads the stream to its end whatever comes of it: a multipart parser waits for that.
 * @throws Unavailable when it cannot be written, and what the stream throws when the client goes away.
 */
export async function storeUpload(keep: Keep, content: Readable, claimedName: string | undefined): Promise<StoredUpload> {
  const name = cleanName(claimedName)
  try {
    // What the client says of the type counts for nothing.
    const about = { name, contentType: '' }
    const attachment = await keep(content.iterator({ destroyOnReturn: false }), about, { size: largestFile, type: (contentType) => taken.test(contentType) })
    return { kind: 'stored', attachment }
  } catch (error) {
    content.resume()
    if (error instanceof FileRefused) return { kind: 'refused', why: error.why, name }
    throw error
  }
}

/** Only the last part of a path, without what would break a header or a terminal; at most 120 characters, the ending kept. */
export function cleanName(name: string | undefined): string {
  const last = (name ?? '').toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cf}"]/gu, '').trim()
  if (clean === '' || /^\.+$/.test(clean)) return 'file'
  return clean.length <= 120 ? clean : clean.slice(0, 100) + clean.slice(-20)
}
