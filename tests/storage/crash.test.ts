// What stores, files and the lock keep of their promises when processes are killed, disks are full and servers are gone.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { MongoClient } from 'mongodb'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemClock as clock } from '../../src/clock.ts'
import { openDiskFiles } from '../../src/files/disk.ts'
import { systemRandom as random } from '../../src/random.ts'
import { defineCollection } from '../../src/storage/collection.ts'
import { lockDataDir } from '../../src/storage/lock.ts'
import { openMongoStore } from '../../src/storage/mongodb.ts'
import { openSqliteStore } from '../../src/storage/sqlite.ts'
import { startMongo } from '../support/mongodb.ts'
import { without } from '../support/needs.ts'

const things = defineCollection<{ _id: string; key?: number; text?: string }>('things')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mendline-crash-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A process with the lines it has said; `until` waits for so many. */
function start(...args: string[]) {
  const child = spawn(process.execPath, [fileURLToPath(new URL('crash-process.ts', import.meta.url)), ...args], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines: string[] = []
  const reader = createInterface(child.stdout)
  const closed = once(reader, 'close')
  let wake = () => {}
  reader.on('line', (line) => {
    lines.push(line)
    wake()
  })
  return {
    pid: child.pid,
    lines,
    until: (count: number) =>
      new Promise<void>((resolve, reject) => {
        wake = () => void (lines.length >= count && resolve())
        wake()
        closed.then(() => reject(new Error(`it ended after ${lines.length} lines`)), reject)
      }),
    go: () => void child.stdin.write('go\n'),
    ended: closed,
    async kill() {
      child.kill('SIGKILL')
      await closed
    },
  }
}

function filesUnder(path: string): string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(path, name)).isFile())
}

describe('SQLite', () => {
  it('has every document it acknowledged, whenever its process is killed', async () => {
    const path = join(folder, 'store.db')
    const promised: string[] = []
    for (const [round, count] of [1, 7, 60, 200, 501].entries()) {
      const writer = start('insert', path, `${round}`)
      await writer.until(count)
      await writer.kill()
      promised.push(...writer.lines)
    }
    const store = await openSqliteStore({ path })
    const kept = new Set((await (await store.open(things)).find({})).map((thing) => thing._id))
    expect(promised.filter((id) => !kept.has(id))).toEqual([])
    await store.close()
  })

  it('lets one of two processes win each key', async () => {
    const path = join(folder, 'store.db')
    const racers = [start('race', path, 'a'), start('race', path, 'b')]
    for (const racer of racers) await racer.until(1)
    for (const racer of racers) racer.go()
    for (const racer of racers) await racer.ended
    const won = racers.flatMap((racer) => racer.lines.slice(1))
    expect(won.toSorted((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 200 }, (_, key) => String(key)))
  })

  it('finishes what was under way when it is closed', async () => {
    const store = await openSqliteStore({ path: join(folder, 'store.db') })
    const collection = await store.open(things)
    const inserts = Promise.all(Array.from({ length: 600 }, (_, n) => collection.insert({ _id: String(n) })))
    await store.close()
    expect(new Set(await inserts)).toEqual(new Set(['inserted']))
    await new Promise((resolve) => setImmediate(resolve)) // nothing may be left to run on the closed file
  })
})

