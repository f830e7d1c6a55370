// The contract of files, on disk and in GridFS: whole or not there, whatever their size.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { GridFSBucket, MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock as clock } from '../../src/clock.ts'
import { openDiskFiles } from '../../src/files/disk.ts'
import type { FileArea } from '../../src/files/files.ts'
import { openGridFiles } from '../../src/files/gridfs.ts'
import { newId, timeOfId, systemRandom as random } from '../../src/random.ts'
import { startMongo } from '../support/mongodb.ts'
import { without } from '../support/needs.ts'

interface Bench {
  files: FileArea
  /** How many things are stored, of whatever kind: files, chunks, leftovers. */
  stored(): Promise<number>
  /** What a writer leaves that is killed in the middle. */
  leaveHalf(): Promise<void>
  remove(): Promise<void>
}

async function diskBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'mendline-files-'))
  return {
    files: await openDiskFiles({ folder, clock, random }),
    stored: async () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(folder, name)).isFile()).length,
    leaveHalf: async () => writeFileSync(join(folder, 'writing', newId('f', clock, random)), 'half of it'),
    remove: async () => rmSync(folder, { recursive: true }),
  }
}

async function gridBench(): Promise<Bench> {
  const server = await startMongo()
  const client = new MongoClient(server.url)
  return {
    files: await openGridFiles({ url: server.url, clock, random }),
    async stored() {
      const database = client.db('mendline')
      return (await database.collection('files.files').countDocuments()) + (await database.collection('files.chunks').countDocuments())
    },
    async leaveHalf() {
      const upload = new GridFSBucket(client.db('mendline'), { bucketName: 'files', chunkSizeBytes: 1000 }).openUploadStream('half')
      await new Promise((resolve) => upload.write(Buffer.alloc(3500), resolve))
    },
    async remove() {
      await client.close()
      await server.remove()
    },
  }
}

describe('disk', () => contract(diskBench))
describe.skipIf(without('mongodb'))('gridfs', () => contract(gridBench))

const about = { name: 'Foto "1" – Küche.jpg', contentType: 'image/jpeg' }
const megabyte = 2 ** 20

