// Reads vehicle routing instances in Solomon's text format: a name, the vehicles, and a row per customer.
import type { PlanProblem } from '../../src/dispatch/plan/problem.ts'

export interface Instance {
  name: string
  problem: PlanProblem
}

/** @throws Error naming what is missing. */
export function readSolomon(text: string): Instance {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const name = lines.find((line) => line !== '') ?? ''
  const numbers = lines.map((line) => line.split(/\s+/).map(Number)).filter((row) => row.length > 1 && row.every((value) => Number.isFinite(value)))
  const fleet = numbers.find((row) => row.length === 2)
  const rows = numbers.filter((row) => row.length === 7)
  const [depot] = rows
  const [count, capacity] = fleet ?? []
  if (count === undefined || capacity === undefined || depot === undefined) throw new Error(`${name || 'the file'} is no instance in Solomon's format`)
  const distances = rows.map(([, x = 0, y = 0]) => rows.map(([, toX = 0, toY = 0]) => Math.hypot(x - toX, y - toY)))
  const [, , , , ready = 0, due = 0] = depot
  return {
    name,
    problem: {
      objective: 'vehicles',
      durations: distances,
      distances,
      vehicles: Array.from({ length: count }, (_, index) => ({ id: String(index + 1), start: 0, end: 0, timeWindow: [ready, due], capacity })),
      jobs: rows.slice(1).map(([id = 0, , , amount = 0, from = 0, until = 0, service = 0], index) => ({
        id: String(id),
        location: index + 1,
        service,
        amount,
        timeWindows: [[from, until]],
      })),
    },
  }
}
