// Holds a plan against its problem, with arithmetic of its own: every job once, in its window, with room, and home in time.
import type { Plan, PlanProblem } from '../../src/dispatch/plan/problem.ts'

/** What is wrong with the plan; empty when it is feasible and complete. */
export function faultsOf(problem: PlanProblem, plan: Plan): string[] {
  const faults: string[] = plan.unassigned.map(({ job }) => `job ${job} is not done`)
  const done = new Map<string, number>()
  const epsilon = 1e-6
  for (const { vehicle: id, visits } of plan.routes) {
    const vehicle = problem.vehicles.find((each) => each.id === id)
    if (vehicle === undefined) {
      faults.push(`there is no vehicle ${id}`)
      continue
    }
    let [time, place, load] = [vehicle.timeWindow[0], vehicle.start, 0]
    const breaks = vehicle.breaks ?? []
    const inBreaks = (from: number, until: number): number =>
      breaks.reduce((sum, [begin, end]) => sum + Math.max(0, Math.min(end, until) - Math.max(begin, from)), 0)
    const hasTimeFor = (way: number, from: number, until: number): boolean => until - from - inBreaks(from, until) >= way - epsilon
    for (const { job: jobId, start } of visits) {
      const job = problem.jobs.find((each) => each.id === jobId)
      if (job === undefined) {
        faults.push(`there is no job ${jobId}`)
        continue
      }
      done.set(jobId, (done.get(jobId) ?? 0) + 1)
      if (!hasTimeFor(problem.durations[place]?.[job.location] ?? Infinity, time, start)) faults.push(`job ${jobId} starts before the vehicle is there`)
      if (!job.timeWindows.some(([from, until]) => start >= from - epsilon && start <= until + epsilon)) faults.push(`job ${jobId} is outside its windows`)
      // Whom a person promised goes, whatever the list of skills says.
      if (job.pinned === undefined && !(job.skills ?? []).every((skill) => vehicle.skills?.includes(skill)))
        faults.push(`vehicle ${id} lacks a skill for job ${jobId}`)
      if (job.pinned !== undefined && job.pinned !== id) faults.push(`job ${jobId} is with ${id}, promised with ${job.pinned}`)
      if (job.pinned === undefined && inBreaks(start, start + job.service) > epsilon) faults.push(`job ${jobId} is in a break`)
      time = start + job.service
      place = job.location
      load += job.amount ?? 0
    }
    if (!hasTimeFor(problem.durations[place]?.[vehicle.end] ?? Infinity, time, vehicle.timeWindow[1])) faults.push(`vehicle ${id} is home too late`)
    if (load > (vehicle.capacity ?? Infinity) + epsilon) faults.push(`vehicle ${id} is too full`)
  }
  for (const [job, times] of done) if (times > 1) faults.push(`job ${job} is done ${times} times`)
  return faults
}
