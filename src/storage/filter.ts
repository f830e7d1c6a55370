// Reads a filter into a flat list of tests that a store can translate, and refuses what the types cannot keep out.
import type { Condition, Filter, FindOptions, Scalar } from './collection.ts'

/** One thing that must hold of a document. */
export type Test =
  | { readonly is: '$eq' | '$ne'; readonly path: string; readonly value: Scalar }
  | { readonly is: '$gt' | '$gte' | '$lt' | '$lte'; readonly path: string; readonly value: string | number }
  | { readonly is: '$in'; readonly path: string; readonly values: readonly Scalar[] }
  | { readonly is: '$exists'; readonly path: string; readonly wanted: boolean }
  | { readonly is: '$or'; readonly branches: readonly (readonly Test[])[] }

/**
 * The tests of a filter; all must hold.
 * @throws TypeError for an unknown operator, and for `undefined` as a value: a forgotten value must not match, or remove, everything.
 */
export function readFilter(filter: Filter): Test[] {
  return Object.entries(filter).flatMap(([path, wanted]): Test[] => {
    if (path === '$or') {
      if (!isList(wanted) || wanted.length === 0) throw new TypeError('$or wants a list of at least one filter')
      return [{ is: '$or', branches: wanted.map(readFilter) }]
    }
    checkPath(path)
    if (isList(wanted)) throw new TypeError(`${path}: a list is no value to compare with; use $in`)
    if (typeof wanted === 'object' && wanted !== null) return readCondition(path, wanted)
    return [{ is: '$eq', path, value: scalar(path, wanted) }]
  })
}

/** @throws RangeError for a page that is no page; checked here so that a negative limit does not mean something else in each store. */
export function checkPage({ sort = {}, limit = 0, skip = 0 }: FindOptions): void {
  for (const count of [limit, skip])
    if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`limit and skip want whole numbers from 0, not ${count}`)
  Object.keys(sort).forEach(checkPath)
}

/** @throws TypeError for a path that MongoDB would refuse or read as an operator. */
export function checkPath(path: string): void {
  if (path.split('.').some((name) => name === '' || name === '__proto__' || name.startsWith('$'))) throw new TypeError(`"${path}" is not a path to a field`)
}

function readCondition(path: string, condition: Condition): Test[] {
  const tests = Object.entries(condition).map(([operator, value]): Test => {
    switch (operator) {
      case '$eq':
      case '$ne':
        return { is: operator, path, value: scalar(path, value) }
      case '$gt':
      case '$gte':
      case '$lt':
      case '$lte':
        return { is: operator, path, value: comparable(path, value) }
      case '$in':
        if (!Array.isArray(value)) throw new TypeError(`${path}: $in wants a list`)
        return { is: '$in', path, values: value.map((one: unknown) => scalar(path, one)) }
      case '$exists':
        if (typeof value !== 'boolean') throw new TypeError(`${path}: $exists wants true or false`)
        return { is: '$exists', path, wanted: value }
      default:
        throw new TypeError(`${path}: "${operator}" is not an operator that every store runs`)
    }
  })
  if (tests.length === 0) throw new TypeError(`${path}: an empty condition says nothing`)
  return tests
}

function scalar(path: string, value: unknown): Scalar {
  return value === null || typeof value === 'boolean' ? value : comparable(path, value)
}

function comparable(path: string, value: unknown): string | number {
  if (typeof value === 'string') return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw new TypeError(`${path}: cannot be compared with a value of type ${typeof value}`)
}

function isList(value: Filter[string]): value is readonly Filter[] {
  return Array.isArray(value)
}
