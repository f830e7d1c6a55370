// One vehicle's day while it is being planned: what is in it, and at what price one more visit fits. Every check takes constant time.
import { arriveAt, leaveBy, type Pause } from './pauses.ts'
import type { PlanJob, PlanProblem, PlanVehicle, TimeWindow } from './problem.ts'

/** Later than any day. */
const never = Number.MAX_VALUE

export class Route {
  readonly vehicle: PlanVehicle
  /** Indexes of jobs, in order. Replaced, never changed, so that copies can share it. */
  jobs: readonly number[] = []
  distance = 0
  load = 0
  readonly #problem: PlanProblem
  /** When the vehicle leaves place `i`: 0 is its start, `i` the job before. */
  #leaves: readonly number[] = []
  /** The latest arrival at place `i` (a job, or the end) with which the rest of the day still works. */
  #latest: readonly number[] = []
  readonly #pauses: readonly Pause[]

  constructor(problem: PlanProblem, vehicle: PlanVehicle, like?: Route) {
    this.#problem = problem
    this.vehicle = vehicle
    this.#pauses = like === undefined ? (vehicle.breaks ?? []).map(([from, to]) => ({ from, to })) : like.#pauses
    if (like === undefined) {
      this.#settle()
      return
    }
    this.jobs = like.jobs
    this.distance = like.distance
    this.load = like.load
    this.#leaves = like.#leaves
    this.#latest = like.#latest
  }

  copy(): Route {
    return new Route(this.#problem, this.vehicle, this)
  }

  set(jobs: readonly number[]): void {
    this.jobs = [...jobs]
    this.#settle()
  }

  insert(job: number, position: number): void {
    this.jobs = this.jobs.toSpliced(position, 0, job)
    this.#settle()
  }

  /** Extra distance of the job at this position; undefined when the day would not work. */
  priceAt(index: number, position: number): number | undefined {
    const { durations, distances } = this.#problem
    const job = this.#job(index)
    const from = this.#place(position - 1)
    const to = this.#place(position)
    const start = this.#start(job, this.#arrive(this.#leaves[position] ?? 0, durations[from]?.[job.location] ?? never))
    if (start === undefined || start + job.service > this.#leave(this.#latest[position] ?? 0, durations[job.location]?.[to] ?? never)) return undefined
    return (distances[from]?.[job.location] ?? never) + (distances[job.location]?.[to] ?? never) - (distances[from]?.[to] ?? 0)
  }

  hasRoomFor(job: PlanJob): boolean {
    return this.load + (job.amount ?? 0) <= (this.vehicle.capacity ?? never)
  }

  mayTake(job: PlanJob): boolean {
    if (job.pinned !== undefined) return job.pinned === this.vehicle.id
    return (job.skills ?? []).every((skill) => this.vehicle.skills?.includes(skill) === true)
  }

  visits(): { job: number; arrival: number; start: number }[] {
    let [time, place] = [this.vehicle.timeWindow[0], this.vehicle.start]
    return this.jobs.map((index) => {
      const job = this.#job(index)
      const arrival = this.#arrive(time, this.#problem.durations[place]?.[job.location] ?? never)
      const start = this.#start(job, arrival) ?? never
      time = start + job.service
      place = job.location
      return { job: index, arrival, start }
    })
  }

  /** All of it as it is can be done: by somebody able, with room for it, each visit in its window, and home in time. */
  works(): boolean {
    const jobs = this.jobs.map((index) => this.#job(index))
    const able = jobs.every((job) => this.mayTake(job)) && this.load <= (this.vehicle.capacity ?? never)
    // What must be left at the latest to go on as planned is never before the day begins, else something comes too late.
    const first = jobs[0]
    if (first === undefined || !able) return able
    const arrival = this.#arrive(this.vehicle.timeWindow[0], this.#problem.durations[this.vehicle.start]?.[first.location] ?? never)
    return (this.#start(first, arrival) ?? never) <= (this.#latest[0] ?? -never)
  }

  #arrive(leave: number, way: number): number {
    return this.#pauses.length === 0 ? leave + way : arriveAt(leave, way, this.#pauses)
  }

  #leave(arrive: number, way: number): number {
    return this.#pauses.length === 0 ? arrive - way : leaveBy(arrive, way, this.#pauses)
  }

  #start(job: PlanJob, arrival: number): number | undefined {
    return earliestStart(windowsOf(job, this.#pauses), arrival)
  }

  #job(index: number): PlanJob {
    const job = this.#problem.jobs[index]
    if (job === undefined) throw new Error(`there is no job ${index}`)
    return job
  }

  /** Location of the job at a position; before the first the start, behind the last the end. */
  #place(position: number): number {
    const index = this.jobs[position]
    if (index !== undefined) return this.#job(index).location
    return position < 0 ? this.vehicle.start : this.vehicle.end
  }

  #settle(): void {
    const { durations, distances } = this.#problem
    const leaves = [this.vehicle.timeWindow[0]]
    this.distance = 0
    this.load = 0
    let place = this.vehicle.start
    for (const [position, index] of this.jobs.entries()) {
      const job = this.#job(index)
      const start = this.#start(job, this.#arrive(leaves[position] ?? 0, durations[place]?.[job.location] ?? never)) ?? never
      leaves.push(start + job.service)
      this.distance += distances[place]?.[job.location] ?? never
      this.load += job.amount ?? 0
      place = job.location
    }
    if (this.jobs.length > 0) this.distance += distances[place]?.[this.vehicle.end] ?? never
    const latest = Array.from({ length: this.jobs.length + 1 }, () => this.vehicle.timeWindow[1])
    let after = this.vehicle.end
    for (let position = this.jobs.length - 1; position >= 0; position--) {
      const job = this.#job(this.jobs[position] ?? -1)
      const leave = this.#leave(latest[position + 1] ?? 0, durations[job.location]?.[after] ?? never)
      latest[position] = latestStart(windowsOf(job, this.#pauses), leave - job.service)
      after = job.location
    }
    this.#leaves = leaves
    this.#latest = latest
  }
}

/** When it may begin so that no pause falls into it. What is promised begins when it was promised. */
function windowsOf({ timeWindows, service, pinned }: PlanJob, pauses: readonly Pause[]): readonly TimeWindow[] {
  if (pauses.length === 0 || pinned !== undefined) return timeWindows
  return pauses.reduce<readonly TimeWindow[]>(
    (windows, pause) =>
      windows.flatMap(([from, until]): TimeWindow[] => {
        const [before, after] = [Math.min(until, pause.from - service), Math.max(from, pause.to)]
        return [...(from <= before ? [[from, before] as const] : []), ...(after <= until ? [[after, until] as const] : [])]
      }),
    timeWindows,
  )
}

/** When a visit can begin for one who arrives then; undefined when it is too late. */
function earliestStart(windows: readonly TimeWindow[], arrival: number): number | undefined {
  let best: number | undefined
  for (const [from, until] of windows) {
    const start = Math.max(from, arrival)
    if (start <= until && (best === undefined || start < best)) best = start
  }
  return best
}

/** The latest beginning that is not after `limit`; minus infinity when there is none. */
function latestStart(windows: readonly TimeWindow[], limit: number): number {
  let best = -never
  for (const [from, until] of windows) if (from <= limit) best = Math.max(best, Math.min(until, limit))
  return best
}
