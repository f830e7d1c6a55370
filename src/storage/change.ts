// Applies an update to a document as MongoDB would: the operators of the contract, and the same refusals.
import type { Update } from './collection.ts'
import { checkPath } from './filter.ts'

interface Fields {
  [name: string]: unknown
}

/**
 * The paths that an update changes.
 * @throws TypeError for an update that no store would take, or that stores would take differently.
 */
export function readPaths(update: Update): string[] {
  const paths = Object.entries(update).flatMap(([operator, fields]) => {
    if (operator !== '$set' && operator !== '$unset' && operator !== '$inc') throw new TypeError(`"${operator}" is not an update`)
    return Object.entries(fields).map(([path, value]) => {
      checkPath(path)
      if (path === '_id' || path.startsWith('_id.')) throw new TypeError('_id never changes')
      if (value === undefined) throw new TypeError(`${path}: set to undefined; $unset removes a field`)
      if (operator === '$inc' && !Number.isFinite(value)) throw new TypeError(`${path}: incremented by something that is not a number`)
      return path
    })
  })
  if (paths.length === 0) throw new TypeError('an update that changes nothing')
  paths.forEach((path, n) => {
    if (paths.some((other, m) => n !== m && overlap(path, other))) throw new TypeError(`${path}: changed twice in one update`)
  })
  return paths
}

/** Whether one path is the other, or leads through it. */
export function overlap(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}.`) || b.startsWith(`${a}.`)
}

/**
 * Changes `document`, which nobody else may hold.
 * @throws TypeError where a path leads through something that is not an object, or `$inc` meets what is not a number.
 */
export function applyUpdate(document: Fields, update: Update): void {
  readPaths(update)
  for (const [path, value] of Object.entries(update.$set ?? {})) {
    const [holder, name] = reach(document, path)
    holder[name] = value
  }
  for (const path of Object.keys(update.$unset ?? {})) {
    const names = path.split('.')
    const last = names.pop()
    let holder: unknown = document
    for (const name of names) holder = isFields(holder) && Object.hasOwn(holder, name) ? holder[name] : undefined
    if (last !== undefined && isFields(holder)) delete holder[last]
  }
  for (const [path, amount] of Object.entries(update.$inc ?? {})) {
    const [holder, name] = reach(document, path)
    const before = Object.hasOwn(holder, name) ? holder[name] : 0
    if (typeof before !== 'number') throw new TypeError(`${path}: $inc of something that is not a number`)
    holder[name] = before + amount
  }
}

/** The object that holds the last name of `path`, made on the way where there is none. */
function reach(document: Fields, path: string): [Fields, string] {
  const names = path.split('.')
  const last = names.pop() ?? path
  let holder = document
  for (const name of names) {
    if (!Object.hasOwn(holder, name)) holder[name] = {}
    const next = holder[name]
    if (!isFields(next)) throw new TypeError(`${path}: "${name}" holds no fields`)
    holder = next
  }
  return [holder, last]
}

/** An object with names; an array is not one, since paths through arrays mean different things in different stores. */
function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
