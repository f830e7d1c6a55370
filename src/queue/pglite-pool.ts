// Lets BullMQ's PostgreSQL backend, made for a pool of connections, work on the one session of an in-process PGlite.
import { EventEmitter } from 'node:events'
import { setImmediate } from 'node:timers/promises'
import type { PGlite } from '@electric-sql/pglite'
import type { PgPool, PgPoolClient, PgQueryResult } from 'bullmq'

type Query = <R>(text: string, params?: readonly unknown[]) => Promise<PgQueryResult<R>>

/**
 * PGlite has no autovacuum, and nobody writes checkpoints: left alone, 56,000 jobs leave 300 MB behind and halve the speed.
 * Tidying takes some 30 ms, so it waits until there is something to tidy.
 */
const tidyEveryMs = 3_000
const tidyAfterStatements = 1_000

/** What `pool.connect()` hands out: hears the notifications of the session that all share. */
class PgliteClient extends EventEmitter implements PgPoolClient {
  readonly query: Query
  readonly release: () => void

  constructor(db: PGlite, query: Query) {
    super()
    this.query = query
    this.release = db.onNotification((channel, payload) => this.emit('notification', { channel, payload }))
  }
}

/**
 * PGlite runs one statement after the other, and each operation of BullMQ is one statement (a function call), so sharing the session
 * needs no lock. A transaction over several statements would be torn apart by the others and is refused; BullMQ has them in its
 * migrations only, which run before there is a pool.
 */
export class PglitePool extends EventEmitter implements PgPool {
  /** Nobody drops an in-process connection, so BullMQ need not poll for fear of it. */
  readonly options = { keepAlive: true }
  readonly #db: PGlite
  readonly #onError: (error: unknown) => void
  readonly #timer: NodeJS.Timeout
  #last: Promise<unknown> = Promise.resolve()
  #statements = 0

  constructor(db: PGlite, onError: (error: unknown) => void) {
    super()
    this.#db = db
    this.#onError = onError
    // Every queue and worker adds one and none takes it away.
    this.setMaxListeners(0)
    this.#timer = setInterval(() => void this.#tidy(), tidyEveryMs).unref()
  }

  readonly query: Query = <R>(text: string, params: readonly unknown[] = []) => {
    const answer = this.#last.then(() => this.#run<R>(text, params))
    this.#last = answer.catch(() => {})
    return answer
  }

  async #run<R>(text: string, params: readonly unknown[]): Promise<PgQueryResult<R>> {
    if (/^\s*(begin|start transaction)\b/i.test(text)) throw new Error('PGlite has one session for all: no transaction over several statements')
    this.#statements++
    // PGlite answers without ever leaving the microtask queue: a full queue would keep timers and the network from being served.
    await setImmediate()
    const { rows, affectedRows } = await this.#db.query<R>(text, [...params])
    return { rows, rowCount: affectedRows ?? rows.length }
  }

  async connect(): Promise<PgPoolClient> {
    return new PgliteClient(this.#db, this.query)
  }

  async end(): Promise<void> {
    clearInterval(this.#timer)
    await this.#db.close()
  }

  async #tidy(): Promise<void> {
    if (this.#statements < tidyAfterStatements) return
    this.#statements = 0
    try {
      await this.#db.exec('VACUUM')
      await this.#db.exec('CHECKPOINT')
    } catch (error) {
      this.#onError(error)
    }
  }
}
