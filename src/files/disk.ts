// Files on disk: streamed into a temporary file, made durable, then given their name in one step.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { Unavailable } from '../errors.ts'
import { newId, type Random } from '../random.ts'
import type { FileInfo, Files } from './files.ts'

const infoSchema = z.object({ id: z.string(), name: z.string(), contentType: z.string(), size: z.number(), sha256: z.string() })
/** What an id looks like; anything else is no file of ours and never becomes part of a path. */
const idPattern = /^f_[0-9A-Z]{26}$/

/** Half-written files of an earlier process are removed at the start. */
export async function openDiskFiles({ folder, clock, random }: { folder: string; clock: Clock; random: Random }): Promise<Files> {
  const writing = join(folder, 'writing')
  await mkdir(writing, { recursive: true })
  for (const name of await readdir(writing)) await rm(join(writing, name), { force: true })
  // The last characters are random, so the files spread evenly over the folders.
  const place = (id: string) => join(folder, id.slice(-2), id)

  return {
    async write(content, about) {
      const id = newId('f', clock, random)
      const temporary = join(writing, id)
      try {
        const { size, sha256 } = await writeDurably(temporary, content)
        const info: FileInfo = { id, ...about, size, sha256 }
        await writeDurably(`${temporary}.json`, Buffer.from(JSON.stringify(info)))
        await mkdir(join(folder, id.slice(-2)), { recursive: true })
        // The info last: a file is there when its info is.
        await rename(temporary, place(id))
        await rename(`${temporary}.json`, `${place(id)}.json`)
        await syncFolder(join(folder, id.slice(-2)))
        return info
      } catch (error) {
        await Promise.all([temporary, `${temporary}.json`, place(id), `${place(id)}.json`].map((path) => rm(path, { force: true })))
        if (isSystemError(error)) throw new Unavailable('files', error)
        throw error
      }
    },
    async read(id) {
      if (!idPattern.test(id)) return undefined
      try {
        const info = infoSchema.parse(JSON.parse(await readFile(`${place(id)}.json`, 'utf8')))
        return { info, content: createReadStream(place(id)) }
      } catch (error) {
        if (isSystemError(error) && error.code === 'ENOENT') return undefined
        throw new Unavailable('files', error)
      }
    },
    async remove(id) {
      if (!idPattern.test(id)) return
      await rm(`${place(id)}.json`, { force: true })
      await rm(place(id), { force: true })
    },
    async close() {},
  }
}

async function writeDurably(path: string, content: AsyncIterable<Uint8Array> | Uint8Array): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  const file = await open(path, 'w')
  try {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      hash.update(chunk)
      size += chunk.length
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { size, sha256: hash.digest('hex') }
}

/** A rename survives a power cut once its folder is on disk. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error
}
