// Ruin: takes strings of neighbouring visits out of the days around one customer (Christiaens and Vanden Berghe 2020, slack induction by string removals).
import type { PlanProblem } from './problem.ts'
import type { Route } from './route.ts'

/** Visits taken out per ruin, on average. */
const averageRemoved = 10
const longestString = 10
/** How often a string keeps some visits in its middle, and how fast that number grows. */
const splitRate = 0.5
const splitDepth = 0.01

export type Draw = () => number

/** For each job all others, nearest first: those that go together. */
export function neighbourhoods({ jobs, distances }: PlanProblem): number[][] {
  return jobs.map((job) =>
    jobs
      .map((other, index) => ({ index, far: distances[job.location]?.[other.location] ?? Infinity }))
      .toSorted((a, b) => a.far - b.far || a.index - b.index)
      .map(({ index }) => index),
  )
}

/** Takes visits out of `routes` and answers them. Pinned ones stay. */
export function ruin(problem: PlanProblem, routes: readonly Route[], neighbours: readonly (readonly number[])[], draw: Draw): number[] {
  const used = routes.filter(({ jobs }) => jobs.length > 0)
  const routeOf = new Map<number, Route>(used.flatMap((route) => route.jobs.map((job): [number, Route] => [job, route])))
  if (routeOf.size === 0) return []
  const meanLength = routeOf.size / used.length
  const longest = Math.min(longestString, meanLength)
  const stringsMax = (4 * averageRemoved) / (1 + longest) - 1
  const strings = Math.floor(1 + draw() * stringsMax)
  const removed: number[] = []
  const ruined = new Set<Route>()
  const seed = Math.floor(draw() * problem.jobs.length)
  for (const job of neighbours[seed] ?? []) {
    if (ruined.size >= strings) break
    const route = routeOf.get(job)
    if (route === undefined || ruined.has(route)) continue
    const length = Math.floor(1 + draw() * Math.min(longest, route.jobs.length))
    const taken = new Set(chooseString(route.jobs, job, Math.min(length, route.jobs.length), draw).filter((each) => problem.jobs[each]?.pinned === undefined))
    ruined.add(route)
    if (taken.size === 0) continue
    route.set(route.jobs.filter((each) => !taken.has(each)))
    removed.push(...taken)
  }
  return removed
}

/** A run of visits that holds `job`; now and then with some of its middle left in place. */
function chooseString(jobs: readonly number[], job: number, length: number, draw: Draw): number[] {
  const at = jobs.indexOf(job)
  let kept = 0
  if (length > 1 && length < jobs.length && draw() < splitRate) {
    kept = 1
    while (length + kept < jobs.length && draw() < splitDepth) kept++
  }
  const whole = length + kept
  const first = Math.max(0, at - whole + 1)
  const last = Math.min(at, jobs.length - whole)
  const start = first + Math.floor(draw() * (last - first + 1))
  const run = jobs.slice(start, start + whole)
  const from = Math.floor(draw() * (length + 1))
  return [...run.slice(0, from), ...run.slice(from + kept)]
}
