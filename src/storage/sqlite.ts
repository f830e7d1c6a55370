// The embedded document store: a table per collection in one SQLite file, each row an `_id` and its document as JSON text.
import type { SQLOutputValue } from 'node:sqlite'
import { applyUpdate, readPaths } from './change.ts'
import type { Collection, Filter, Index, Store } from './collection.ts'
import { checkPage, readFilter, type Test } from './filter.ts'
import { once } from './once.ts'
import { connect, type Connection, isConflict, type Run } from './sqlite-connection.ts'
import { indexSql, orderSql, pageSql, quoteName, whereSql } from './sqlite-filter.ts'
import { Taken } from './taken.ts'

/**
 * Opens, or makes, the file at `path`. In production one process at a time: take `lockDataDir` first.
 * @throws Unavailable when the file cannot be opened.
 */
export async function openSqliteStore(options: { path: string }): Promise<Store> {
  const connection = connect(options.path)
  const prepare = once(({ name, indexes }) =>
    connection.write((run) => {
      run.change(`CREATE TABLE IF NOT EXISTS ${quoteName(name)} (_id TEXT NOT NULL PRIMARY KEY, doc TEXT NOT NULL) STRICT`)
      for (const index of indexes) prepareIndex(run, name, index)
    }),
  )
  return {
    async open(definition) {
      await prepare(definition)
      return openTable(connection, definition.name)
    },
    async ping() {
      connection.read('SELECT count(*) FROM sqlite_schema')
    },
    async close() {
      connection.close()
    },
  }
}

/** Makes the index, or makes it anew when its definition has changed since the file was written. */
function prepareIndex(run: Run, table: string, index: Index): void {
  const name = `${table}.${index.name}`
  const wanted = indexSql(table, index)
  const [there] = run.rows("SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?", name)
  if (there?.['sql'] === wanted) return
  if (there) run.change(`DROP INDEX ${quoteName(name)}`)
  run.change(wanted)
}

function openTable<T extends { _id: string }>(connection: Connection, name: string): Collection<T> {
  const table = quoteName(name)

  const from = (filter: Filter, ...more: Test[]) => {
    const { text, values } = whereSql([...more, ...readFilter(filter)])
    return [`FROM ${table} WHERE ${text}`, values] as const
  }

  return {
    async insert(document) {
      const sql = `INSERT INTO ${table} (_id, doc) VALUES (?, ?) ON CONFLICT DO NOTHING`
      const text = JSON.stringify(document)
      return (await connection.write((run) => run.change(sql, document._id, text))) === 1 ? 'inserted' : 'duplicate'
    },

    async get(id) {
      const [row] = connection.read(`SELECT doc FROM ${table} WHERE _id = ?`, id)
      return row && readDocument<T>(row)
    },

    async find(filter, options = {}) {
      checkPage(options)
      const [rows, values] = from(filter)
      return connection.read(`SELECT doc ${rows}${orderSql(options.sort)}${pageSql(options)}`, ...values).map((row) => readDocument<T>(row))
    },

    async count(filter) {
      const [rows, values] = from(filter)
      return Number(connection.read(`SELECT count(*) AS n ${rows}`, ...values)[0]?.['n'])
    },

    async update(id, update, onlyIf = {}) {
      readPaths(update)
      const [rows, values] = from(onlyIf, { is: '$eq', path: '_id', value: id })
      return connection.write((run) => {
        const [row] = run.rows(`SELECT doc ${rows}`, ...values)
        if (!row) return false
        const document = readDocument<Record<string, unknown>>(row)
        applyUpdate(document, update)
        replace(run, `UPDATE ${table} SET doc = ? WHERE _id = ?`, JSON.stringify(document), id)
        return true
      })
    },

    async put(document) {
      const sql = `INSERT INTO ${table} (_id, doc) VALUES (?, ?) ON CONFLICT (_id) DO UPDATE SET doc = excluded.doc`
      const text = JSON.stringify(document)
      await connection.write((run) => replace(run, sql, document._id, text))
    },

    async remove(id) {
      return (await connection.write((run) => run.change(`DELETE FROM ${table} WHERE _id = ?`, id))) > 0
    },

    async removeAll(filter) {
      const [rows, values] = from(filter)
      return connection.write((run) => run.change(`DELETE ${rows}`, ...values))
    },
  }

  function replace(run: Run, sql: string, ...values: string[]): void {
    try {
      run.change(sql, ...values)
    } catch (error) {
      throw isConflict(error) ? new Taken(name, error) : error
    }
  }
}

function readDocument<T>(row: Record<string, SQLOutputValue>): T {
  const document: T = JSON.parse(String(row['doc']))
  return document
}
