// Passes errors on, but the same one at most once a minute: an outage of the queue is one line in the log, not thousands.
import type { Clock } from '../clock.ts'

const pauseMs = 60_000
const kindsKept = 100

/** Two errors are the same if their messages differ in numbers only (ports, ids of jobs). */
export function rarely(clock: Clock, onError: (error: Error) => void): (error: unknown) => void {
  const lastSaid = new Map<string, number>()
  return (thrown) => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown))
    const kind = `${error.name} ${error.message}`.replace(/\d+/g, '#')
    const now = clock.now()
    if (now - (lastSaid.get(kind) ?? -Infinity) < pauseMs) return
    if (lastSaid.size >= kindsKept) lastSaid.clear()
    lastSaid.set(kind, now)
    onError(error)
  }
}
