// Stores in trouble: a server that goes away or falls silent, a full disk, and kill -9 in the middle of writes.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { defineCollection } from '../../src/storage/collection.ts'
import { openMongoStore } from '../../src/storage/mongodb.ts'
import { openSqliteStore } from '../../src/storage/sqlite.ts'
import { startMongo } from '../support/mongodb.ts'
import { without } from '../support/needs.ts'
import { startChild } from './children.ts'

const definition = defineCollection<{ _id: string; text?: string }>('things', [{ name: 'text', fields: ['text'] }])
const unavailable = { code: 'unavailable', part: 'storage' }

describe.skipIf(without('mongodb'))('mongodb', () => {
  it('is Unavailable while its server is down, and works again without being opened again', async () => {
    const server = await startMongo()
    const store = await openMongoStore({ url: server.url })
    const things = await store.open(definition)
    await things.insert({ _id: 'before' })

    for (const end of [() => server.stop(), async () => server.kill()]) {
      await end()
      await Promise.all([
        expect(things.insert({ _id: 'during' })).rejects.toMatchObject(unavailable),
        expect(things.find({})).rejects.toMatchObject(unavailable),
        expect(things.update('before', { $set: { text: 'a' } })).rejects.toMatchObject(unavailable),
        expect(things.put({ _id: 'during' })).rejects.toMatchObject(unavailable),
        expect(things.removeAll({})).rejects.toMatchObject(unavailable),
        expect(store.ping()).rejects.toMatchObject(unavailable),
      ])
      await server.start()
      await store.ping()
      expect(await things.insert({ _id: 'before' })).toBe('duplicate')
      expect(await things.find({})).toEqual([{ _id: 'before' }])
    }
    await store.close()
    await server.remove()
  })

  it('does not wait for ever on a server that says nothing', async () => {
    const server = await startMongo()
    const store = await openMongoStore({ url: server.url })
    server.freeze()
    await expect(store.ping()).rejects.toMatchObject(unavailable)
    server.thaw()
    await store.ping()
    await store.close()
    await server.remove()
  })

  it('refuses to open without a server', async () => {
    await expect(openMongoStore({ url: 'mongodb://127.0.0.1:1' })).rejects.toMatchObject(unavailable)
  })

  it('keeps databases of one server apart', async () => {
    const server = await startMongo()
    const stores = await Promise.all(
      [server.urlFor('a'), server.urlFor('b'), server.urlFor(''), server.urlFor('mendline?appName=x')].map((url) => openMongoStore({ url })),
    )
    const [a, b, none, named] = await Promise.all(stores.map((store) => store.open(definition)))
    expect([await a?.insert({ _id: '1' }), await b?.insert({ _id: '1' })]).toEqual(['inserted', 'inserted'])
    expect([await none?.insert({ _id: '1' }), await named?.insert({ _id: '1' })]).toEqual(['inserted', 'duplicate'])
    for (const store of stores) await store.close()
    await server.remove()
  })
})

describe('sqlite', () => {
  it('has everything it acknowledged after kill -9', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mendline-kill-'))
    const path = join(folder, 'store.db')
    for (const lines of [1, 200, 1000]) {
      const child = startChild('inserts', path)
      const acknowledged: string[] = []
      while (acknowledged.length < lines) acknowledged.push((await child.line()) ?? '')
      acknowledged.push(...(await child.kill()))

      const store = await openSqliteStore({ path })
      const things = await store.open(defineCollection('things'))
      const kept = new Set((await things.find({})).map((thing) => thing._id))
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
      await things.removeAll({})
      await store.close()
    }
    rmSync(folder, { recursive: true })
  })

  // A disk of 2 MB of our own; only root may mount one.
  it.skipIf(process.getuid?.() !== 0)('is Unavailable on a full disk, keeps what it had, and goes on once there is room', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mendline-full-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder])
    try {
      const store = await openSqliteStore({ path: join(folder, 'store.db') })
      const things = await store.open(definition)
      const acknowledged: string[] = []
      const fill = async () => {
        for (let n = 0; n < 1000; n++) {
          const _id = String(n).padStart(4, '0')
          await things.insert({ _id, text: `${n} ${'x'.repeat(10_000)}` })
          acknowledged.push(_id)
        }
      }
      await expect(fill()).rejects.toMatchObject(unavailable)
      expect(acknowledged.length).toBeGreaterThan(20)
      await expect(things.put({ _id: 'large', text: 'x'.repeat(2 ** 20) })).rejects.toMatchObject(unavailable)
      expect((await things.find({}, { sort: { _id: 1 } })).map((thing) => thing._id)).toEqual(acknowledged)

      execFileSync('mount', ['-o', 'remount,size=8m', folder])
      expect(await things.insert({ _id: 'after' })).toBe('inserted')
      expect(await things.count({})).toBe(acknowledged.length + 1)
      await store.close()
    } finally {
      execFileSync('umount', [folder])
      rmSync(folder, { recursive: true })
    }
  })
})
