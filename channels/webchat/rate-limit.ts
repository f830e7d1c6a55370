// A bucket of tokens per key: bursts are fine, a stream without end is not. Per process and in memory, so it saves work and decides nothing.
import type { Clock } from '../../src/clock.ts'

export interface RateLimit {
  /** Takes one; answers 0, or the seconds until there is one again. */
  take(key: string): number
}

const mostKeys = 10_000

/** `perMinute` is both the burst and what comes back in a minute. */
export function createRateLimit(perMinute: number, clock: Clock): RateLimit {
  const buckets = new Map<string, { left: number; at: number }>()
  const perMs = perMinute / 60_000
  const leftNow = (bucket: { left: number; at: number }, now: number) => Math.min(perMinute, bucket.left + (now - bucket.at) * perMs)

  /** Full buckets say nothing; past the bound the oldest go. */
  function forget(now: number): void {
    for (const [key, bucket] of buckets) if (leftNow(bucket, now) >= perMinute) buckets.delete(key)
    for (const key of buckets.keys()) {
      if (buckets.size < mostKeys) break
      buckets.delete(key)
    }
  }

  return {
    take(key) {
      const now = clock.now()
      const bucket = buckets.get(key)
      const left = bucket === undefined ? perMinute : leftNow(bucket, now)
      if (left < 1) return Math.max(1, Math.ceil((1 - left) / perMs / 1000))
      if (bucket === undefined && buckets.size >= mostKeys) forget(now)
      buckets.set(key, { left: left - 1, at: now })
      return 0
    },
  }
}
