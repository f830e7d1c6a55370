// Inputs too small to be worth a file: the id holds them, so that they are stored in the same write as the document that names them.
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import type { Files } from './files.ts'

/** Bytes; most of what providers and browsers post. A file costs several flushes of the disk, and on MongoDB two writes. */
const most = 8 * 1024
const prefix = 'small:'

/** An id under which `withSmall` reads these very bytes; undefined when there are too many. Only for ids that nobody outside gets to see. */
export function smallFile(content: Uint8Array, { name, contentType }: { name: string; contentType: string }): string | undefined {
  if (content.length > most) return undefined
  return `${prefix}${encodeURIComponent(name)}:${encodeURIComponent(contentType)}:${Buffer.from(content).toString('base64')}`
}

/** The files, and besides whatever ids of `smallFile` hold. These go with the document that holds the id. */
export function withSmall<Area extends Files>(files: Area): Area {
  return {
    ...files,
    async read(id) {
      if (!id.startsWith(prefix)) return files.read(id)
      const [name = '', contentType = '', base64 = ''] = id.slice(prefix.length).split(':')
      const content = Buffer.from(base64, 'base64')
      const sha256 = createHash('sha256').update(content).digest('hex')
      return {
        info: { id, name: decodeURIComponent(name), contentType: decodeURIComponent(contentType), size: content.length, sha256 },
        content: Readable.from([content], { objectMode: false }),
      }
    },
    async remove(id) {
      if (!id.startsWith(prefix)) await files.remove(id)
    },
  }
}
