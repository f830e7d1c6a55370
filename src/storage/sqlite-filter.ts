// Filters, sort orders and indexes as SQL over a table of JSON documents, with MongoDB's meaning of missing, null and type.
//
// Everything rests on one expression per path, its key: a value that SQLite orders as MongoDB orders the field itself.
//   missing or null → -infinity   number → itself   text → 's…'   object → 't…'   array → 'u…'   false → 'v0', true → 'v1'
// SQLite puts numbers before text, and the letters do the rest; so one plain index on the key serves =, <, > and ORDER BY,
// and a key is never NULL, so that `$ne` and unique indexes count a missing field as MongoDB does.
import type { FindOptions, Index, Scalar } from './collection.ts'
import { checkPath, type Test } from './filter.ts'

export interface Sql {
  readonly text: string
  readonly values: readonly (string | number)[]
}

const nothing = -Infinity
const nothingInSql = '-9e999'

/** `SELECT` conditions for tests that must all hold. */
export function whereSql(tests: readonly Test[]): Sql {
  if (tests.length === 0) return { text: '1', values: [] }
  return join(tests.map(testSql), ' AND ')
}

export function orderSql(sort: FindOptions['sort']): string {
  const fields = Object.entries(sort ?? {})
  if (fields.length === 0) return ''
  return ` ORDER BY ${fields.map(([path, direction]) => orderTerm(path) + (direction === -1 ? ' DESC' : '')).join(', ')}`
}

/** Written out, not bound: with SQLite 3.53 a bound LIMIT makes an indexed find six times as slow. */
export function pageSql({ limit, skip }: FindOptions): string {
  if (limit === undefined && skip === undefined) return ''
  return ` LIMIT ${limit ?? -1} OFFSET ${skip ?? 0}`
}

export function indexSql(table: string, index: Index): string {
  const keys = index.fields.map(keySql)
  return `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quoteName(`${table}.${index.name}`)} ON ${quoteName(table)} (${keys.join(', ')})`
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

function testSql(test: Test): Sql {
  switch (test.is) {
    case '$eq':
    case '$ne': {
      const sign = test.is === '$eq' ? '=' : '<>'
      // The primary key's own index serves text; documents have their `_id` inside as well, which answers for all else.
      if (test.path === '_id' && typeof test.value === 'string') return { text: `_id ${sign} ?`, values: [test.value] }
      return { text: `${keySql(test.path)} ${sign} ?`, values: [keyOf(test.value)] }
    }
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return rangeSql(test.is, test.path, test.value)
    case '$in':
      return inSql(test.path, test.values)
    case '$exists':
      return { text: `json_type(doc, ${pathSql(test.path)}) IS ${test.wanted ? 'NOT ' : ''}NULL`, values: [] }
    case '$or':
      return join(test.branches.map(whereSql), ' OR ')
  }
}

/** A range never leaves the type of its bound: `$gt: 5` does not match text, nor `$lt: 'b'` a number. */
function rangeSql(is: '$gt' | '$gte' | '$lt' | '$lte', path: string, bound: string | number): Sql {
  const sign = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' }[is]
  const up = is === '$gt' || is === '$gte'
  if (path === '_id' && typeof bound === 'string') return { text: `_id ${sign} ?`, values: [bound] }
  const key = keySql(path)
  const [first, end] = typeof bound === 'string' ? ["'s'", "'t'"] : [nothingInSql, "''"]
  const other = up ? `${key} < ${end}` : `${key} ${typeof bound === 'string' ? '>=' : '>'} ${first}`
  return { text: `(${key} ${sign} ? AND ${other})`, values: [keyOf(bound)] }
}

/** One parameter however long the list, so that every length shares one prepared statement. */
function inSql(path: string, values: readonly Scalar[]): Sql {
  if (path === '_id' && values.every((value) => typeof value === 'string'))
    return { text: '_id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(values)] }
  const found = { text: `${keySql(path)} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values.filter((value) => value !== null).map(keyOf))] }
  return values.includes(null) ? join([found, testSql({ is: '$eq', path, value: null })], ' OR ') : found
}

function join(parts: readonly Sql[], word: ' AND ' | ' OR '): Sql {
  return { text: `(${parts.map((part) => part.text).join(word)})`, values: parts.flatMap((part) => part.values) }
}

function orderTerm(path: string): string {
  return path === '_id' ? '_id' : keySql(path)
}

/** Must be the same text in indexes and in queries: SQLite compares expressions, not meanings. */
function keySql(path: string): string {
  checkPath(path)
  const at = pathSql(path)
  return (
    `CASE json_type(doc, ${at}) WHEN 'text' THEN 's' || (doc ->> ${at}) WHEN 'integer' THEN doc ->> ${at} WHEN 'real' THEN doc ->> ${at}` +
    ` WHEN 'true' THEN 'v1' WHEN 'false' THEN 'v0' WHEN 'object' THEN 't' || (doc -> ${at}) WHEN 'array' THEN 'u' || (doc -> ${at}) ELSE ${nothingInSql} END`
  )
}

function keyOf(value: Scalar): string | number {
  if (value === null) return nothing
  if (typeof value === 'boolean') return value ? 'v1' : 'v0'
  return typeof value === 'string' ? `s${value}` : value
}

/** Names go in quoted as JSON, so that a name made of digits is a name and not a place in an array. */
function pathSql(path: string): string {
  const steps = path.split('.').map((name) => `.${JSON.stringify(name)}`)
  return `'$${steps.join('').replaceAll("'", "''")}'`
}
