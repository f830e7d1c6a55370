// Making, changing, rotating and revoking API keys.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { differing, edit, type Changed, type EditRefusal } from '../journal/index.ts'
import { digest } from '../message.ts'
import { apiKeyStream, type ApiKey, type ApiKeyFields } from './api-key.ts'
import type { Caller } from './caller.ts'
import { beyond, teamResources } from './scope.ts'
import { hashOf, secretOf, tokenOf } from './secret.ts'

export interface KeyDeed {
  by: Caller
  /** Unique for ever; a repeated creation or rotation answers the same token. */
  key: string
  version?: number | undefined
}

export type KeyRefusal =
  | EditRefusal
  | { kind: 'revoked' }
  /** Scopes that the caller does not have. */
  | { kind: 'beyond'; scopes: string[] }
  /** The caller belongs to one team. */
  | { kind: 'team' }
  /** Scopes that no key of one team can have. */
  | { kind: 'not_for_teams'; scopes: string[] }
  | { kind: 'past' }

/** The token is told here and never again. */
export type NewToken = { kind: 'made'; key: ApiKey; token: string } | { kind: 'refused'; refusal: KeyRefusal }

export async function createKey(core: Core, fields: ApiKeyFields, { by, key }: KeyDeed): Promise<NewToken> {
  const refusal = checkFields(fields, by, core.clock.now())
  if (refusal !== undefined) return { kind: 'refused', refusal }
  // Both follow from the cause, so that a caller who missed the answer gets the same one.
  const id = `key_${digest('api key', key).slice(0, 26)}`
  const secret = secretOf(core.sign, id, key)
  const result = await edit(core.journal, apiKeyStream, id, {
    actor: by.actor,
    key,
    orBegin: true,
    act: (known) => (known.n > 0 ? undefined : { events: [{ type: 'api_key.created', fields, hash: hashOf(secret) }] }),
  })
  return result.kind === 'refused' ? result : { kind: 'made', key: result.state, token: tokenOf(id, secret) }
}

export async function rotateKey(core: Core, id: string, overlapMs: number, { by, key, version }: KeyDeed): Promise<NewToken> {
  const secret = secretOf(core.sign, id, key)
  const result = await edit<ApiKey, KeyRefusal>(core.journal, apiKeyStream, id, {
    actor: by.actor,
    key,
    version,
    act(known) {
      const refusal = checkKey(known, by)
      if (refusal !== undefined) return { refusal }
      return { events: [{ type: 'api_key.rotated', hash: hashOf(secret), previousUntil: timestamp(core.clock.now() + overlapMs) }] }
    },
  })
  return result.kind === 'refused' ? result : { kind: 'made', key: result.state, token: tokenOf(id, secret) }
}

export function changeKey(core: Core, id: string, wish: Partial<Pick<ApiKeyFields, 'name' | 'scopes' | 'expiresAt'>>, { by, key, version }: KeyDeed) {
  return edit<ApiKey, KeyRefusal>(core.journal, apiKeyStream, id, {
    actor: by.actor,
    key,
    version,
    act(known) {
      const refusal = checkKey(known, by) ?? checkFields({ ...known, ...wish }, by, core.clock.now())
      if (refusal !== undefined) return { refusal }
      const fields = differing(known, wish)
      return fields === undefined ? undefined : { events: [{ type: 'api_key.changed', fields }] }
    },
  })
}

/** For good, at once. */
export function revokeKey(core: Core, id: string, { by, key, version }: KeyDeed): Promise<Changed<ApiKey, KeyRefusal>> {
  return edit<ApiKey, KeyRefusal>(core.journal, apiKeyStream, id, {
    actor: by.actor,
    key,
    version,
    act(known) {
      if (known.revokedAt !== null) return undefined
      const refusal = checkKey(known, by)
      return refusal === undefined ? { events: [{ type: 'api_key.revoked' }] } : { refusal }
    },
  })
}

/** Whoever may not give what a key can do may not get hold of that key either. */
function checkKey(known: ApiKey, by: Caller): KeyRefusal | undefined {
  if (known.revokedAt !== null) return { kind: 'revoked' }
  if (by.team !== null) return { kind: 'team' }
  const scopes = beyond(by.scopes, known.scopes)
  return scopes.length > 0 ? { kind: 'beyond', scopes } : undefined
}

function checkFields({ scopes, team, expiresAt }: Pick<ApiKeyFields, 'scopes' | 'team' | 'expiresAt'>, by: Caller, now: number): KeyRefusal | undefined {
  if (by.team !== null) return { kind: 'team' }
  const more = beyond(by.scopes, scopes)
  if (more.length > 0) return { kind: 'beyond', scopes: more }
  const foreign = team === null ? [] : scopes.filter((scope) => !teamResources.includes(scope.split(':')[0] ?? ''))
  if (foreign.length > 0) return { kind: 'not_for_teams', scopes: foreign }
  return isPast(expiresAt, now) ? { kind: 'past' } : undefined
}

function isPast(expiresAt: Timestamp | null, now: number): boolean {
  return expiresAt !== null && Date.parse(expiresAt) <= now
}
