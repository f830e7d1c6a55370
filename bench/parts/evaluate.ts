// npm run evaluate:parts: how well demand for parts is forecast, beside the mean of the last twelve months. `-- --csv file --test 12 --seed 1 --json`.
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { flat, judge, type Score } from '../../src/insights/forecast/backtest.ts'
import { forecastPart, type DemandClass, type MethodName, type Unit } from '../../src/insights/forecast/index.ts'
import { movingAverage } from '../../src/insights/forecast/methods.ts'
import { generateParts } from './generate.ts'
import { readDemand } from './read-csv.ts'

const { values } = parseArgs({
  options: {
    csv: { type: 'string' },
    test: { type: 'string', default: '12' },
    'lead-time': { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
})
const test = Number(values.test)
const leadTime = Number(values['lead-time'])
if (!Number.isInteger(test) || test < 1 || !Number.isInteger(leadTime) || leadTime < 1 || leadTime > test) {
  console.error('--test is a whole number of months, --lead-time one of them at most')
  process.exit(2)
}

interface Part {
  part: string
  series: readonly number[]
  fleet?: readonly Unit[]
}

interface Judged {
  part: string
  class: DemandClass
  method: MethodName
  chosen: Score
  plain: Score
}

function partsOf(): Part[] {
  if (values.csv === undefined) return generateParts({ seed: Number(values.seed), months: 51, test })
  return [...readDemand(readFileSync(values.csv, 'utf8'))].map(([part, series]) => ({ part, series }))
}

/** The method is chosen by the training months alone; the test months only judge. */
function judgePart({ part, series, fleet }: Part): Judged | undefined {
  const known = series.slice(0, -test)
  const after = series.slice(-test)
  if (known.length < test + 2 || known.every((amount) => amount === 0)) return undefined
  const { method, profile, expected } = forecastPart(known, { leadTime: test, fillRate: 0.95, test: 12, ...(fleet === undefined ? {} : { fleet }) })
  return {
    part,
    class: profile.class,
    method,
    chosen: judge(known, after, expected, leadTime),
    plain: judge(known, after, flat(movingAverage)(known, test), leadTime),
  }
}

const mean = (numbers: readonly number[]): number => (numbers.length === 0 ? 0 : numbers.reduce((sum, each) => sum + each, 0) / numbers.length)

function summarise(judged: readonly Judged[], which: 'chosen' | 'plain') {
  return {
    rmsse: round(mean(judged.map((each) => each[which].rmsse))),
    bias: round(mean(judged.map((each) => each[which].bias))),
    leadTimeError: round(mean(judged.map((each) => each[which].leadTimeError))),
  }
}

const round = (value: number): number => Math.round(value * 10_000) / 10_000

const began = performance.now()
let parts: Part[]
try {
  parts = partsOf()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
const judged = parts.flatMap((part) => judgePart(part) ?? [])
const groups = Map.groupBy(judged, ({ method }) => method)
const report = {
  source: values.csv ?? `generated fleet, seed ${values.seed}`,
  parts: parts.length,
  judged: judged.length,
  test,
  leadTime,
  chosen: summarise(judged, 'chosen'),
  'MA(12)': summarise(judged, 'plain'),
  byMethod: Object.fromEntries(
    [...groups].map(([method, each]) => [method, { parts: each.length, chosen: summarise(each, 'chosen'), 'MA(12)': summarise(each, 'plain') }]),
  ),
  seconds: round((performance.now() - began) / 1000),
}

if (values.json) console.log(JSON.stringify(report, undefined, 2))
else {
  console.log(`${report.source}: ${report.judged} of ${report.parts} parts judged, ${test} months ahead, lead time ${leadTime}\n`)
  console.table({ chosen: report.chosen, 'MA(12)': report['MA(12)'] })
  console.log('By the method chosen for the part:')
  console.table(
    Object.fromEntries(
      [...groups].map(([method, each]) => [
        method,
        { parts: each.length, rmsse: summarise(each, 'chosen').rmsse, 'MA(12) there': summarise(each, 'plain').rmsse },
      ]),
    ),
  )
}
