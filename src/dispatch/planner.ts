// Who plans a day: a VROOM server where one is set up, and our own planner wherever that one is away, slow or wrong.
import type { Core } from '../core.ts'
import { errorFields } from '../log.ts'
import { planDay } from './plan/plan.ts'
import type { Planner } from './plan/problem.ts'
import { vroomPlanner } from './plan/vroom.ts'

/** So many rounds, always the same plan for the same day. */
const rounds = 1500
const ownPlanner: Planner = { plan: async (problem) => planDay(problem, { seed: 1, progress: (round) => round / rounds }) }

export function plannerFor(core: Core): Planner {
  const { vroom } = core.company().dispatch
  if (vroom === null) return ownPlanner
  const other = vroomPlanner({ url: vroom.url, timeoutMs: vroom.timeout, fetch: core.fetch })
  return {
    async plan(problem) {
      try {
        return await other.plan(problem)
      } catch (error) {
        core.log.warn('planned without the VROOM server', errorFields(error))
        return ownPlanner.plan(problem)
      }
    },
  }
}
