// Randomness as a parameter, and the two kinds of names made from it: sortable ids and unguessable tokens.
import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'

export interface Random {
  bytes(count: number): Uint8Array
}

export const systemRandom: Random = { bytes: (count) => randomBytes(count) }

/** Crockford's base32: no I, L, O, U; readable over the phone. */
export const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `count` characters of Crockford base32, five bits of randomness each. */
export function randomText(random: Random, count: number): string {
  return Array.from(random.bytes(count), (byte) => crockford[byte & 31]).join('')
}

/** A ULID behind a prefix, e.g. `m_01J…`: 48 bits of time, 80 of randomness, so that ids sort by creation. */
export function newId(prefix: string, clock: Clock, random: Random): string {
  let rest = clock.now()
  let time = ''
  for (let digit = 0; digit < 10; digit++) {
    time = crockford[rest % 32] + time
    rest = Math.floor(rest / 32)
  }
  return `${prefix}_${time}${randomText(random, 16)}`
}

/** When `newId` made it: milliseconds since the epoch. */
export function timeOfId(id: string): number {
  const time = id.slice(id.indexOf('_') + 1).slice(0, 10)
  return Array.from(time).reduce((sum, character) => sum * 32 + crockford.indexOf(character), 0)
}
