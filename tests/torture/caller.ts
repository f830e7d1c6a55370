// A caller of the API who repeats every request under its Idempotency-Key until it is answered, gives up too early now and then, and sends some twice.
import { setTimeout as pause } from 'node:timers/promises'

export interface Request {
  method: 'POST'
  path: string
  body: unknown
  idempotencyKey: string
  /** Sent so many times at once. */
  copies: number
  /** The first try is given up after so many milliseconds. */
  patienceMs?: number
}

export interface Caller {
  /** The JSON of each copy's answer. @throws when it is refused for good, or nobody answers for minutes. */
  send(request: Request): Promise<unknown[]>
  figures: { requests: number; failed: number; limited: number }
}

const longestMs = 300_000
const usualMs = 30_000

/** `urls` are tried in turn. */
export function createCaller(urls: readonly string[], key: string): Caller {
  const figures = { requests: 0, failed: 0, limited: 0 }
  let turn = 0

  async function once({ method, path, body, idempotencyKey, patienceMs }: Request): Promise<unknown> {
    const end = Date.now() + longestMs
    for (let tries = 0; Date.now() < end; tries++) {
      figures.requests++
      const answer = await ask(`${urls[turn++ % urls.length]}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${key}`, 'idempotency-key': idempotencyKey },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(tries === 0 ? (patienceMs ?? usualMs) : usualMs),
      })
      if (answer !== undefined && answer.status < 300) return JSON.parse(answer.text)
      if (answer?.status === 429) {
        figures.limited++
        await pause(answer.retryAfterMs)
      } else if (answer !== undefined && answer.status < 500) throw new Error(`${path} was refused with ${answer.status}: ${answer.text}`)
      else {
        figures.failed++
        await pause(100)
      }
    }
    throw new Error(`nobody answered ${path} in ${longestMs} ms`)
  }

  return { figures, send: (request) => Promise.all(Array.from({ length: request.copies }, () => once(request))) }
}

/** Undefined when no whole answer came. */
async function ask(url: string, init: RequestInit): Promise<{ status: number; text: string; retryAfterMs: number } | undefined> {
  try {
    const response = await fetch(url, init)
    return { status: response.status, text: await response.text(), retryAfterMs: Number(response.headers.get('retry-after') ?? 1) * 1000 }
  } catch {
    return undefined
  }
}
