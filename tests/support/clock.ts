// The system's time, which a test may move on.
import { systemClock, type Clock } from '../../src/clock.ts'

export function movableClock(): Clock & { move(milliseconds: number): void } {
  let offset = 0
  return { now: () => systemClock.now() + offset, move: (milliseconds) => void (offset += milliseconds) }
}
