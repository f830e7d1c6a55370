// Files on disk: streamed into a temporary file, made durable, then given their name in one step.
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import { Unavailable } from '../errors.ts'
import { newId, type Random } from '../random.ts'
import { isFileId, writtenAt } from './file-id.ts'
import type { FileArea, FileInfo } from './files.ts'

const infoSchema = z.object({ id: z.string(), name: z.string(), contentType: z.string(), size: z.number(), sha256: z.string() })

/** Half-written files of an earlier process are removed at the start. */
export async function openDiskFiles({ folder, clock, random }: { folder: string; clock: Clock; random: Random }): Promise<FileArea> {
  const writing = join(folder, 'writing')
  // The last characters are random, so the files spread evenly over the folders.
  const place = (id: string) => join(folder, id.slice(-2), id)
  await mkdir(writing, { recursive: true })
  await syncFolder(dirname(folder))
  const made = new Map<string, Promise<void>>()
  /** A folder is there after a power cut once the folder around it is on disk: seen to once, there are at most 1,024. */
  const ready = (path: string): Promise<void> => {
    const known = made.get(path)
    if (known !== undefined) return known
    const making = stored(async () => {
      await mkdir(path, { recursive: true })
      await syncFolder(folder)
    })
    made.set(path, making)
    making.catch(() => made.delete(path))
    return making
  }
  for (const name of await readdir(writing)) {
    // Info without its name means that the content may have its own already.
    if (name.endsWith('.json')) await rm(place(name.slice(0, -'.json'.length)), { force: true })
    await rm(join(writing, name), { force: true })
  }

  return {
    async write(content, about) {
      const id = newId('f', clock, random)
      const temporary = join(writing, id)
      try {
        const { size, sha256 } = await writeDurably(temporary, content)
        const info: FileInfo = { id, ...about, size, sha256 }
        await Promise.all([writeDurably(`${temporary}.json`, Buffer.from(JSON.stringify(info))), ready(dirname(place(id)))])
        await stored(async () => {
          // The info last: a file is there when its info is.
          await rename(temporary, place(id))
          await rename(`${temporary}.json`, `${place(id)}.json`)
          // A name survives a power cut once its folder is on disk.
          await syncFolder(dirname(place(id)))
        })
        return info
      } catch (error) {
        await Promise.all([temporary, `${temporary}.json`, place(id), `${place(id)}.json`].map((path) => rm(path, { force: true })))
        throw error
      }
    },
    async read(id) {
      if (!isFileId(id)) return undefined
      try {
        const info = infoSchema.parse(JSON.parse(await readFile(`${place(id)}.json`, 'utf8')))
        return { info, content: createReadStream(place(id)) }
      } catch (error) {
        if (isSystemError(error) && error.code === 'ENOENT') return undefined
        throw new Unavailable('files', error)
      }
    },
    async remove(id) {
      if (!isFileId(id)) return
      await stored(async () => {
        await rm(`${place(id)}.json`, { force: true })
        await rm(place(id), { force: true })
      })
    },
    async page(at, before, limit) {
      const isOld = (id: string): boolean => isFileId(id) && writtenAt(id) <= before
      return await stored(async () => {
        for (const name of await readdir(writing)) if (isOld(name.replace('.json', ''))) await rm(join(writing, name), { force: true })
        // By the name of the content: without its info it is no file, and is removed like one that nobody names.
        const old = (await readdir(folder, { recursive: true })).map((path) => basename(path)).filter((id) => id > at && isOld(id))
        const ids = old.toSorted().slice(0, limit)
        return { ids, at: ids.at(-1) ?? at }
      })
    },
    async close() {},
  }
}

async function writeDurably(path: string, content: AsyncIterable<Uint8Array> | Uint8Array): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256')
  let size = 0
  const file = await stored(() => open(path, 'w'))
  try {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      hash.update(chunk)
      size += chunk.length
      await stored(() => file.writeFile(chunk))
    }
    await stored(() => file.sync())
  } finally {
    await file.close()
  }
  return { size, sha256: hash.digest('hex') }
}

/** Our own disk's errors; a source's errors, a caller who hung up among them, stay what they are. */
async function stored<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work()
  } catch (error) {
    throw new Unavailable('files', error)
  }
}

async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return // Windows flushes no folders
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
