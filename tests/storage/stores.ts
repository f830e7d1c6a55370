// Both stores for the contract of collections, each with two clients of the same data.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import { type Collection, type CollectionDefinition, defineCollection, type Filter, type Store } from '../../src/storage/collection.ts'
import { openMongoStore } from '../../src/storage/mongodb.ts'
import { openSqliteStore } from '../../src/storage/sqlite.ts'
import { startMongo } from '../support/mongodb.ts'
import { without } from '../support/needs.ts'

export interface Thing {
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

export interface Stores {
  store(): Store
  /** A second client of the same data. */
  other(): Store
  /** A further one. */
  connect(): Promise<Store>
  /** A definition nobody has opened yet, with these unique indexes. */
  fresh(...unique: string[][]): CollectionDefinition<Thing>
  /** A new collection with these documents, `_id` by position where there is none. */
  filled(...documents: Record<string, unknown>[]): Promise<Collection<Thing>>
}

/** Runs the contract over SQLite, and over MongoDB where there is a server for it. */
export function overEveryStore(contract: (stores: Stores) => void): void {
  describe('sqlite', () => contract(storesOf(sqliteBench)))
  describe.skipIf(without('mongodb'))('mongodb', () => contract(storesOf(mongoBench)))
}

function storesOf(open: () => Promise<Bench>): Stores {
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
  return {
    store: () => store,
    other: () => other,
    connect: () => bench.connect(),
    fresh,
    async filled(...documents) {
      const things = await store.open(fresh())
      for (const [n, document] of documents.entries()) await things.insert({ _id: String(n), ...document })
      return things
    },
  }
}

/** What the filter finds, in order of `_id`. */
export async function idsOf(things: Collection<Thing>, filter: Filter): Promise<string> {
  return (await things.find(filter, { sort: { _id: 1 } })).map((thing) => thing._id).join(' ')
}
