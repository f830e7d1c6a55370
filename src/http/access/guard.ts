// Who may use a route of the REST API, and how often: finds the caller, counts, and looks whether the key is for this. A browser in which the key was
// typed may read.
import { callersOf, isAllowed, staff, rememberUse, type Caller, type Right } from '../../access/index.ts'
import type { HttpReply, HttpRequest, Route } from '../../channel.ts'
import type { Core } from '../../core.ts'
import { errorFields } from '../../log.ts'
import { problem } from '../problem.ts'
import { hasSession } from '../staff/session.ts'
import { rateHeaders, tooMany } from './rate.ts'

/** Requests a minute: of a key made here (the admin key has no limit), and of an address whose keys open nothing. */
const perKey = 1200
const perStranger = 60

export type Guard = (right: Right, handle: (request: HttpRequest, caller: Caller) => Promise<HttpReply>) => Route['handle']

/** Wraps handlers: 401 without a key that opens, 403 when it is not for this, 429 when it is too often. */
export function createGuard(core: Core, adminKey: string): Guard {
  const { clock, log, collections, queues } = core
  const callerOf = callersOf(collections.apiKeys, clock, adminKey)
  const use = rememberUse(collections.apiKeyUses, (error) => log.warn('last use of a key was not noted', errorFields(error)))
  return (right, handle) => async (request) => {
    const { authorization } = request.headers
    // The cookie comes along with our own pages only, and what it opens changes nothing.
    if (authorization === undefined && request.method === 'GET' && hasSession(core, request)) return handle(request, staff)
    const [, token] = /^Bearer\s+(\S+)$/i.exec(authorization ?? '') ?? []
    const stranger = `stranger ${request.ip}`
    const caller = token === undefined ? undefined : await callerOf(token)
    if (caller === undefined) {
      const taken = await queues.limits.take(stranger, perStranger)
      return taken.allowed ? unknownKey() : tooMany(taken)
    }
    const { id } = caller.actor
    if (id === 'admin') return handle(request, caller)
    const taken = await queues.limits.take(id, perKey)
    if (!taken.allowed) return tooMany(taken)
    use(id, clock.now())
    const reply = isAllowed(caller.scopes, right) ? await handle(request, caller) : notForThis(right)
    return { ...reply, headers: { ...reply.headers, ...rateHeaders(taken) } }
  }
}

function unknownKey(): HttpReply {
  const reply = problem(
    401,
    'Unauthorized',
    'Send the header "Authorization: Bearer <key>"; ADMIN_KEY is the first key, and POST /api/v1/api-keys makes others.',
  )
  return { ...reply, headers: { ...reply.headers, 'www-authenticate': 'Bearer' } }
}

function notForThis({ resource, access }: Right): HttpReply {
  return problem(403, 'Forbidden', `This key is not for that; it needs the scope ${resource}:${access}.`)
}