function contract(open: () => Promise<Bench>): void {
  let bench: Bench
  let files: FileArea

  beforeAll(async () => {
    bench = await open()
    files = bench.files
  })
  afterAll(async () => {
    await files.close()
    await bench.remove()
  })

  async function readBack(id: string) {
    const found = await files.read(id)
    return found && { info: found.info, content: await buffer(found.content) }
  }

  it.each([0, 1, 1000, 255 * 1024, 128 * 1024, 600_001])('keeps %i bytes with their name, type, size and hash', async (size) => {
    const content = Buffer.alloc(size, 'abcdefg')
    const info = await files.write(content, about)
    expect(info).toEqual({ ...info, ...about, size, sha256: createHash('sha256').update(content).digest('hex') })
    const back = await readBack(info.id)
    expect(back?.info).toEqual(info)
    expect(back?.content.equals(content)).toBe(true)
  })

  it('streams 60 MB in and out without holding them', async () => {
    const hash = createHash('sha256')
    const before = process.memoryUsage().rss
    let most = 0
    const watch = () => (most = Math.max(most, process.memoryUsage().rss))
    async function* source() {
      for (let n = 0; n < 60; n++) {
        const chunk = Buffer.alloc(megabyte, `chunk ${n}`)
        hash.update(chunk)
        watch()
        yield chunk
      }
    }
    const info = await files.write(source(), about)
    expect(info.size).toBe(60 * megabyte)
    expect(info.sha256).toBe(hash.digest('hex'))

    const back = createHash('sha256')
    for await (const chunk of (await files.read(info.id))?.content ?? []) {
      back.update(chunk)
      watch()
    }
    expect(back.digest('hex')).toBe(info.sha256)
    // Garbage waits to be collected, so this is no exact limit; holding the file whole, both ways, breaks it.
    expect(most - before).toBeLessThan(100 * megabyte)
    await files.remove(info.id)
  })

  it('knows no file that is not there', async () => {
    for (const id of ['f_01ARZ3NDEKTSV4RRFFQ69G5FAV', '', '../../etc/passwd', 'f_../x', '\u0000']) {
      expect(await files.read(id)).toBeUndefined()
      await files.remove(id)
    }
  })

  it('removes everything of a file, and minds no second time', async () => {
    const before = await bench.stored()
    const { id } = await files.write(Buffer.alloc(megabyte), about)
    expect(await bench.stored()).toBeGreaterThan(before)
    await files.remove(id)
    await files.remove(id)
    expect(await files.read(id)).toBeUndefined()
    expect(await bench.stored()).toBe(before)
  })

  it('leaves nothing of a source that fails, and passes its error on', async () => {
    const before = await bench.stored()
    async function* source() {
      yield Buffer.alloc(2 * megabyte)
      throw new Error('hung up')
    }
    await expect(files.write(source(), about)).rejects.toThrow('hung up')
    expect(await bench.stored()).toBe(before)
  })

  it('lists what was written before a time, page by page, oldest first, each once', async () => {
    const written: string[] = []
    for (let n = 0; n < 7; n++) written.push((await files.write(Buffer.from(String(n)), about)).id)
    const listed: string[] = []
    let at = ''
    for (let full = true; full;) {
      const page = await files.page(at, clock.now() + 2000, 3)
      listed.push(...page.ids)
      at = page.at
      full = page.ids.length === 3
    }
    expect(listed.filter((id) => written.includes(id)).toSorted()).toEqual(written.toSorted())
    expect(new Set(listed).size).toBe(listed.length)
    // A second on either side is within what a page knows of time.
    const seconds = listed.map((id) => Math.floor(timeOfId(id) / 1000))
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b))
    expect((await files.page(at, clock.now() + 2000, 3)).ids).toEqual([])
    const later = await files.write(Buffer.from('later'), about)
    expect((await files.page('', clock.now() - 3_600_000, 1000)).ids).toEqual([])
    expect((await files.page('', clock.now() + 2000, 1000)).ids).toContain(later.id)
  })

  it('removes on the way what a writer that was killed left behind, once it is old enough', async () => {
    const before = await bench.stored()
    await bench.leaveHalf()
    const half = await bench.stored()
    expect(half).toBeGreaterThan(before)
    const { ids } = await files.page('', clock.now() - 3_600_000, 1000)
    expect(ids).toEqual([])
    expect(await bench.stored()).toBe(half)
    const kept = await files.write(Buffer.from('kept'), about)
    await files.page('', clock.now() + 2000, 1000)
    await files.remove(kept.id)
    expect(await bench.stored()).toBe(before)
  })

  it('keeps many at once apart', async () => {
    const written = await Promise.all(Array.from({ length: 8 }, (_, n) => files.write(Buffer.alloc(300_000, String(n)), { ...about, name: String(n) })))
    expect(new Set(written.map((info) => info.id)).size).toBe(8)
    for (const info of written) expect((await readBack(info.id))?.content.equals(Buffer.alloc(300_000, info.name))).toBe(true)
  })
}

describe('a disk left in the middle of a write', () => {
  it('is cleared of it at the next start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mendline-files-'))
    const files = await openDiskFiles({ folder, clock, random })
    const started = Promise.withResolvers<void>()
    const over = Promise.withResolvers<void>()
    async function* slow() {
      yield Buffer.alloc(1000)
      started.resolve()
      await over.promise
    }
    const writing = files.write(slow(), about)
    await started.promise
    expect(readdirSync(join(folder, 'writing'))).toHaveLength(1)
    await openDiskFiles({ folder, clock, random })
    expect(readdirSync(join(folder, 'writing'))).toEqual([])
    over.resolve()
    await expect(writing).rejects.toMatchObject({ code: 'unavailable', part: 'files' })
    rmSync(folder, { recursive: true })
  })
})

describe.skipIf(without('mongodb'))('gridfs without its server', () => {
  it('is Unavailable, and works again afterwards', async () => {
    const server = await startMongo()
    const files = await openGridFiles({ url: server.url, clock, random })
    const { id } = await files.write(Buffer.from('kept'), about)
    await server.stop()
    await expect(files.write(Buffer.from('lost'), about)).rejects.toMatchObject({ code: 'unavailable', part: 'files' })
    await expect(files.read(id)).rejects.toMatchObject({ code: 'unavailable', part: 'files' })
    await server.start()
    expect((await files.read(id))?.info.size).toBe(4)
    await files.write(Buffer.from('again'), about)
    await files.close()
    await server.remove()
  })
})
