// Two years of a made-up company, lived through in a desk in memory: stories side by side, in order of time.
import { startInsights } from '../insights/index.ts'
import type { Settings } from '../settings.ts'
import { restock, retire, seeToTasks, sell, setUp } from './company.ts'
import { draws } from './draws.ts'
import { makeFleet, type Fleet, type FleetWish } from './fleet.ts'
import { inspectionsOf, planRounds } from './inspect.ts'
import { repair } from './story.ts'
import type { Inspected, Story, Teller, Told } from './told.ts'
import { createWorld, type World } from './world.ts'

export interface History {
  world: World
  fleet: Fleet
  /** What the stories know: the reports must say the same. */
  told: readonly Told[]
  inspected: readonly Inspected[]
}

export interface HistoryOptions extends FleetWish {
  settings: Settings
  adminKey: string
  /** Its engineers have left by the end. */
  retired?: boolean
  /** Told now and then how far it is, 0 to 1. */
  onProgress?: (done: number) => void
}

/** Rejects when the desk refuses something: then the story is told wrongly. */
export async function makeHistory({ settings, adminKey, retired = false, onProgress = () => {}, ...wish }: HistoryOptions): Promise<History> {
  const fleet = makeFleet(wish)
  const { from, until } = fleet
  const world = await createWorld({ settings, adminKey, seed: wish.seed, from })
  const teller: Teller = { world, draw: draws(wish.seed + 1), told: [], inspected: [] }
  await setUp(world, fleet)
  await startInsights(world.core)
  const agenda = createAgenda()
  agenda.add(from, sell(teller, fleet.assets))
  agenda.add(from, restock(teller))
  agenda.add(from, seeToTasks(teller))
  agenda.add(from, planRounds(teller, fleet))
  for (const { at, story } of inspectionsOf(teller, fleet)) agenda.add(at, story)
  for (const failure of fleet.failures) agenda.add(failure.at, repair(teller, failure))
  for (let next = agenda.take(); next !== undefined && next.at < until; next = agenda.take()) {
    await world.moveTo(next.at)
    const { value, done } = await next.story.next()
    if (done !== true) agenda.add(Math.max(value, next.at), next.story)
    onProgress((next.at - from) / (until - from))
  }
  await world.moveTo(until)
  if (retired) await retire(world)
  if (world.trouble.length > 0) throw new Error(`the made-up history went wrong: ${[...new Set(world.trouble)].slice(0, 5).join('; ')}`)
  return { world, fleet, told: teller.told, inspected: teller.inspected }
}

interface Point {
  at: number
  story: Story
  /** Of two at one moment the earlier comer goes first, so that a history is the same each time. */
  order: number
}

function createAgenda() {
  const heap: Point[] = []
  let count = 0
  const before = (one: Point, other: Point): boolean => one.at < other.at || (one.at === other.at && one.order < other.order)

  return {
    add(at: number, story: Story): void {
      const point = { at: Math.round(at), story, order: count++ }
      let index = heap.push(point) - 1
      for (let up = (index - 1) >> 1; index > 0 && before(point, heap[up] ?? point); up = (index - 1) >> 1) {
        heap[index] = heap[up] ?? point
        index = up
      }
      heap[index] = point
    },
    take(): Point | undefined {
      const [first] = heap
      const last = heap.pop()
      if (first === undefined || last === undefined || first === last) return first
      let index = 0
      for (;;) {
        const [left, right] = [heap[2 * index + 1], heap[2 * index + 2]]
        const child = right !== undefined && left !== undefined && before(right, left) ? 2 * index + 2 : 2 * index + 1
        const least = heap[child]
        if (least === undefined || !before(least, last)) break
        heap[index] = least
        index = child
      }
      heap[index] = last
      return first
    },
  }
}
