// One request to a receiver: to a checked address only, once, without following anything, within fifteen seconds.
import { request as requestPlain, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as requestSecure } from 'node:https'
import { findTarget, type Address, type Resolve } from './guard.ts'
import type { Posted } from './schedule.ts'

/** Everything: finding the address, connecting, sending, and the beginning of the answer. */
const timeoutMs = 15_000
/** Of an answer's body, bytes: for the log. */
const bodyKept = 1024

export interface Way {
  resolve: Resolve
  /** Ranges that may be reached although they are not public. */
  allow: readonly string[]
}

/** Never rejects. */
export async function post(url: string, headers: Readonly<Record<string, string>>, body: string, { resolve, allow }: Way): Promise<Posted> {
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const where = new URL(url)
    const target = await Promise.race([findTarget(where, resolve, allow), tooLate(signal)])
    return target.kind === 'refused' ? { kind: 'unanswered', reason: target.reason } : await send(where, target.addresses, headers, body, signal)
  } catch (error) {
    if (signal.aborted) return { kind: 'unanswered', reason: `no answer within ${timeoutMs / 1000} s` }
    return { kind: 'unanswered', reason: error instanceof Error && 'code' in error ? `no connection (${String(error.code)})` : 'no connection' }
  }
}

function tooLate(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('too late')), { once: true }))
}

function send(url: URL, addresses: readonly Address[], headers: Readonly<Record<string, string>>, body: string, signal: AbortSignal): Promise<Posted> {
  const [first] = addresses
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'user-agent': 'Mendline-Webhooks/1' },
    // A connection of its own: none that is kept from a time when the name meant something else.
    agent: false,
    signal,
    // Only to what was checked, whatever the name means by now.
    lookup(_, { all }, callback) {
      if (all === true) callback(null, [...addresses])
      else callback(null, first?.address ?? '', first?.family)
    },
  }
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, options)
    request.once('error', reject)
    request.once('response', (response) => {
      // The status is the answer: what becomes of the body changes nothing any more.
      request.on('error', () => {})
      void firstBytes(response).then((text) => {
        request.destroy()
        resolve({ kind: 'answered', status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'], body: text })
      })
    })
    request.end(body)
  })
}

async function firstBytes(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response) {
      if (!Buffer.isBuffer(chunk)) continue
      chunks.push(chunk)
      size += chunk.length
      if (size >= bodyKept) break
    }
  } catch {
    // As much of it as came.
  }
  return new TextDecoder().decode(Buffer.concat(chunks).subarray(0, bodyKept))
}
