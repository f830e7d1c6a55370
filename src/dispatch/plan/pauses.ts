// The way from one visit to the next around the pauses of a day: nobody drives or works in one, but a way may be driven in part before it
// and in part after it. Any unit of time, the same for all. Pure.

export interface Pause {
  from: number
  to: number
}

/** When somebody arrives who leaves then; `pauses` in order. */
export function arriveAt(leave: number, way: number, pauses: readonly Pause[]): number {
  let [at, left] = [leave, way]
  for (const { from, to } of pauses) {
    if (to <= at) continue
    if (at + left <= from) break
    if (at < from) left -= from - at
    at = to
  }
  return at + left
}

/** When somebody must leave at the latest to arrive by then. */
export function leaveBy(arrive: number, way: number, pauses: readonly Pause[]): number {
  let [at, left] = [arrive, way]
  for (const { from, to } of pauses.toReversed()) {
    if (from >= at) continue
    if (at - left >= to) break
    if (at > to) left -= at - to
    at = from
  }
  return at - left
}

/** Between stretches of work, in order. */
export function pausesBetween(shifts: readonly Pause[]): Pause[] {
  return shifts.slice(1).flatMap(({ from: to }, index) => {
    const from = shifts[index]?.to ?? to
    return from < to ? [{ from, to }] : []
  })
}
