// The document store on a MongoDB server, by the official driver; FerretDB 1.x runs all that is used here.
import { type Collection as MongoCollection, type Db, type Document, MongoServerError } from 'mongodb'
import { readPaths } from './change.ts'
import type { Collection, Filter, Index, Store } from './collection.ts'
import { checkPage, readFilter } from './filter.ts'
import { connectMongo, isDuplicate, type MongoConnection, pingMongo } from './mongodb-connection.ts'
import { once } from './once.ts'
import { Taken } from './taken.ts'

type AnyDocument = Document & { _id: string }

/**
 * Connects to the server; the database is the URL's path, `mendline` without one.
 * @throws Unavailable when no server answers.
 */
export async function openMongoStore(options: { url: string }): Promise<Store> {
  const connection = await connectMongo(options.url, 'storage')
  const prepare = once(({ name, indexes }) =>
    connection.run(async () => {
      for (const index of indexes) await prepareIndex(connection.database, name, index)
    }),
  )
  return {
    async open(definition) {
      await prepare(definition)
      return openCollection(connection, definition.name)
    },
    ping: () => pingMongo(connection),
    close: () => connection.client.close(),
  }
}

/** Makes the index, or makes it anew when its definition has changed since. */
async function prepareIndex(database: Db, name: string, index: Index): Promise<void> {
  const collection = database.collection(name)
  const keys = Object.fromEntries(index.fields.map((path) => [path, 1 as const]))
  const create = () => collection.createIndex(keys, { name: index.name, ...(index.unique && { unique: true }) })
  try {
    await create()
  } catch (error) {
    if (!isOtherIndex(error)) throw error
    await collection.dropIndex(index.name)
    await create()
  }
}

/** IndexOptionsConflict or IndexKeySpecsConflict: an index of this name is there and says something else. */
function isOtherIndex(error: unknown): boolean {
  return error instanceof MongoServerError && (error.code === 85 || error.code === 86)
}

function openCollection<T extends { _id: string }>({ database, run }: MongoConnection, name: string): Collection<T> {
  const documents: MongoCollection<AnyDocument> = database.collection<AnyDocument>(name)

  /** @throws Taken where a unique index refuses; not an answer here, see there. */
  const change = <R>(work: () => Promise<R>): Promise<R> =>
    run(work).catch((error: unknown) => {
      throw isDuplicate(error) ? new Taken(name, error) : error
    })

  return {
    async insert(document) {
      try {
        await run(() => documents.insertOne(document))
        return 'inserted'
      } catch (error) {
        if (isDuplicate(error)) return 'duplicate'
        throw error
      }
    },

    async get(id) {
      const found = await run(() => documents.findOne({ _id: id }))
      return found === null ? undefined : readDocument<T>(found)
    },

    async find(filter, options = {}) {
      checkPage(options)
      const { sort = {}, limit, skip = 0 } = options
      const query = readQuery(filter)
      if (limit === 0) return [] // to MongoDB it means no limit
      const found = await run(() => documents.find(query, { sort: { ...sort }, skip, ...(limit && { limit }) }).toArray())
      return found.map((document) => readDocument<T>(document))
    },

    async count(filter) {
      const query = readQuery(filter)
      return run(() => documents.countDocuments(query))
    },

    async update(id, update, onlyIf = {}) {
      readPaths(update)
      const condition = readQuery(onlyIf)
      const query = '_id' in condition ? { $and: [{ _id: id }, condition] } : { _id: id, ...condition }
      return (await change(() => documents.updateOne(query, { ...update }))).matchedCount > 0
    },

    async put(document) {
      const { _id, ...rest } = document
      const replace = () => run(() => documents.replaceOne({ _id }, rest, { upsert: true }))
      // Of two at once that both find nothing, one is refused for its _id; now there is something.
      await replace().catch((error: unknown) => (isDuplicate(error) ? change(replace) : Promise.reject(error)))
    },

    async remove(id) {
      return (await run(() => documents.deleteOne({ _id: id }))).deletedCount > 0
    },

    async removeAll(filter) {
      const query = readQuery(filter)
      return (await run(() => documents.deleteMany(query))).deletedCount
    },
  }
}

/** The filter as it is, once it is one that every store runs. */
function readQuery(filter: Filter): Document {
  readFilter(filter)
  return { ...filter }
}

function readDocument<T>(document: Document): T {
  return document as T
}
