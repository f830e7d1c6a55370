// What all routes of the REST API share: the key, JSON bodies checked by a schema, pages, idempotency.
import { timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import type { HttpReply, HttpRequest, Route } from '../channel.ts'
import type { Core } from '../core.ts'
import { readCursor } from '../desk/index.ts'
import { digest } from '../message.ts'
import { newId } from '../random.ts'
import { problem } from './problem.ts'

const bodyLimit = 1_000_000

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

export type Body<T> = { kind: 'body'; body: T } | { kind: 'refused'; reply: HttpReply }

export async function readBody<S extends z.ZodType>(request: HttpRequest, schema: S): Promise<Body<z.output<S>>> {
  const bytes = await request.bytes(bodyLimit)
  if (bytes === undefined) return { kind: 'refused', reply: problem(413, 'Content too large', `A body has at most ${bodyLimit} bytes.`) }
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { kind: 'refused', reply: problem(400, 'Bad request', 'The body is no JSON in UTF-8.') }
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return { kind: 'body', body: parsed.data }
  const errors = parsed.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }))
  return { kind: 'refused', reply: problem(400, 'Bad request', 'The body does not fit; see errors for the fields.', { errors }) }
}

/** `?limit=&cursor=`; undefined when either makes no sense. */
export function readPage(request: HttpRequest): { limit: number; cursor: string | undefined } | undefined {
  const limit = Number(request.query.get('limit') ?? 50)
  const cursor = request.query.get('cursor') ?? undefined
  const fits = Number.isInteger(limit) && limit >= 1 && limit <= 200 && (cursor === undefined || readCursor(cursor) !== undefined)
  return fits ? { limit, cursor } : undefined
}

export const badPage = (): HttpReply => problem(400, 'Bad request', 'limit is a whole number from 1 to 200, cursor the nextCursor of an earlier page.')

/** The journal key of a request: the caller's Idempotency-Key, or one that never comes again. */
export function causeOf(core: Core, request: HttpRequest): string {
  const given = request.headers['idempotency-key']
  return given === undefined || given === '' ? newId('api', core.clock, core.random) : `api/${digest(request.method, request.path, given)}`
}

/** `If-Match: "3"`: the version the caller last saw. */
export function versionOf(request: HttpRequest): number | undefined {
  const [, version] = /^"?(\d+)"?$/.exec(request.headers['if-match'] ?? '') ?? []
  return version === undefined ? undefined : Number(version)
}
