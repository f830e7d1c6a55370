// A day to be planned, in VROOM's vocabulary (jobs, vehicles, skills, time windows, breaks, service, priority), so that a VROOM server can take its place.

/** Both in the same unit, e.g. minutes since midnight. */
export type TimeWindow = readonly [from: number, until: number]

export interface PlanJob {
  id: string
  /** Index into the matrices. */
  location: number
  /** How long the visit takes. */
  service: number
  /** When it may begin; any of them. */
  timeWindows: readonly TimeWindow[]
  /** All of them are needed. */
  skills?: readonly string[]
  /** What it takes up of the vehicle's capacity. */
  amount?: number
  /** 0–100: what is left out when not all can be done is of the lowest. */
  priority?: number
  /** Promised with this vehicle: planned first and never taken away; a promised time is a narrow window. */
  pinned?: string
}

export interface PlanVehicle {
  id: string
  /** Where the day starts and ends: index into the matrices. */
  start: number
  end: number
  timeWindow: TimeWindow
  /** In which nobody drives or works, in order and within `timeWindow`. */
  breaks?: readonly TimeWindow[]
  skills?: readonly string[]
  capacity?: number
}

export interface PlanProblem {
  jobs: readonly PlanJob[]
  vehicles: readonly PlanVehicle[]
  /** Travel times from row to column. */
  durations: readonly (readonly number[])[]
  /** What is to be kept small. */
  distances: readonly (readonly number[])[]
  /** `distance`: as short as possible with all vehicles; `vehicles`: first as few vehicles as possible. */
  objective: 'distance' | 'vehicles'
}

export interface PlannedVisit {
  job: string
  arrival: number
  /** When the visit begins, after waiting. */
  start: number
}

export interface Plan {
  routes: { vehicle: string; visits: PlannedVisit[]; distance: number }[]
  /** Jobs nobody can do with what is planned, each with the reason. */
  unassigned: { job: string; reason: 'skills' | 'time' | 'capacity' | 'crowded' }[]
  distance: number
}

/** Whoever plans a day: ours, or an adapter to a VROOM server. */
export interface Planner {
  plan(problem: PlanProblem): Promise<Plan>
}
