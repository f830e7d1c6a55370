// The contract for blobs: raw mail, photos, uploads. Written before the message that names them; streamed both ways.
import type { Readable } from 'node:stream'

export interface FileInfo {
  id: string
  name: string
  contentType: string
  /** Bytes. */
  size: number
  /** Hex SHA-256 of the content. */
  sha256: string
}

export interface Files {
  /**
   * Stores the content durably and answers its new id. Memory use does not grow with size.
   * @throws Unavailable when it cannot be written; nothing is left behind.
   */
  write(content: AsyncIterable<Uint8Array> | Uint8Array, about: { name: string; contentType: string }): Promise<FileInfo>
  read(id: string): Promise<{ info: FileInfo; content: Readable } | undefined>
  /** No error when it is gone already. */
  remove(id: string): Promise<void>
  close(): Promise<void>
}

/** Files as a whole, for who looks after them. */
export interface FileArea extends Files {
  /**
   * The next `limit` files behind the page that ended at `at` (`''` for the first), oldest first, none written later than `before`
   * (milliseconds since the epoch). Whatever a writer that died left between them, and never became a file, is removed.
   * @throws Unavailable; asked again with the same `at` it answers the same.
   */
  page(at: string, before: number, limit: number): Promise<{ ids: string[]; at: string }>
}
