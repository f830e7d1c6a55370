// Errors as Direct Line words them: `{ error: { code, message } }` under the right status.
import type { HttpReply } from '../../src/channel.ts'

/** https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-direct-line-3-0-api-reference */
export type RefusalStatus = 400 | 401 | 403 | 404 | 413 | 415 | 429 | 503

export type RefusalCode =
  | 'BadArgument'
  | 'MalformedData'
  | 'MessageSizeTooBig'
  | 'Unauthorized'
  | 'TokenExpired'
  | 'Forbidden'
  | 'OriginNotAllowed'
  | 'NotFound'
  | 'PayloadTooLarge'
  | 'UnsupportedMediaType'
  | 'TooManyRequests'
  | 'ServiceUnavailable'

export function refuse(status: RefusalStatus, code: RefusalCode, message: string, headers: Readonly<Record<string, string>> = {}): HttpReply {
  return { ...answer(status, { error: { code, message } }), headers: { ...answerHeaders, ...headers } }
}

/** Nothing here may be kept by a cache: it is one visitor's. */
const answerHeaders = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }

export function answer(status: number, body: unknown): HttpReply {
  return { status, headers: answerHeaders, body: JSON.stringify(body) }
}

export function tooMany(waitSeconds: number): HttpReply {
  const wait = String(waitSeconds)
  return refuse(429, 'TooManyRequests', `Too many requests: try again in ${wait} s.`, { 'retry-after': wait })
}
