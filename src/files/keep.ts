// Stores a file of a customer, whichever door it came through: its type by its bytes, a photo without the position it was taken at.
import type { Attachment } from '../message.ts'
import type { Files } from './files.ts'
import { mayHoldPosition, removePosition } from './position/index.ts'
import { readWhole } from './read-whole.ts'
import { noType, sniffLength, typeOf } from './sniff.ts'

/** Bytes of one file, where a channel has no limit of its own. */
export const largestFile = 20 * 1024 * 1024

/** Bytes of a photo that is held in memory while it comes; a larger one is stored first, and looked into when it is its turn. */
const smallPhoto = 8 * 1024 * 1024

export interface About {
  name: string
  /** As declared by the sender or the provider; empty where nothing they say is to count. */
  contentType: string
  /** Bytes, as announced. */
  size?: number | undefined
}

/** What else is refused. */
export interface Only {
  /** Bytes. */
  size?: number
  type?(contentType: string): boolean
}

/** The file is not taken; nothing of it is left behind. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused'
  readonly code = 'file_refused'
  readonly why: 'size' | 'type' | 'empty'

  constructor(why: 'size' | 'type' | 'empty') {
    super(why === 'size' ? 'the file is too large' : why === 'type' ? 'the file is of no kind that is taken' : 'the file is empty')
    this.why = why
  }
}

/**
 * Answers how the file is named from now on. A photo loses its position (`removePosition`) and nothing else; what is no photo streams by, so that
 * memory does not grow with it. A file that lies about itself or cannot be read is kept as it came, as bytes of no type.
 *
 * The raw input that a file came in, a mail above all, is kept untouched by promise and so still holds the position: it is had by its id through
 * REST with a key, never shown, and goes when the message is erased.
 *
 * @throws FileRefused; Unavailable when it cannot be stored; whatever reading `content` throws.
 */
export type Keep = (content: AsyncIterable<Uint8Array> | Uint8Array, about: About, only?: Only) => Promise<Attachment>

/** Large photos are looked into one after another, so that memory holds one of them at most. */
export function createKeep(files: Files): Keep {
  let lastLarge: Promise<unknown> = Promise.resolve()
  return async (content, about, only = {}) => {
    if ((about.size ?? 0) > (only.size ?? Infinity)) throw new FileRefused('size')
    const source = piecesOf(content)
    try {
      const head = await takeUpTo(source, sniffLength)
      const { contentType, ending } = await typeOf(head, about.contentType)
      if (only.type?.(contentType) === false) throw new FileRefused(head.length === 0 ? 'empty' : 'type')
      const named = { name: nameWith(about.name, ending), contentType }
      const whole = bounded(head, source, only.size ?? Infinity)
      if (!mayHoldPosition(contentType)) return await write(whole, named)
      const start = await takeUpTo(whole, smallPhoto + 1)
      if (start.length <= smallPhoto) return await write(start, cleaned(start, named))
      const stored = await write(joined(start, whole), named)
      const turn = lastLarge.then(() => cleanStored(stored))
      lastLarge = turn.catch(() => {})
      return await turn
    } finally {
      // Whoever sends it is told that no more is wanted.
      await source.return?.()
    }
  }

  async function write(content: AsyncIterable<Uint8Array> | Uint8Array, named: Named): Promise<Attachment> {
    const { id, size } = await files.write(content, named)
    return { file: id, ...named, size }
  }

  async function cleanStored(stored: Attachment): Promise<Attachment> {
    try {
      const { buffer, byteOffset, length } = (await readWhole(files, stored.file)) ?? new Uint8Array()
      const photo = Buffer.from(buffer, byteOffset, length)
      const found = removePosition(photo, stored.contentType)
      if (found !== 'removed') return found === 'none' ? stored : { ...stored, contentType: noType }
      const clean = await write(photo, { name: stored.name, contentType: stored.contentType })
      await files.remove(stored.file)
      return clean
    } catch (error) {
      await files.remove(stored.file)
      throw error
    }
  }
}

interface Named {
  name: string
  contentType: string
}

/** Changes `photo`, and takes it for bytes of no type where it cannot be read. */
function cleaned(photo: Buffer, named: Named): Named {
  return removePosition(photo, named.contentType) === 'unreadable' ? { ...named, contentType: noType } : named
}

/** A name without an ending gets the usual one. */
function nameWith(name: string, ending: string | undefined): string {
  return ending === undefined || /\.\w{1,5}$/.test(name) ? name : `${name}.${ending}`
}

function piecesOf(content: AsyncIterable<Uint8Array> | Uint8Array): AsyncIterator<Uint8Array> {
  return content instanceof Uint8Array ? joined(content) : content[Symbol.asyncIterator]()
}

/** The first bytes in a buffer of their own: at least so many, and what came in the same piece. Fewer where there are no more. */
async function takeUpTo(source: AsyncIterator<Uint8Array>, bytes: number): Promise<Buffer> {
  const taken: Uint8Array[] = []
  for (let size = 0; size < bytes;) {
    const { done, value } = await source.next()
    if (done === true) break
    taken.push(value)
    size += value.length
  }
  return Buffer.concat(taken)
}

async function* joined(first: Uint8Array, rest?: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  yield first
  if (rest !== undefined) yield* rest
}

/** @throws FileRefused past `limit` bytes. */
async function* bounded(head: Uint8Array, rest: AsyncIterator<Uint8Array>, limit: number): AsyncGenerator<Uint8Array, undefined> {
  let size = head.length
  if (size > limit) throw new FileRefused('size')
  yield head
  for (;;) {
    const { done, value } = await rest.next()
    if (done === true) return
    size += value.length
    if (size > limit) throw new FileRefused('size')
    yield value
  }
}
