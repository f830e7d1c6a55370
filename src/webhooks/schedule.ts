// What an answer means, and when to try again: the schedule of Standard Webhooks.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Random } from '../random.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
/** Between one try and the next. */
const pauses = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour]
/** Longer than this nobody may ask us to wait. */
const askedMaxMs = 24 * hour
/** For a receiver that says it is overloaded, without saying for how long. */
const overloadedMs = 30 * second
const overloaded = [429, 502, 503, 504]

/** What came of one try. */
export type Posted =
  | { kind: 'answered'; status: number; retryAfter: string | undefined; body: string }
  /** Nobody answered, or we may not ask there. */
  | { kind: 'unanswered'; reason: string }

export type Verdict =
  | { kind: 'delivered' }
  /** It wants no more of this. */
  | { kind: 'gone' }
  /** `refused`: there is somebody, who does not take this one. `pauseMs`: until then nothing at all is to be sent there. */
  | { kind: 'failed'; refused: boolean; pauseMs: number }

/** Only 2xx is success; a redirect is not followed, so it is none. `now` in milliseconds. */
export function judge(posted: Posted, now: number): Verdict {
  if (posted.kind === 'unanswered') return { kind: 'failed', refused: false, pauseMs: 0 }
  const { status } = posted
  if (status >= 200 && status < 300) return { kind: 'delivered' }
  if (status === 410) return { kind: 'gone' }
  const busy = overloaded.includes(status)
  const askedMs = readRetryAfter(posted.retryAfter, now)
  return { kind: 'failed', refused: !busy, pauseMs: Math.min(askedMaxMs, askedMs ?? (busy ? overloadedMs : 0)) }
}

/** Seconds or a date. Milliseconds from now; undefined when it is neither. */
function readRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined
  const ms = /^\d+$/.test(text) ? Number(text) * second : Date.parse(text) - now
  return Number.isNaN(ms) ? undefined : Math.max(0, ms)
}

/** When to try again after that many failures, with up to a fifth of jitter; undefined when it is given up. */
export function retryAt(failures: number, now: number, pauseMs: number, random: Random): Timestamp | undefined {
  const pause = pauses[failures - 1]
  if (pause === undefined) return undefined
  const jitter = ((random.bytes(1)[0] ?? 0) / 255) * 0.2
  return timestamp(now + Math.max(pauseMs, Math.round(pause * (1 + jitter))))
}
