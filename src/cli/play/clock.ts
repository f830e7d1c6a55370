// Time that can be moved, and chance that falls the same way each time.
import { createHash } from 'node:crypto'
import { systemClock, type Clock } from '../../clock.ts'
import type { Random } from '../../random.ts'

export interface PlayClock extends Clock {
  /** Milliseconds since the epoch; never back. */
  moveTo(time: number): void
}

/** The system's time, moved on. */
export function movableClock(): PlayClock {
  let ahead = 0
  const now = (): number => systemClock.now() + ahead
  return { now, moveTo: (time) => void (ahead += Math.max(0, time - now())) }
}

/** Stands still unless it is moved. */
export function standingClock(start: number): PlayClock {
  let at = start
  return { now: () => at, moveTo: (time) => void (at = Math.max(at, time)) }
}

/** The same bytes for the same seed. */
export function seededRandom(seed: string): Random {
  let drawn = 0
  return {
    bytes(count) {
      const blocks = Array.from({ length: Math.ceil(count / 32) }, () => createHash('sha256').update(`${seed}/${drawn++}`).digest())
      return Uint8Array.from(Buffer.concat(blocks).subarray(0, count))
    },
  }
}