describe.skipIf(cannotMount())('a full disk', () => {
  beforeEach(() => void execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'mendline-test', folder]))
  afterEach(() => void execFileSync('umount', [folder]))

  it('makes SQLite Unavailable, keeps what was there, and is forgotten once there is room', async () => {
    writeFileSync(join(folder, 'ballast'), Buffer.alloc(2_000_000))
    const store = await openSqliteStore({ path: join(folder, 'store.db') })
    const collection = await store.open(things)
    const kept: string[] = []
    const fill = async () => {
      for (let n = 0; n < 1000; n++) {
        const _id = String(n).padStart(4, '0')
        await collection.insert({ _id, text: 'x'.repeat(20_000) })
        kept.push(_id)
      }
    }
    await expect(fill()).rejects.toMatchObject({ code: 'unavailable', part: 'storage' })
    expect(kept.length).toBeGreaterThan(5)
    expect((await collection.find({}, { sort: { _id: 1 } })).map((thing) => thing._id)).toEqual(kept)
    await expect(collection.update('0000', { $set: { text: 'y'.repeat(60_000) } })).rejects.toMatchObject({ code: 'unavailable' })

    rmSync(join(folder, 'ballast'))
    expect(await collection.insert({ _id: 'later', text: 'x'.repeat(20_000) })).toBe('inserted')
    expect(await collection.count({})).toBe(kept.length + 1)
    await store.close()
  })

  it('makes files Unavailable, and leaves nothing of the one that did not fit', async () => {
    const files = await openDiskFiles({ folder: join(folder, 'files'), clock, random })
    const about = { name: 'a', contentType: 'text/plain' }
    const { id } = await files.write(Buffer.from('small'), about)
    const before = filesUnder(folder)
    await expect(files.write(Buffer.alloc(6_000_000), about)).rejects.toMatchObject({ code: 'unavailable', part: 'files' })
    expect(filesUnder(folder)).toEqual(before)
    expect((await files.read(id))?.info.size).toBe(5)
    await files.write(Buffer.alloc(1_000_000), about)
  })
})

describe('the lock on DATA_DIR', () => {
  it('refuses a second process and names the first, until that one is killed', async () => {
    const first = start('lock', folder)
    await first.until(1)
    expect(first.lines).toEqual(['locked'])
    await expect(lockDataDir(folder)).rejects.toMatchObject({ code: 'start_refused', problems: [expect.stringContaining(`process ${first.pid}.`)] })
    const second = start('lock', folder)
    await second.ended
    expect(second.lines[0]).toMatch(`StartError: DATA_DIR: ${folder} is in use by process ${first.pid}.`)

    await first.kill()
    const release = await lockDataDir(folder)
    await expect(lockDataDir(folder)).rejects.toMatchObject({ code: 'start_refused' })
    await release()
    await (
      await lockDataDir(folder)
    )()
  })

  it('says so when the folder cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '')
    await expect(lockDataDir(join(folder, 'file', 'data'))).rejects.toMatchObject({
      code: 'start_refused',
      problems: [expect.stringContaining('cannot be written')],
    })
  })
})

describe('a process killed in the middle of a file', () => {
  it('leaves nothing on disk once the next has started', async () => {
    const writer = start('disk', folder)
    await writer.until(5)
    await writer.kill()
    expect(filesUnder(folder)).toHaveLength(1)
    await openDiskFiles({ folder, clock, random })
    expect(filesUnder(folder)).toEqual([])
  })

  it.skipIf(without('mongodb'))('leaves no file in GridFS', async () => {
    const server = await startMongo()
    const writer = start('gridfs', server.url)
    await writer.until(5)
    await writer.kill()
    const client = new MongoClient(server.url)
    expect(await client.db().collection('files.files').countDocuments()).toBe(0)
    await client.close()
    await server.remove()
  })
})

describe.skipIf(without('mongodb'))('MongoDB', () => {
  it('is Unavailable while its server is gone or silent, and works again without reopening', async () => {
    const server = await startMongo()
    const store = await openMongoStore({ url: server.url })
    const collection = await store.open(things)
    await collection.insert({ _id: 'a' })

    await server.stop()
    await expect(collection.insert({ _id: 'b' })).rejects.toMatchObject({ code: 'unavailable', part: 'storage' })
    await expect(collection.get('a')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(store.ping()).rejects.toMatchObject({ code: 'unavailable' })
    await expect(openMongoStore({ url: server.url })).rejects.toMatchObject({ code: 'unavailable' })

    await server.start()
    expect(await collection.insert({ _id: 'b' })).toBe('inserted')
    server.freeze()
    await expect(store.ping()).rejects.toMatchObject({ code: 'unavailable' })
    server.thaw()
    expect(await collection.count({})).toBe(2)
    await store.close()
    await server.remove()
  })
})

/** A small disk to fill is a mount, and mounting is root's. */
function cannotMount(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'mendline-mount-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'mendline-test', place], { stdio: 'ignore' })
    execFileSync('umount', [place])
    return false
  } catch {
    console.warn('LEFT OUT on this machine, for want of the right to mount a small disk: what a full disk does')
    return true
  } finally {
    rmSync(place, { recursive: true })
  }
}
