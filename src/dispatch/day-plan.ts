// The plan of one day: visits agreed upon stay where and when they are, open ones go where they fit best. A suggestion: nothing is changed by it.
import type { Core } from '../core.ts'
import type { Priority } from '../tickets/index.ts'
import { survivorOf } from '../tickets/index.ts'
import { boardOf, waysOf, type Booked } from './board.ts'
import { shiftsOn } from './days.ts'
import { reasonsAgainst } from './eligible.ts'
import { kmOnRoad, travelMs, type Point } from './place.ts'
import { requiredParts } from './parts-filter.ts'
import { pausesBetween } from './plan/pauses.ts'
import { plannerFor } from './planner.ts'
import type { Plan, PlanJob, PlanProblem, PlanVehicle, TimeWindow } from './plan/problem.ts'
import type { WorkOrder } from './work-order.ts'

export interface DayPlan {
  date: string
  routes: { engineer: string; visits: { workOrder: string; ticket: string; from: number; until: number; agreed: boolean }[]; km: number }[]
  unassigned: { workOrder: string; ticket: string; reason: Plan['unassigned'][number]['reason'] }[]
  km: number
}

const priorities: Readonly<Record<Priority, number>> = { low: 0, normal: 20, high: 60, urgent: 100 }
const minuteMs = 60_000

interface Job {
  order: WorkOrder
  /** Where it may go; one that is agreed upon goes nowhere else. */
  windows: TimeWindow[]
  agreed: boolean
  /** Engineers who would come without a part that the company requires. */
  without: ReadonlySet<string>
}

/** `date`: ISO, by the company's clock. */
export async function planFor(core: Core, date: string): Promise<DayPlan> {
  const midnight = Temporal.PlainDate.from(date).toZonedDateTime(core.company().flow.timeZone)
  const day = { from: midnight.epochMilliseconds, until: midnight.add({ days: 1 }).epochMilliseconds }
  const working = (await boardOf(core)).map((on) => ({ on, shifts: shiftsOn(on.engineer, on.hours, date) })).filter(({ shifts }) => shifts.length > 0)
  const jobs = await jobsOf(
    core,
    day,
    working.map(({ on }) => on.engineer._id),
  )
  const problem = problemOf(core, jobs, working, day.from)
  const plan = await plannerFor(core).plan(problem)
  const orders = new Map(jobs.map((job) => [job.order._id, job]))
  const at = (minutes: number): number => day.from + minutes * minuteMs
  return {
    date,
    routes: plan.routes.map(({ vehicle, visits, distance }) => ({
      engineer: vehicle,
      visits: visits.flatMap(({ job, start }) => {
        const known = orders.get(job)
        if (known === undefined) return []
        const { order, agreed } = known
        return [{ workOrder: job, ticket: order.ticket, from: at(start), until: at(start) + order.duration, agreed }]
      }),
      km: Math.round(distance * 10) / 10,
    })),
    unassigned: plan.unassigned.map(({ job, reason }) => ({ workOrder: job, ticket: orders.get(job)?.order.ticket ?? '', reason })),
    km: Math.round(plan.distance * 10) / 10,
  }
}

/** What is agreed upon for the day, and what is still to be agreed upon and could be done on it. */
async function jobsOf(core: Core, day: { from: number; until: number }, engineers: readonly string[]): Promise<Job[]> {
  const statuses = ['unscheduled', 'scheduled', 'dispatched', 'accepted', 'en_route', 'on_site']
  const open = await core.collections.workOrders.find({ kind: 'visit', status: { $in: statuses }, hold: null }, { sort: { createdAt: 1 }, limit: 1000 })
  const minutes = (moment: number): number => (moment - day.from) / minuteMs
  const jobs = await Promise.all(
    open.map(async (order): Promise<Job | undefined> => {
      const { appointment, engineer } = order
      if (appointment !== null) {
        const from = Date.parse(appointment.from)
        return from < day.from || from >= day.until
          ? undefined
          : { order, windows: [[minutes(from), minutes(from)]], agreed: engineer !== null, without: new Set() }
      }
      const wished = (await survivorOf(core, order.ticket)).fields.preferredWindows ?? []
      const windows = wished
        .map(({ from, until }) => [Math.max(Date.parse(from), day.from), Math.min(Date.parse(until), day.until) - order.duration] as const)
        .filter(([from, until]) => from <= until)
        .map(([from, until]): TimeWindow => [minutes(from), minutes(until)])
      if (wished.length > 0 && windows.length === 0) return undefined
      const lacking = await requiredParts(core, order)
      const without = new Set<string>()
      for (const each of engineers) if ((await lacking(each)).length > 0) without.add(each)
      return { order, windows: windows.length > 0 ? windows : [[0, minutes(day.until)]], agreed: false, without }
    }),
  )
  return jobs.filter((job) => job !== undefined)
}

function problemOf(
  core: Core,
  jobs: readonly Job[],
  working: readonly { on: Booked; shifts: { from: number; to: number }[] }[],
  midnight: number,
): PlanProblem {
  const ways = waysOf(core)
  const places: (Point | null)[] = [...working.map(({ on }) => on.engineer.base), ...jobs.map(({ order }) => order.site.point)]
  const isBase = (index: number): boolean => index < working.length
  const minutes = (from: number, to: number): number => {
    const [one, other] = [places[from] ?? null, places[to] ?? null]
    // Who starts wherever they like is where the day begins.
    if (from === to || (isBase(from) && one === null) || (isBase(to) && other === null)) return 0
    return (travelMs(one, other, ways) + (isBase(from) || isBase(to) ? 0 : ways.bufferMs)) / minuteMs
  }
  const matrix = (cell: (from: number, to: number) => number): number[][] => places.map((_, from) => places.map((__, to) => cell(from, to)))
  const vehicles = working.map(({ on: { engineer }, shifts }, index): PlanVehicle => ({
    id: engineer._id,
    start: index,
    end: index,
    timeWindow: [((shifts[0]?.from ?? midnight) - midnight) / minuteMs, ((shifts.at(-1)?.to ?? midnight) - midnight) / minuteMs],
    breaks: pausesBetween(shifts).map(({ from, to }): TimeWindow => [(from - midnight) / minuteMs, (to - midnight) / minuteMs]),
    // Skill, territory and parts in one: the jobs they are able to do.
    skills: jobs.filter(({ order, without }) => reasonsAgainst(engineer, order).length === 0 && !without.has(engineer._id)).map(({ order }) => order._id),
    capacity: engineer.visitsPerDay,
  }))
  return {
    vehicles,
    jobs: jobs.map(({ order, windows, agreed }, index): PlanJob => ({
      id: order._id,
      location: working.length + index,
      service: order.duration / minuteMs,
      timeWindows: windows,
      skills: [order._id],
      amount: 1,
      priority: priorities[order.priority],
      ...(agreed && order.engineer !== null ? { pinned: order.engineer } : {}),
    })),
    durations: matrix(minutes),
    distances: matrix((from, to) => (minutes(from, to) === 0 ? 0 : kmOnRoad(places[from] ?? null, places[to] ?? null, ways))),
    objective: 'distance',
  }
}
