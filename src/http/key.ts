// Who may use the REST API: whoever sends the key.
import { timingSafeEqual } from 'node:crypto'
import type { HttpReply, HttpRequest, Route } from '../channel.ts'
import { digest } from '../message.ts'
import { problem } from './problem.ts'

/** Wraps a handler: 401 without the key. Comparison takes the same time whatever the caller sent. */
export function keyed(adminKey: string, handle: (request: HttpRequest) => Promise<HttpReply>): Route['handle'] {
  const wanted = Buffer.from(digest('key', adminKey))
  return async (request) => {
    const [, given] = /^Bearer\s+(\S+)$/i.exec(request.headers['authorization'] ?? '') ?? []
    if (given === undefined || !timingSafeEqual(Buffer.from(digest('key', given)), wanted)) {
      const reply = problem(401, 'Unauthorized', 'Send the header "Authorization: Bearer <key>"; ADMIN_KEY is the first key.')
      return { ...reply, headers: { ...reply.headers, 'www-authenticate': 'Bearer' } }
    }
    return handle(request)
  }
}
