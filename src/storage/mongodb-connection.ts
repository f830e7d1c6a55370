// A connection to a MongoDB server: settings for durability and outages, the database's name, and errors by what they mean.
import { type Db, MongoClient, MongoError, MongoServerError } from 'mongodb'
import { Unavailable } from '../errors.ts'

export interface MongoConnection {
  readonly client: MongoClient
  readonly database: Db
  /** Runs `work`, with its errors translated. */
  readonly run: <R>(work: () => Promise<R>) => Promise<R>
}

/** A server that says nothing for this long is taken for gone. */
const patience = 2000

/**
 * Connects; outages later on are the driver's to overcome. It repeats a write once where the server can tell a repetition (replica
 * sets and shards), and leaves a server on its own, FerretDB among them, to our callers.
 * @throws Unavailable when no server answers.
 */
export async function connectMongo(url: string, part: 'storage' | 'files'): Promise<MongoConnection> {
  const client = new MongoClient(url, {
    ignoreUndefined: true,
    writeConcern: { w: 'majority', journal: true },
    readPreference: 'primary',
    serverSelectionTimeoutMS: patience,
    connectTimeoutMS: 5000,
    waitQueueTimeoutMS: 10_000,
    socketTimeoutMS: 30_000,
  })
  const run = async <R>(work: () => Promise<R>): Promise<R> => {
    try {
      return await work()
    } catch (error) {
      throw translate(error, part)
    }
  }
  try {
    await run(() => client.connect())
  } catch (error) {
    await client.close()
    throw error
  }
  return { client, database: client.db(databaseOf(url)), run }
}

/** @throws Unavailable unless the server answers within two seconds. */
export async function pingMongo({ database, run }: MongoConnection): Promise<void> {
  // The signal is for a server that takes connections and says nothing.
  const silent = AbortSignal.timeout(patience)
  await run(() => database.command({ ping: 1 }, { signal: silent }))
}

/** True for a unique index that said no. FerretDB 1.x knows the right code for inserts only, and passes on its engine's words for changes. */
export function isDuplicate(error: unknown): boolean {
  if (!(error instanceof MongoServerError)) return false
  return error.code === 11000 || (error.code === 1 && /UNIQUE constraint failed|duplicate key value/.test(error.message))
}

/** The driver's own default would be `test`. */
function databaseOf(url: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/?]*\/([^?]+)/.exec(url)?.[1]
  return path === undefined ? 'mendline' : decodeURIComponent(path)
}

// BadValue, FailedToParse, TypeMismatch, PathNotViable, ConflictingUpdateOperators, DollarPrefixedFieldName, EmptyFieldName
const mistakes: ReadonlySet<unknown> = new Set([2, 9, 14, 28, 40, 52, 56])

/** Mistakes of ours stay mistakes, so that nobody tries them again; a duplicate is for the caller to read. */
function translate(error: unknown, part: 'storage' | 'files'): unknown {
  if (isDuplicate(error)) return error
  if (error instanceof MongoServerError && mistakes.has(error.code)) return new TypeError(error.message, { cause: error })
  // A connection that breaks in the middle of a write comes out of the driver as the socket's own error.
  if (error instanceof MongoError || (error instanceof Error && (error.name === 'TimeoutError' || 'syscall' in error))) return new Unavailable(part, error)
  return error
}
