// When to try a message again.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Random } from '../random.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
/** Pauses between attempts: about two days in all. */
const pauses = [5 * second, 30 * second, 2 * minute, 10 * minute, 30 * minute, hour, 2 * hour, 4 * hour, 8 * hour, 12 * hour, 20 * hour]

/** The time of the next attempt after `attempt` (from 1) failed, with up to a fifth of jitter; undefined when it is given up. */
export function retryAt(attempt: number, now: number, askedMs: number | undefined, random: Random): Timestamp | undefined {
  const pause = pauses[attempt - 1]
  if (pause === undefined) return undefined
  const jitter = ((random.bytes(1)[0] ?? 0) / 255) * 0.2
  return timestamp(now + Math.max(askedMs ?? 0, Math.round(pause * (1 + jitter))))
}
