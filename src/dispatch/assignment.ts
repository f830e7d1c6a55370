// Several jobs at once, one for each engineer at most: as many as possible are done, and as well as possible in sum. Pure.
import munkres from 'munkres'

export interface Fit {
  job: string
  engineer: string
  /** 0–100. */
  score: number
}

/** Above any sum of scores: one job more counts more than any better fit. */
const impossible = 1e6

/** Out of what is possible the best choice; every job and every engineer in it once at most. */
export function assignJobs(fits: readonly Fit[]): Fit[] {
  const jobs = [...new Set(fits.map(({ job }) => job))]
  const engineers = [...new Set(fits.map(({ engineer }) => engineer))]
  if (jobs.length === 0) return []
  const best = new Map<string, Fit>()
  for (const fit of fits) {
    const key = JSON.stringify([fit.job, fit.engineer])
    if ((best.get(key)?.score ?? -1) < fit.score) best.set(key, fit)
  }
  const fitOf = (job: number, engineer: number): Fit | undefined => best.get(JSON.stringify([jobs[job], engineers[engineer]]))
  const costs = jobs.map((_, job) => engineers.map((__, engineer) => 100 - (fitOf(job, engineer)?.score ?? 100 - impossible)))
  return munkres(costs).flatMap(([job, engineer]) => fitOf(job, engineer) ?? [])
}
