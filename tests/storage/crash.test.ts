// Two processes at one SQLite file, a close with writes under way, and files whose writer is killed or whose disk is full.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock as clock } from '../../src/clock.ts'
import { openDiskFiles } from '../../src/files/disk.ts'
import { systemRandom as random } from '../../src/random.ts'
import { defineCollection } from '../../src/storage/collection.ts'
import { lockDataDir } from '../../src/storage/lock.ts'
import { openSqliteStore } from '../../src/storage/sqlite.ts'
import { startMongo } from '../support/mongodb.ts'
import { without } from '../support/needs.ts'
import { startChild } from './children.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mendline-crash-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const about = { name: 'a', contentType: 'text/plain' }

function filesUnder(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(path, name)).isFile())
}

describe('a SQLite store', () => {
  it('lets one of two processes win each key', async () => {
    const path = join(folder, 'store.db')
    const racers = [startChild('claims', path), startChild('claims', path)]
    for (const racer of racers) expect(await racer.line()).toBe('ready')
    for (const racer of racers) racer.poke()
    const won: number[] = []
    for (const racer of racers) for (let line = await racer.line(); line !== undefined; line = await racer.line()) won.push(Number(line))
    expect(won.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, key) => key))
  })

  it('finishes what is under way when it is closed, and leaves nothing to run on the closed file', async () => {
    const store = await openSqliteStore({ path: join(folder, 'store.db') })
    const things = await store.open(defineCollection('things'))
    const inserts = Promise.all(Array.from({ length: 600 }, (_, n) => things.insert({ _id: String(n) })))
    await store.close()
    expect(new Set(await inserts)).toEqual(new Set(['inserted']))
    await new Promise((resolve) => setImmediate(resolve))
  })
})

describe('a file', () => {
  it('whose writer was killed is gone from disk at the next start', async () => {
    const writer = startChild('disk', folder)
    for (let n = 0; n < 5; n++) expect(await writer.line()).toBe('wrote')
    await writer.kill()
    expect(filesUnder(folder)).toHaveLength(1)
    await openDiskFiles({ folder, clock, random })
    expect(filesUnder(folder)).toEqual([])
  })

  it('half named when its writer was killed is gone at the next start too', async () => {
    const files = await openDiskFiles({ folder, clock, random })
    const { id } = await files.write(Buffer.from('content'), about)
    // What a kill between the two renames leaves: content in its place, info not yet.
    writeFileSync(join(folder, 'writing', `${id}.json`), '{}')
    rmSync(join(folder, id.slice(-2), `${id}.json`))
    await openDiskFiles({ folder, clock, random })
    expect(filesUnder(folder)).toEqual([])
  })

  it.skipIf(without('mongodb'))('whose writer was killed is no file in GridFS', async () => {
    const server = await startMongo()
    const writer = startChild('gridfs', server.url)
    for (let n = 0; n < 5; n++) expect(await writer.line()).toBe('wrote')
    await writer.kill()
    const client = new MongoClient(server.url)
    expect(await client.db().collection('files.files').countDocuments()).toBe(0)
    await client.close()
    await server.remove()
  })

  it("from a sender whose connection breaks fails with the sender's error, not as ours", async () => {
    const files = await openDiskFiles({ folder, clock, random })
    async function* source() {
      yield Buffer.alloc(1000)
      throw Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' })
    }
    await expect(files.write(source(), about)).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect(filesUnder(folder)).toEqual([])
  })

  // A disk of 4 MB of our own; only root may mount one.
  it.skipIf(process.getuid?.() !== 0)('that does not fit is Unavailable and leaves nothing; a smaller one fits', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder])
    try {
      const files = await openDiskFiles({ folder, clock, random })
      await files.write(Buffer.from('small'), about)
      const before = filesUnder(folder)
      await expect(files.write(Buffer.alloc(6_000_000), about)).rejects.toMatchObject({ code: 'unavailable', part: 'files' })
      expect(filesUnder(folder)).toEqual(before)
      await files.write(Buffer.alloc(1_000_000), about)
    } finally {
      execFileSync('umount', [folder])
    }
  })
})

it('a data folder that cannot be made is not said to be in use', async () => {
  writeFileSync(join(folder, 'file'), '')
  const problems = [expect.stringContaining('cannot be written')]
  await expect(lockDataDir(join(folder, 'file', 'data'))).rejects.toMatchObject({ code: 'start_refused', problems })
})
