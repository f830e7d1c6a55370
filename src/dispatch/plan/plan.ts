// Plans a day by ruin and recreate with simulated annealing. The same seed and number of rounds gives the same plan.
import type { Plan, PlanProblem } from './problem.ts'
import { recreate } from './recreate.ts'
import { Route } from './route.ts'
import { neighbourhoods, ruin, type Draw } from './ruin.ts'

export interface PlanOptions {
  seed: number
  /** Called before each round: how much of the work is done, 0–1; 1 ends it. Rounds, or time, as the caller likes. */
  progress(round: number): number
}

interface State {
  routes: Route[]
  absent: number[]
}

/** Share of the work that goes into doing with fewer vehicles, where that is the objective. */
const fleetShare = 0.4

export function planDay(problem: PlanProblem, { seed, progress }: PlanOptions): Plan {
  const draw = draws(seed)
  const neighbours = neighbourhoods(problem)
  const routes = problem.vehicles.map((vehicle) => new Route(problem, vehicle))
  const pinned = problem.jobs.flatMap((job, index) => (job.pinned === undefined ? [] : [index]))
  const others = problem.jobs.flatMap((job, index) => (job.pinned === undefined ? [index] : []))
  // What is promised comes before all else, without overlooking a place.
  const unkept = recreate(problem, routes, pinned, () => 0.5)
  let state: State = { routes, absent: [...unkept, ...recreate(problem, routes, others, draw)] }
  let round = 0
  if (problem.objective === 'vehicles') ({ state, round } = spareVehicles(problem, state, neighbours, draw, (at) => progress(at) / fleetShare))
  const from = progress(round)
  const best = anneal(problem, state, neighbours, draw, round, (at) => (from >= 1 ? 1 : (progress(at) - from) / (1 - from)))
  return describe(problem, best)
}

/** Travel first matters once nothing more fits: what is left out counts more than any distance. */
function costOf(problem: PlanProblem, { routes, absent }: State): number {
  const penalty = absent.reduce((sum, index) => sum + 1 + (problem.jobs[index]?.priority ?? 0), 0)
  return penalty * 1e6 + routes.reduce((sum, { distance }) => sum + distance, 0)
}

function anneal(problem: PlanProblem, begin: State, neighbours: readonly number[][], draw: Draw, first: number, progress: (round: number) => number): State {
  let current = begin
  let cost = costOf(problem, current)
  let best = current
  let bestCost = cost
  const scale = Math.max(1e-9, (cost % 1e6) / Math.max(1, problem.jobs.length))
  const [hot, cold] = [scale * 5, scale * 0.02]
  for (let round = first, done = 0; (done = progress(round)) < 1; round++) {
    const next = ruinAndRecreate(problem, current, neighbours, draw)
    const nextCost = costOf(problem, next)
    const temperature = hot * (cold / hot) ** done
    if (nextCost < cost - temperature * Math.log(draw())) {
      current = next
      cost = nextCost
    }
    if (nextCost < bestCost) {
      best = next
      bestCost = nextCost
    }
  }
  return best
}

function ruinAndRecreate(problem: PlanProblem, { routes, absent }: State, neighbours: readonly number[][], draw: Draw): State {
  const copies = routes.map((route) => route.copy())
  const removed = ruin(problem, copies, neighbours, draw)
  return { routes: copies, absent: recreate(problem, copies, [...absent, ...removed], draw) }
}

/**
 * Takes the emptiest vehicle out again and again, as long as the rest can take over its visits. Visits that are hard to place get weight
 * each time they are left over.
 */
function spareVehicles(problem: PlanProblem, begin: State, neighbours: readonly number[][], draw: Draw, progress: (round: number) => number) {
  const misses = problem.jobs.map(() => 0)
  const missesOf = (jobs: readonly number[]): number => jobs.reduce((sum, job) => sum + (misses[job] ?? 0), 0)
  let complete = withoutEmpty(begin)
  let current = complete
  let round = 0
  for (; progress(round) < 1; round++) {
    if (current.absent.length === 0) {
      complete = withoutEmpty(current)
      const spare = complete.routes
        .filter(({ jobs }) => jobs.every((job) => problem.jobs[job]?.pinned === undefined))
        .toSorted((a, b) => missesOf(a.jobs) - missesOf(b.jobs))[0]
      if (spare === undefined || complete.routes.length === 1) break
      current = { routes: complete.routes.filter((route) => route !== spare), absent: [...spare.jobs] }
    }
    const next = ruinAndRecreate(problem, current, neighbours, draw)
    for (const job of next.absent) misses[job] = (misses[job] ?? 0) + 1
    const better = next.absent.length < current.absent.length || missesOf(next.absent) < missesOf(current.absent)
    const shorter = next.absent.length === current.absent.length && costOf(problem, next) < costOf(problem, current) * (1 + 0.01 * draw())
    if (better || shorter) current = next
  }
  return { state: begin.absent.length === 0 ? complete : begin, round }
}

function withoutEmpty(state: State): State {
  return { ...state, routes: state.routes.filter(({ jobs }) => jobs.length > 0) }
}

function describe(problem: PlanProblem, { routes, absent }: State): Plan {
  const idOf = (index: number): string => problem.jobs[index]?.id ?? ''
  return {
    routes: routes
      .filter(({ jobs }) => jobs.length > 0)
      .map((route) => ({
        vehicle: route.vehicle.id,
        visits: route.visits().map(({ job, arrival, start }) => ({ job: idOf(job), arrival, start })),
        distance: route.distance,
      })),
    unassigned: absent.map((index) => ({ job: idOf(index), reason: reasonOf(problem, index) })),
    distance: routes.reduce((sum, { distance }) => sum + distance, 0),
  }
}

/** Why a job could not even go into an empty day; `crowded` when it could. */
export function reasonOf(problem: PlanProblem, index: number): Plan['unassigned'][number]['reason'] {
  const job = problem.jobs[index]
  const empty = problem.vehicles.map((vehicle) => new Route(problem, vehicle))
  if (job === undefined) return 'time'
  const able = empty.filter((route) => route.mayTake(job))
  if (able.length === 0) return 'skills'
  const roomy = able.filter((route) => route.hasRoomFor(job))
  if (roomy.length === 0) return 'capacity'
  return roomy.some((route) => route.priceAt(index, 0) !== undefined) ? 'crowded' : 'time'
}

/** Uniform numbers from a seed (mulberry32), never 0. */
function draws(seed: number): Draw {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 1) / (2 ** 32 + 1)
  }
}
