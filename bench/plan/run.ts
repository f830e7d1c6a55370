// npm run bench:plan -- --dir solomon --seconds 2 [--json]: plans every instance in Solomon's text format and says distance, vehicles, and whether it is feasible.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { planDay } from '../../src/dispatch/plan/plan.ts'
import { faultsOf } from './check.ts'
import { readSolomon } from './solomon.ts'

const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    seconds: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    objective: { type: 'string', default: 'vehicles' },
    json: { type: 'boolean', default: false },
  },
})
const seconds = Number(values.seconds)
const objective = values.objective === 'vehicles' || values.objective === 'distance' ? values.objective : undefined
if (values.dir === undefined || !(seconds > 0) || objective === undefined) {
  console.error('usage: npm run bench:plan -- --dir <folder of instances> [--seconds 2] [--seed 1] [--objective vehicles|distance] [--json]')
  process.exit(2)
}
const { dir } = values

const files = readdirSync(dir)
  .filter((name) => /\.txt$/i.test(name) && statSync(join(dir, name)).isFile())
  .toSorted()
if (files.length === 0) {
  console.error(`${dir} holds no .txt files`)
  process.exit(1)
}

const results = files.map((file) => {
  const { name, problem } = readSolomon(readFileSync(join(dir, file), 'utf8'))
  const began = performance.now()
  let rounds = 0
  const plan = planDay(
    { ...problem, objective },
    { seed: Number(values.seed), progress: (round) => ((rounds = round), (performance.now() - began) / (seconds * 1000)) },
  )
  const faults = faultsOf(problem, plan)
  const result = {
    instance: name,
    distance: Math.round(plan.distance * 100) / 100,
    vehicles: plan.routes.length,
    feasible: faults.length === 0,
    rounds,
    ...(faults.length === 0 ? {} : { faults }),
  }
  if (!values.json)
    console.log(
      `${name.padEnd(8)} ${result.distance.toFixed(2).padStart(9)} ${String(result.vehicles).padStart(3)} vehicles, ${result.feasible ? 'feasible' : `not feasible: ${faults[0]}`}`,
    )
  return result
})
if (values.json) console.log(JSON.stringify(results, undefined, 2))
