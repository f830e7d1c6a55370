// Who calls the API: whoever has the admin key, or a key made with it.
import { timestamp, type Clock } from '../clock.ts'
import type { Actor } from '../journal/index.ts'
import type { Collection } from '../storage/collection.ts'
import type { ApiKey } from './api-key.ts'
import { allScopes } from './scope.ts'
import { isSame, opens, readToken } from './secret.ts'

export interface Caller {
  actor: Actor & { id: string }
  scopes: readonly string[]
  team: string | null
}

export const admin: Caller = { actor: { kind: 'api', id: 'admin' }, scopes: allScopes, team: null }
/** Whoever typed it into a browser of theirs. */
export const staff: Caller = { ...admin, scopes: ['*:read'] }

/** Finds out who sent the token; undefined for nobody. */
export function callersOf(keys: Collection<ApiKey>, clock: Clock, adminKey: string): (token: string) => Promise<Caller | undefined> {
  return async (token) => {
    if (isSame(token, adminKey)) return admin
    const read = readToken(token)
    const key = read && (await keys.get(read.id))
    if (read === undefined || key === undefined || !opens(key, read.secret, timestamp(clock.now()))) return undefined
    return { actor: { kind: 'api', id: key._id }, scopes: key.scopes, team: key.team }
  }
}
