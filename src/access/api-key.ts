// An API key: who a caller is, what it may do, until when. Only hashes of its secrets are kept.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Event } from '../events.ts'
import type { Actor, Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'

export interface ApiKeyFields {
  /** As people call it. */
  name: string
  scopes: string[]
  /** The only team whose tickets it sees; null for all. */
  team: string | null
  /** The first moment at which it no longer opens anything. */
  expiresAt: Timestamp | null
}

export interface ApiKey extends ApiKeyFields {
  _id: string
  n: number
  /** SHA-256 of the secrets that open it; one that was rotated out, until its end. */
  secrets: { hash: string; until: Timestamp | null }[]
  createdBy: Actor
  createdAt: Timestamp
  rotatedAt: Timestamp | null
  revokedAt: Timestamp | null
}

/** All internal. */
export type ApiKeyEvent =
  | { type: 'api_key.created'; fields: ApiKeyFields; hash: string }
  | { type: 'api_key.changed'; fields: Partial<Pick<ApiKeyFields, 'name' | 'scopes' | 'expiresAt'>> }
  /** The secrets before it end at `previousUntil`. */
  | { type: 'api_key.rotated'; hash: string; previousUntil: Timestamp }
  | { type: 'api_key.revoked' }

export const apiKeysCollection = defineCollection<ApiKey>('api_keys', [{ name: 'created', fields: ['createdAt', '_id'] }])

export const apiKeyStream: Stream<ApiKey> = {
  kind: 'api_key',
  collection: apiKeysCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    name: '',
    scopes: [],
    team: null,
    expiresAt: null,
    secrets: [],
    createdBy: { kind: 'system', id: null },
    createdAt: timestamp(0),
    rotatedAt: null,
    revokedAt: null,
  }),
  apply: (key, event, at, actor) => fold(key, event, at, actor),
}

function fold(key: ApiKey, event: Event, at: Timestamp, actor: Actor): ApiKey {
  switch (event.type) {
    case 'api_key.created':
      return { ...key, ...event.fields, secrets: [{ hash: event.hash, until: null }], createdBy: actor, createdAt: at }
    case 'api_key.changed':
      return { ...key, ...event.fields }
    case 'api_key.rotated': {
      const { hash, previousUntil } = event
      const older = key.secrets.filter(({ until }) => until === null || until > at)
      const ending = older.map((each) => ({ ...each, until: each.until !== null && each.until < previousUntil ? each.until : previousUntil }))
      return { ...key, secrets: [...ending, { hash, until: null }], rotatedAt: at }
    }
    case 'api_key.revoked':
      return { ...key, secrets: [], revokedAt: at }
    default:
      return key
  }
}
