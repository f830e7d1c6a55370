// Who may use the REST API: whoever sends the key; and to read, a browser in which it was typed.
import type { HttpReply, HttpRequest, Route } from '../channel.ts'
import { problem } from './problem.ts'
import { isSame } from './staff/session.ts'

/** Wraps a handler: 401 without the key. `reader` lets others read. */
export function keyed(
  adminKey: string,
  handle: (request: HttpRequest) => Promise<HttpReply>,
  reader: (request: HttpRequest) => boolean = () => false,
): Route['handle'] {
  return async (request) => {
    const { authorization } = request.headers
    const [, given] = /^Bearer\s+(\S+)$/i.exec(authorization ?? '') ?? []
    const known = given !== undefined ? isSame(given, adminKey) : authorization === undefined && request.method === 'GET' && reader(request)
    if (!known) {
      const reply = problem(401, 'Unauthorized', 'Send the header "Authorization: Bearer <key>"; ADMIN_KEY is the first key.')
      return { ...reply, headers: { ...reply.headers, 'www-authenticate': 'Bearer' } }
    }
    return handle(request)
  }
}
