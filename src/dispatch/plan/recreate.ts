// Recreate: puts visits back where they cost least, in one of several orders, now and then overlooking a place.
import type { PlanProblem } from './problem.ts'
import type { Route } from './route.ts'
import type { Draw } from './ruin.ts'

/** The share of places that is overlooked, so that the same ruin does not always end alike. */
const blinkRate = 0.01

/** Puts the jobs into the routes; answers those that fit nowhere. */
export function recreate(problem: PlanProblem, routes: readonly Route[], absent: readonly number[], draw: Draw): number[] {
  const left: number[] = []
  for (const index of sorted(problem, absent, draw)) {
    const job = problem.jobs[index]
    if (job === undefined) continue
    let best: { route: Route; position: number; price: number } | undefined
    for (const route of routes) {
      if (!route.hasRoomFor(job) || !route.mayTake(job)) continue
      for (let position = 0; position <= route.jobs.length; position++) {
        if (draw() < blinkRate) continue
        const price = route.priceAt(index, position)
        if (price !== undefined && (best === undefined || price < best.price)) best = { route, position, price }
      }
    }
    if (best === undefined) left.push(index)
    else best.route.insert(index, best.position)
  }
  return left
}

/** Pinned first, then urgent ones; among equals by chance, size, distance or the width of their windows. */
function sorted({ jobs, distances, vehicles }: PlanProblem, absent: readonly number[], draw: Draw): number[] {
  const depot = vehicles[0]?.start ?? 0
  const farness = (index: number): number => distances[depot]?.[jobs[index]?.location ?? 0] ?? 0
  const width = (index: number): number => (jobs[index]?.timeWindows ?? []).reduce((sum, [from, until]) => sum + until - from, 0)
  const start = (index: number): number => jobs[index]?.timeWindows[0]?.[0] ?? 0
  const keys: readonly ((index: number) => number)[] = [
    () => 0,
    (index) => -(jobs[index]?.amount ?? 0),
    (index) => -farness(index),
    farness,
    width,
    start,
    (index) => -(jobs[index]?.timeWindows.at(-1)?.[1] ?? 0),
  ]
  const key = keys[Math.floor(draw() * keys.length)] ?? farness
  const chance = new Map(absent.map((index) => [index, draw()]))
  const rank = (index: number): number => (jobs[index]?.pinned === undefined ? 1 : 0)
  const priority = (index: number): number => jobs[index]?.priority ?? 0
  return absent.toSorted((a, b) => rank(a) - rank(b) || priority(b) - priority(a) || key(a) - key(b) || (chance.get(a) ?? 0) - (chance.get(b) ?? 0))
}
