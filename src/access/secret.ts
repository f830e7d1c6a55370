// The text that a caller sends: the key's id and a secret that only its caller has.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { Timestamp } from '../clock.ts'
import type { ApiKey } from './api-key.ts'

/** Told apart from other secrets by those who look for lost ones. */
const mark = 'mendline_'

/** `cause` makes the secret, so that a creation that is repeated because its answer was lost answers the same. */
export function secretOf(sign: (text: string) => string, id: string, cause: string): string {
  return sign(`api key ${id} ${cause}`)
}

export function tokenOf(id: string, secret: string): string {
  return `${mark}${id}_${secret}`
}

/** Undefined when it is no key of ours. Pure. */
export function readToken(token: string): { id: string; secret: string } | undefined {
  const [, id, secret] = /^mendline_(key_[0-9a-f]{26})_([0-9a-f]{64})$/.exec(token) ?? []
  return id === undefined || secret === undefined ? undefined : { id, secret }
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Takes the same time whatever was given. */
export function isSame(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(given)), Buffer.from(hashOf(wanted)))
}

/** Whether the secret opens the key now. Takes the same time whatever was sent. */
export function opens(key: ApiKey, secret: string, now: Timestamp): boolean {
  if (key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) return false
  const given = Buffer.from(hashOf(secret))
  return key.secrets.filter(({ until }) => until === null || until > now).some(({ hash }) => timingSafeEqual(given, Buffer.from(hash)))
}
