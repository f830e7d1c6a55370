// One open SQLite file: settings for durability, prepared statements, writes that share a commit, and errors by what they mean.
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite'
import { Unavailable } from '../errors.ts'

export interface Connection {
  /** Rows as they are committed now. */
  read(sql: string, ...values: SQLInputValue[]): Record<string, SQLOutputValue>[]
  /**
   * Runs `work` in a transaction that it may share with other writers of the same moment; resolves after the commit has reached the disk.
   * When `work` throws, nothing of it is left, and the others go on.
   */
  write<R>(work: (run: Run) => R): Promise<R>
  close(): void
}

/** Runs one statement inside a transaction. */
export interface Run {
  rows(sql: string, ...values: SQLInputValue[]): Record<string, SQLOutputValue>[]
  /** The number of rows changed. */
  change(sql: string, ...values: SQLInputValue[]): number
}

interface Waiting {
  /** Does the work; answers how to tell its caller once the commit is through. */
  work(run: Run): () => void
  refuse(error: unknown): void
}

/** Statements kept prepared; filters come in few shapes, so this is never reached in honest use. */
const statementsKept = 500
/** Writers per commit: enough to make the disk's flush cheap, few enough not to hold up the event loop. */
const commitSize = 256

/** @throws Unavailable when the file cannot be opened. */
export function connect(path: string): Connection {
  const database = translated(() => openDatabase(path))
  const statements = new Map<string, StatementSync>()
  let waiting: Waiting[] = []
  let scheduled: NodeJS.Immediate | undefined

  function prepare(sql: string): StatementSync {
    const known = statements.get(sql)
    if (known) return known
    const statement = database.prepare(sql)
    const [oldest] = statements.keys()
    if (oldest !== undefined && statements.size >= statementsKept) statements.delete(oldest)
    statements.set(sql, statement)
    return statement
  }

  const run: Run = { rows: (sql, ...values) => prepare(sql).all(...values), change: (sql, ...values) => Number(prepare(sql).run(...values).changes) }

  /** One commit for many writers: each learns its own result, and nobody learns it before the disk has it. */
  function commit(): void {
    clearImmediate(scheduled)
    scheduled = undefined
    const batch = waiting.splice(0, commitSize)
    if (waiting.length > 0) scheduled = setImmediate(commit)
    const tell: (() => void)[] = []
    try {
      prepare('BEGIN IMMEDIATE').run()
      for (const writer of batch) {
        prepare('SAVEPOINT writer').run()
        try {
          tell.push(writer.work(run))
        } catch (error) {
          if (translate(error) !== error) throw error
          prepare('ROLLBACK TO writer').run()
          tell.push(() => writer.refuse(error))
        }
        prepare('RELEASE writer').run()
      }
      prepare('COMMIT').run()
    } catch (error) {
      for (const writer of batch) writer.refuse(translate(error))
      // SQLite has rolled back by itself after some errors, a full disk among them.
      if (database.isTransaction) prepare('ROLLBACK').run()
      return
    }
    for (const one of tell) one()
  }

  return {
    read: (sql, ...values) => translated(() => run.rows(sql, ...values)),
    write(work) {
      return new Promise((resolve, reject) => {
        if (!database.isOpen) return reject(new Unavailable('storage', 'closed'))
        waiting.push({
          work(run) {
            const result = work(run)
            return () => resolve(result)
          },
          refuse: reject,
        })
        scheduled ??= setImmediate(commit)
      })
    },
    close() {
      if (!database.isOpen) return
      while (waiting.length > 0) commit()
      statements.clear()
      database.close()
    },
  }
}

function openDatabase(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true })
  // In production one process owns the file (see lock.ts); the timeout is for tests and tools that open it beside.
  const database = new DatabaseSync(path, { timeout: 5000 })
  // WAL with FULL flushes on every commit: what was acknowledged survives a power cut.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000')
  return database
}

function translated<R>(work: () => R): R {
  try {
    return work()
  } catch (error) {
    throw translate(error)
  }
}

/** What the disk or the file does to us is `Unavailable`; the rest are mistakes of ours and stay as they are. */
function translate(error: unknown): unknown {
  const code = resultCode(error)
  if (code === 'closed' || code === 'system') return new Unavailable('storage', error)
  return code !== undefined && environmental.has(code) ? new Unavailable('storage', error) : error
}

/** True for a unique index that said no. */
export function isConflict(error: unknown): boolean {
  return resultCode(error) === constraint
}

// https://www.sqlite.org/rescode.html, primary codes: PERM BUSY LOCKED NOMEM READONLY IOERR CORRUPT FULL CANTOPEN PROTOCOL NOTADB
const environmental: ReadonlySet<number | string> = new Set([3, 5, 6, 7, 8, 10, 11, 13, 14, 15, 26])
const constraint = 19

function resultCode(error: unknown): number | 'closed' | 'system' | undefined {
  if (!(error instanceof Error)) return undefined
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode & 0xff
  if ('code' in error && error.code === 'ERR_INVALID_STATE') return 'closed'
  return 'syscall' in error ? 'system' : undefined
}
