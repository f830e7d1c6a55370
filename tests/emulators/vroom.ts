// An emulated VROOM server (vroom-express): takes a problem only as VROOM documents it and answers a plan as VROOM does, one visit after the other.
// https://github.com/VROOM-Project/vroom/blob/master/docs/API.md
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const id = z.int().min(0)
const seconds = z.int().min(0)
const window = z.tuple([seconds, seconds]).refine(([start, end]) => start <= end, 'ends before it starts')
const job = z.strictObject({
  id,
  location_index: id,
  service: seconds.optional(),
  delivery: z.array(z.int()).optional(),
  skills: z.array(z.int()).optional(),
  priority: z.int().min(0).max(100).optional(),
  time_windows: z.array(window).min(1).optional(),
})
const vehicle = z.strictObject({
  id,
  profile: z.string().optional(),
  start_index: id.optional(),
  end_index: id.optional(),
  capacity: z.array(z.int()).optional(),
  skills: z.array(z.int()).optional(),
  time_window: window.optional(),
  breaks: z.array(z.strictObject({ id, time_windows: z.array(window).min(1), service: seconds.optional() })).optional(),
})
const matrix = z.array(z.array(z.int().min(0)))
const schema = z
  .strictObject({
    jobs: z.array(job).min(1),
    vehicles: z.array(vehicle).min(1),
    matrices: z.record(z.string(), z.strictObject({ durations: matrix, distances: matrix.optional(), costs: matrix.optional() })),
  })
  .superRefine(({ jobs, vehicles, matrices }, context) => {
    const wrong = (message: string): void => context.addIssue(message)
    for (const all of [jobs, vehicles]) if (new Set(all.map((each) => each.id)).size !== all.length) wrong('an id is there twice')
    // One unit of capacity for each unit of an amount, or none at all.
    const dimensions = new Set([...jobs.map(({ delivery }) => delivery?.length ?? 0), ...vehicles.map(({ capacity }) => capacity?.length ?? 0)])
    if (dimensions.size > 1) wrong('amounts and capacities have different lengths')
    for (const each of vehicles) {
      const own = matrices[each.profile ?? 'car']
      if (own === undefined) wrong(`no matrix for ${each.profile}`)
      for (const one of own === undefined ? [] : [own.durations, own.costs ?? own.durations])
        if (one.some((row) => row.length !== one.length) || jobs.some((at) => at.location_index >= one.length)) wrong('the matrix is not square, or too small')
    }
  })
type Problem = z.output<typeof schema>

export interface Vroom {
  url: string
  /** Problems that it took. */
  problems: Problem[]
  /** What it did not take, and why. */
  complaints: string[]
  /** `wrong`: everybody to the first vehicle, at once. */
  behave(how: 'well' | 'slow' | 'wrong' | 'broken' | 'endless'): void
  close(): Promise<void>
}

export async function startVroom(): Promise<Vroom> {
  let how: Parameters<Vroom['behave']>[0] = 'well'
  const [problems, complaints]: [Problem[], string[]] = [[], []]
  const server = createServer(async (request, response) => {
    const read = schema.safeParse(JSON.parse(await text(request)))
    if (!read.success) {
      complaints.push(z.prettifyError(read.error))
      return response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ code: 2, error: 'input error' }))
    }
    problems.push(read.data)
    if (how === 'slow') return
    if (how === 'broken') return response.writeHead(200).end('{"code":3,"error":"internal"}')
    if (how === 'endless') return response.writeHead(200).end(`{"code":0,"routes":[],"more":"${'x'.repeat(5_000_000)}"}`)
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer(read.data, how === 'wrong')))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    problems,
    complaints,
    behave: (next) => void (how = next),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Visits in order of their windows, each behind the last of the first vehicle that may and can. */
function answer({ jobs, vehicles, matrices }: Problem, wrong: boolean) {
  const days = vehicles.map((each) => ({ vehicle: each, time: each.time_window?.[0] ?? 0, place: each.start_index ?? 0, steps: [] as object[] }))
  const unassigned: object[] = []
  const inOrder = jobs.toSorted((one, other) => (one.time_windows?.[0]?.[1] ?? 0) - (other.time_windows?.[0]?.[1] ?? 0))
  for (const each of inOrder) {
    const day = days.find(({ vehicle: by, time, place }) => {
      if (wrong) return true
      const durations = matrices[by.profile ?? 'car']?.durations ?? []
      const able = (each.skills ?? []).every((skill) => by.skills?.includes(skill))
      const start = Math.max(time + (durations[place]?.[each.location_index] ?? 0), each.time_windows?.[0]?.[0] ?? 0)
      const end = start + (each.service ?? 0)
      const home = end + (durations[each.location_index]?.[by.end_index ?? 0] ?? 0)
      const paused = by.breaks?.some(({ time_windows, service = 0 }) => (time_windows[0]?.[0] ?? 0) < home && time < (time_windows[0]?.[0] ?? 0) + service)
      return able && !paused && start <= (each.time_windows?.[0]?.[1] ?? Infinity) && home <= (by.time_window?.[1] ?? Infinity)
    })
    if (day === undefined) {
      unassigned.push({ id: each.id, type: 'job', location_index: each.location_index })
      continue
    }
    const way = matrices[day.vehicle.profile ?? 'car']?.durations[day.place]?.[each.location_index] ?? 0
    const arrival = day.time + way
    const waiting = Math.max(0, (each.time_windows?.[0]?.[0] ?? 0) - arrival)
    day.steps.push({
      type: 'job',
      id: each.id,
      location_index: each.location_index,
      setup: 0,
      service: each.service,
      waiting_time: waiting,
      arrival,
      duration: way,
    })
    day.time = arrival + waiting + (each.service ?? 0)
    day.place = each.location_index
  }
  return {
    code: 0,
    summary: { cost: 0, routes: days.length, unassigned: unassigned.length },
    unassigned,
    routes: days
      .filter(({ steps }) => steps.length > 0)
      .map(({ vehicle: by, steps }) => ({
        vehicle: by.id,
        cost: 0,
        steps: [{ type: 'start', arrival: by.time_window?.[0] ?? 0 }, ...steps, { type: 'end', arrival: by.time_window?.[1] ?? 0 }],
      })),
  }
}
