// A day as a VROOM server plans it: https://github.com/VROOM-Project/vroom/blob/master/docs/API.md. It says who goes where in which order;
// times are reckoned here, and what would not work here is no plan.
import { z } from 'zod'
import type { Plan, Planner, PlanProblem } from './problem.ts'
import { reasonOf } from './plan.ts'
import { Route } from './route.ts'

export interface VroomOptions {
  /** Where it takes problems, e.g. `http://localhost:3000/`. */
  url: string
  timeoutMs: number
  fetch: typeof fetch
}

/** The unit of the problem is the minute, VROOM's the second; distances are km, VROOM's whole metres. */
const [seconds, metres] = [60, 1000]
/** Beyond it the matrices alone are several megabytes. */
const placesMax = 600
const longestAnswer = 4_000_000

const answer = z.looseObject({
  code: z.int(),
  routes: z.array(z.looseObject({ vehicle: z.int(), steps: z.array(z.looseObject({ type: z.string(), id: z.int().optional() })) })).default([]),
})

/** Throws when the server is away, slow, or answers no plan that works. */
export function vroomPlanner({ url, timeoutMs, fetch: request }: VroomOptions): Planner {
  return {
    async plan(problem) {
      if (problem.durations.length > placesMax) throw new Error('the day is too large for the VROOM server')
      const response = await request(url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(writeProblem(problem)),
      })
      if (!response.ok) throw new Error(`the VROOM server answered ${response.status}`)
      const read = answer.safeParse(JSON.parse(await readBounded(response)))
      if (!read.success || read.data.code !== 0) throw new Error('the VROOM server has no plan')
      return readPlan(problem, read.data.routes)
    },
  }
}

/** Ids are numbers there: of a job and a vehicle its place in the list from 1, of a skill as it comes. */
export function writeProblem({ jobs, vehicles, durations, distances, objective }: PlanProblem) {
  const skills = new Map<string, number>()
  const skillOf = (name: string): number => {
    const id = skills.get(name) ?? skills.size + 1
    skills.set(name, id)
    return id
  }
  const ofVehicle = (id: string): string => `only ${id}`
  const whole = (matrix: PlanProblem['durations'], unit: number): number[][] => matrix.map((row) => row.map((cell) => Math.ceil(cell * unit)))
  return {
    jobs: jobs.map(({ location, service, timeWindows, skills: needed = [], amount, priority = 0, pinned }, index) => ({
      id: index + 1,
      location_index: location,
      service: Math.ceil(service * seconds),
      // Whom a person promised goes, whatever the skills say; and before all others.
      skills: pinned === undefined ? needed.map(skillOf) : [skillOf(ofVehicle(pinned))],
      priority: pinned === undefined ? Math.min(priority, 99) : 100,
      time_windows: timeWindows.map(([from, until]) => [Math.ceil(from * seconds), Math.floor(until * seconds)]),
      ...(amount === undefined ? {} : { delivery: [amount] }),
    })),
    vehicles: vehicles.map(({ id, start, end, timeWindow: [from, until], breaks = [], skills: own = [], capacity }, index) => ({
      id: index + 1,
      profile: 'car',
      start_index: start,
      end_index: end,
      time_window: [Math.ceil(from * seconds), Math.floor(until * seconds)],
      skills: [...own, ofVehicle(id)].map(skillOf),
      breaks: breaks.map(([begin, stop], pause) => ({
        id: pause + 1,
        time_windows: [[Math.ceil(begin * seconds), Math.ceil(begin * seconds)]],
        service: Math.floor((stop - begin) * seconds),
      })),
      // Jobs that take up nothing need no room.
      ...(capacity === undefined || jobs.some(({ amount }) => amount === undefined) ? {} : { capacity: [capacity] }),
    })),
    matrices: { car: { durations: whole(durations, seconds), ...(objective === 'distance' ? { costs: whole(distances, metres) } : {}) } },
  }
}

function readPlan(problem: PlanProblem, answered: z.output<typeof answer>['routes']): Plan {
  const done = new Set<number>()
  const routes = answered.map(({ vehicle: number, steps }) => {
    const vehicle = problem.vehicles[number - 1]
    const jobs = steps.flatMap(({ type, id }) => (type === 'job' && id !== undefined ? [id - 1] : []))
    if (vehicle === undefined || jobs.some((job) => problem.jobs[job] === undefined || done.has(job)))
      throw new Error("the VROOM server's plan is of another day")
    for (const job of jobs) done.add(job)
    const route = new Route(problem, vehicle)
    route.set(jobs)
    if (!route.works()) throw new Error("the VROOM server's plan does not work")
    return route
  })
  if (new Set(routes.map(({ vehicle }) => vehicle.id)).size !== routes.length) throw new Error('the VROOM server sends somebody to two places')
  const left = problem.jobs.flatMap((job, index) => (done.has(index) ? [] : [{ job, index }]))
  if (left.some(({ job }) => job.pinned !== undefined)) throw new Error("the VROOM server's plan breaks a promise")
  return {
    routes: routes
      .filter(({ jobs }) => jobs.length > 0)
      .map((route) => ({
        vehicle: route.vehicle.id,
        visits: route.visits().map(({ job, arrival, start }) => ({ job: problem.jobs[job]?.id ?? '', arrival, start })),
        distance: route.distance,
      })),
    unassigned: left.map(({ job, index }) => ({ job: job.id, reason: reasonOf(problem, index) })),
    distance: routes.reduce((sum, { distance }) => sum + distance, 0),
  }
}

async function readBounded(response: Response): Promise<string> {
  let size = 0
  const parts: Uint8Array[] = []
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > longestAnswer) throw new Error("the VROOM server's answer is too long")
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
