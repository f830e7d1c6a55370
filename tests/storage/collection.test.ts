// The contract of collections, over every store and real connections: races, filters, order, and what comes back.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { Query } from 'mingo'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Collection, defineCollection, type Filter, type Store } from '../../src/storage/collection.ts'
import { openMongoStore } from '../../src/storage/mongodb.ts'
import { openSqliteStore } from '../../src/storage/sqlite.ts'
import { startMongo } from '../support/mongodb.ts'
import { without } from '../support/needs.ts'

interface Thing {
  _id: string
  [field: string]: unknown
}

interface Bench {
  /** A further client of the same data. */
  connect(): Promise<Store>
  remove(): Promise<void>
}

async function sqliteBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'mendline-sqlite-'))
  return {
    connect: () => openSqliteStore({ path: join(folder, 'store.db') }),
    remove: async () => rmSync(folder, { recursive: true }),
  }
}

async function mongoBench(): Promise<Bench> {
  const server = await startMongo()
  return { connect: () => openMongoStore({ url: server.url }), remove: () => server.remove() }
}

describe('sqlite', () => contract(sqliteBench))
describe.skipIf(without('mongodb'))('mongodb', () => contract(mongoBench))

function contract(open: () => Promise<Bench>): void {
  let bench: Bench
  let store: Store
  let other: Store
  let collections = 0

  beforeAll(async () => {
    bench = await open()
    store = await bench.connect()
    other = await bench.connect()
  })
  afterAll(async () => {
    await store.close()
    await other.close()
    await bench.remove()
  })

  const fresh = (...unique: string[][]) =>
    defineCollection<Thing>(
      `things${++collections}`,
      unique.map((fields, n) => ({ name: `unique${n}`, fields, unique: true })),
    )

  /** A new collection with these documents, `_id` by position where there is none. */
  async function filled(...documents: Record<string, unknown>[]): Promise<Collection<Thing>> {
    const things = await store.open(fresh())
    for (const [n, document] of documents.entries()) await things.insert({ _id: String(n), ...document })
    return things
  }

  const ids = async (things: Collection<Thing>, filter: Filter) => (await things.find(filter, { sort: { _id: 1 } })).map((thing) => thing._id).join(' ')

  describe('documents', () => {
    it('come back as they went in', async () => {
      const document = {
        _id: 'a',
        text: 'é\u0000"\'\\ 🔧\n',
        number: 1.5,
        large: 2 ** 40,
        yes: true,
        nothing: null,
        list: [1, {}, 'b'],
        deep: { er: { est: '' } },
      }
      const things = await filled(document)
      expect(await things.get('a')).toEqual(document)
      expect(await things.find({})).toEqual([document])
      expect(await things.get('b')).toBeUndefined()
    })

    it('lose what is undefined', async () => {
      const things = await filled({ kept: 1, lost: undefined })
      expect(Object.keys((await things.get('0')) ?? {}).toSorted()).toEqual(['_id', 'kept'])
    })

    it('are told apart by any _id', async () => {
      const odd = ['', ' ', 'a', 'A', 'ä', 'a\u0308', '$a', 'a.b', "'", '"', '%', '\\', '🔧', '0', '00', 'null']
      const things = await filled(...odd.map((_id) => ({ _id })))
      expect(await things.count({})).toBe(odd.length)
      for (const id of odd) expect(await ids(things, { _id: id })).toBe(id)
      for (const id of odd) expect(await things.remove(id)).toBe(true)
    })

    it('are replaced or made by put', async () => {
      const things = await filled({ a: 1 })
      await things.put({ _id: '0', b: 2 })
      await things.put({ _id: '1', b: 3 })
      expect(await things.find({}, { sort: { _id: 1 } })).toEqual([
        { _id: '0', b: 2 },
        { _id: '1', b: 3 },
      ])
    })

    it('are removed once', async () => {
      const things = await filled({ a: 1 }, { a: 1 }, { a: 2 }, { a: 1 })
      expect([await things.remove('0'), await things.remove('0')]).toEqual([true, false])
      expect([await things.removeAll({ a: 1 }), await things.removeAll({ a: 1 })]).toEqual([2, 0])
      expect(await ids(things, {})).toBe('2')
    })
  })

  describe('unique indexes', () => {
    it('say duplicate for _id and for every index, and keep the first', async () => {
      const things = await store.open(fresh(['stream', 'n'], ['key.inner']))
      expect(await things.insert({ _id: 'a', stream: 's', n: 1, key: { inner: 'k1' } })).toBe('inserted')
      expect(await things.insert({ _id: 'a', stream: 't', n: 1, key: { inner: 'k2' } })).toBe('duplicate')
      expect(await things.insert({ _id: 'b', stream: 's', n: 1, key: { inner: 'k2' } })).toBe('duplicate')
      expect(await things.insert({ _id: 'b', stream: 's', n: 2, key: { inner: 'k1' } })).toBe('duplicate')
      expect(await things.insert({ _id: 'b', stream: 's', n: 2, key: { inner: 'k2' } })).toBe('inserted')
      expect(await ids(things, { stream: 's' })).toBe('a b')
    })

    it('let one of many racing clients win', async () => {
      const definition = fresh(['stream', 'n'])
      const clients = [await store.open(definition), await other.open(definition)]
      for (let n = 0; n < 20; n++) {
        const race = Array.from({ length: 10 }, async (_, runner) => clients[runner % 2]?.insert({ _id: `${n}-${runner}`, stream: 's', n }))
        const results = await Promise.all(race)
        expect(results.filter((result) => result === 'inserted')).toHaveLength(1)
      }
      expect(await clients[0]?.count({ stream: 's' })).toBe(20)
    })

    it('refuse a change that would repeat, and leave everything as it was', async () => {
      const things = await store.open(fresh(['n']))
      await things.insert({ _id: 'a', n: 1 })
      await things.insert({ _id: 'b', n: 2 })
      await expect(things.update('b', { $set: { n: 1 } })).rejects.toMatchObject({ code: 'taken' })
      await expect(things.put({ _id: 'c', n: 1 })).rejects.toMatchObject({ code: 'taken' })
      expect(await things.find({}, { sort: { n: 1 } })).toEqual([
        { _id: 'a', n: 1 },
        { _id: 'b', n: 2 },
      ])
    })

    it('change with their definition', async () => {
      const definition = fresh(['a'])
      const things = await store.open(definition)
      await things.insert({ _id: '0', a: 1, b: 1 })
      await store.open({ ...definition, indexes: [{ name: 'unique0', fields: ['b'], unique: true }] })
      expect(await things.insert({ _id: '1', a: 1, b: 2 })).toBe('inserted')
      expect(await things.insert({ _id: '2', a: 2, b: 1 })).toBe('duplicate')
    })
  })

  describe('updates', () => {
    it('set, unset and increment, also deep inside', async () => {
      const things = await filled({ a: 1, b: { c: 2, d: 3 }, gone: 1 })
      const done = await things.update('0', {
        $set: { 'b.e': [1], f: { g: null } },
        $unset: { gone: '', 'b.d': '', 'never.was': '' },
        $inc: { a: 2, 'h.i': -1 },
      })
      expect(done).toBe(true)
      expect(await things.get('0')).toEqual({ _id: '0', a: 3, b: { c: 2, e: [1] }, f: { g: null }, h: { i: -1 } })
    })

    it('happen only if the condition holds', async () => {
      const things = await filled({ state: 'open', n: 1 })
      expect(await things.update('0', { $set: { n: 2 } }, { state: 'closed' })).toBe(false)
      expect(await things.update('0', { $set: { n: 2 } }, { _id: '1' })).toBe(false)
      expect(await things.update('1', { $set: { n: 2 } })).toBe(false)
      expect(await things.get('0')).toEqual({ _id: '0', state: 'open', n: 1 })
      expect(await things.update('0', { $set: { n: 2 } }, { state: 'open', $or: [{ n: 1 }, { n: 5 }] })).toBe(true)
      expect(await things.update('0', { $set: { n: 2 } })).toBe(true) // there, though nothing changes
      expect(await things.get('0')).toEqual({ _id: '0', state: 'open', n: 2 })
    })

    it('that are mistakes are refused', async () => {
      const things = await filled({ text: 'a' })
      for (const update of [{}, { $set: { _id: 'b' } }, { $set: { a: 1 }, $inc: { a: 1 } }, { $set: { a: undefined } }, { $set: { $a: 1 } }])
        await expect(things.update('0', update)).rejects.toBeInstanceOf(TypeError)
      await expect(things.update('0', { $inc: { text: 1 } })).rejects.toBeInstanceOf(TypeError)
      expect(await things.get('0')).toEqual({ _id: '0', text: 'a' })
    })
  })

  describe('filters', () => {
    const cases: [Filter, string][] = [
      [{}, '0 1 2 3 4 5 6'],
      [{ a: 1 }, '0'],
      [{ a: { $eq: 'x' } }, '2'],
      [{ a: null }, '4 5'],
      [{ a: { $ne: null } }, '0 1 2 3 6'],
      [{ a: { $ne: 1 } }, '1 2 3 4 5 6'],
      [{ a: { $in: [1, 'y', null] } }, '0 3 4 5'],
      [{ a: { $in: [] } }, ''],
      [{ a: { $gt: 1 } }, '1'],
      [{ a: { $gte: 1, $lt: 2 } }, '0'],
      [{ a: { $lt: 'y' } }, '2'],
      [{ a: { $lte: 'y', $gt: 'x' } }, '3'],
      [{ a: { $exists: true } }, '0 1 2 3 4 6'],
      [{ a: { $exists: false } }, '5'],
      [{ a: true }, '6'],
      [{ 'b.c': 'deep' }, '5'],
      [{ 'b.c': null, a: { $ne: null } }, '0 1 2 3 6'],
      [{ $or: [{ a: 1 }, { b: { $exists: true } }] }, '0 5'],
      [{ _id: { $gt: '4' } }, '5 6'],
      [{ _id: { $in: ['1', '9'] }, a: 2 }, '1'],
    ]
    it.each(cases)('%j', async (filter, expected) => {
      const things = await filled({ a: 1 }, { a: 2 }, { a: 'x' }, { a: 'y' }, { a: null }, { b: { c: 'deep' } }, { a: true })
      expect(await ids(things, filter)).toBe(expected)
      expect(await things.count(filter)).toBe(expected.split(' ').filter(Boolean).length)
      expect(await things.removeAll(filter)).toBe(expected.split(' ').filter(Boolean).length)
    })

    it('with a forgotten value are refused, before they match everything', async () => {
      const things = await filled({ a: 1 })
      for (const filter of [{ a: undefined }, { $or: [] }, { a: {} }, { a: { $eq: undefined } }])
        await expect(things.removeAll(filter)).rejects.toBeInstanceOf(TypeError)
      expect(await things.count({})).toBe(1)
    })

    it('answer as mingo does', async () => {
      const value = fc.constantFrom(null, true, false, 0, -1, 1, 1.5, 2 ** 33, '', 'a', 'A', 'ab', 'é', '1')
      const bound = fc.constantFrom(0, 1, 1.5, -7, '', 'a', 'ab', 'é')
      const document = fc.record(
        { a: value, b: fc.oneof(value, fc.record({ c: value }, { requiredKeys: [], noNullPrototype: true })) },
        { requiredKeys: [], noNullPrototype: true },
      )
      const condition = fc.oneof(
        value,
        value.map(($eq) => ({ $eq })),
        value.map(($ne) => ({ $ne })),
        fc.array(value, { maxLength: 4 }).map(($in) => ({ $in })),
        fc.boolean().map(($exists) => ({ $exists })),
        bound.map(($gt) => ({ $gt })),
        bound.map(($gte) => ({ $gte })),
        bound.map(($lt) => ({ $lt })),
        bound.map(($lte) => ({ $lte })),
      )
      const flat = fc.dictionary(fc.constantFrom('a', 'b', 'b.c', 'd'), condition, { maxKeys: 3, noNullPrototype: true })
      const filter: fc.Arbitrary<Filter> = fc.oneof(
        flat,
        fc.tuple(flat, fc.array(flat, { minLength: 1, maxLength: 3 })).map(([all, $or]): Filter => Object.assign({}, all, { $or })),
      )
      const samples = fc.sample(document, { numRuns: 60, seed: 1 }).map((one, n) => ({ _id: String(n).padStart(2, '0'), ...one }))
      const things = await filled(...samples)
      await fc.assert(
        fc.asyncProperty(filter, async (asked) => {
          const query = new Query({ ...asked })
          expect(await ids(things, asked)).toBe(
            samples
              .filter((sample) => query.test(sample))
              .map((sample) => sample._id)
              .join(' '),
          )
        }),
        { numRuns: 300 },
      )
    })
  })

  describe('order', () => {
    it('sorts by several fields, missing first, then numbers, text and booleans', async () => {
      const things = await filled({ a: 'b' }, { a: 10 }, { a: 'B' }, { a: 9 }, {}, { a: true }, { a: 'é' }, { a: 9, b: 1 })
      const order = async (sort: Record<string, 1 | -1>) => (await things.find({}, { sort })).map((thing) => thing._id).join('')
      expect(await order({ a: 1, b: -1 })).toBe('47312065')
      expect(await order({ a: -1, _id: 1 })).toBe('56021374')
    })

    it('cuts pages', async () => {
      const things = await filled(...Array.from({ length: 250 }, (_, n) => ({ _id: String(n).padStart(3, '0'), n })))
      const page = async (skip: number, limit?: number) =>
        (await things.find({ n: { $gte: 100 } }, { sort: { n: -1 }, skip, ...(limit !== undefined && { limit }) })).map((thing) => thing['n'])
      expect(await page(0, 2)).toEqual([249, 248])
      expect(await page(148, 5)).toEqual([101, 100])
      expect(await page(0, 0)).toEqual([])
      expect(await page(10)).toHaveLength(140)
      await expect(page(-1)).rejects.toBeInstanceOf(RangeError)
    })
  })

  it('answers a ping, and is Unavailable once closed', async () => {
    const client = await bench.connect()
    const things = await client.open(fresh())
    await client.ping()
    await client.close()
    await expect(things.insert({ _id: 'a' })).rejects.toMatchObject({ code: 'unavailable', part: 'storage' })
    await expect(things.get('a')).rejects.toMatchObject({ code: 'unavailable' })
    await expect(client.ping()).rejects.toMatchObject({ code: 'unavailable' })
  })
}
