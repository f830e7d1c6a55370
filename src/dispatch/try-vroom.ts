// The VROOM server as it is tried before the start: given a day of one visit to plan.
import type { Connection } from '../connection.ts'
import { StartError } from '../errors.ts'
import { vroomPlanner, type VroomOptions } from './plan/vroom.ts'

const day = {
  jobs: [{ id: 'visit', location: 1, service: 30, timeWindows: [[0, 480]] }],
  vehicles: [{ id: 'engineer', start: 0, end: 0, timeWindow: [0, 480] }],
  durations: [
    [0, 10],
    [10, 0],
  ],
  distances: [
    [0, 5],
    [5, 0],
  ],
  objective: 'distance',
} as const

export function vroomConnection(options: VroomOptions): Connection {
  return {
    setting: 'dispatch.vroom',
    async try() {
      try {
        await vroomPlanner(options).plan(day)
        return `the VROOM server at ${new URL(options.url).host} plans a day`
      } catch (error) {
        throw new StartError([
          `dispatch.vroom: ${error instanceof Error ? error.message : String(error)}: start VROOM there, or correct dispatch.vroom.url in mendline.yaml; until then our own planner works`,
        ])
      }
    },
  }
}
