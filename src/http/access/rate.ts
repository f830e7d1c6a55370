// How often the API may be asked: per key, and per address for those who come without a key that opens.
import type { HttpReply } from '../../channel.ts'
import type { Taken } from '../../limits.ts'
import { problem } from '../problem.ts'

/** Headers as in draft-ietf-httpapi-ratelimit-headers, in the form that clients read most. */
export function rateHeaders({ limit, remaining, resetMs }: Taken): Record<string, string> {
  return {
    'ratelimit-policy': `${limit};w=60`,
    'ratelimit-limit': String(limit),
    'ratelimit-remaining': String(remaining),
    'ratelimit-reset': String(Math.ceil(resetMs / 1000)),
  }
}

export function tooMany(taken: Taken): HttpReply {
  const seconds = Math.max(1, Math.ceil(taken.resetMs / 1000))
  const reply = problem(429, 'Too many requests', `Wait ${seconds} s and send the same again; at most ${taken.limit} requests a minute.`)
  return { ...reply, headers: { ...reply.headers, ...rateHeaders(taken), 'retry-after': String(seconds) } }
}
