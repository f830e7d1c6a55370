// npm run evaluate: how well messages are understood. `-- --file x.jsonl --settings mendline.yaml --json --misses`; without a file, the set beside this, and bench/understanding.md is written.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readCompany } from '../../src/company.ts'
import type { FlowSettings } from '../../src/flow.ts'
import { answersOutOfScope, askRepair } from './converse.ts'
import { readLabelled } from './labels.ts'
import { measure } from './measure.ts'
import { asMarkdown, asText, reportOf, type Report } from './report.ts'

const { values } = parseArgs({
  options: {
    file: { type: 'string' },
    settings: { type: 'string' },
    json: { type: 'boolean', default: false },
    misses: { type: 'boolean', default: false },
  },
})

const ownSet = join(import.meta.dirname, 'set.jsonl')
const ownSettings = join(import.meta.dirname, 'settings.yaml')

function readSettings(path: string): FlowSettings {
  const read = readCompany(readFileSync(path, 'utf8'), path, { surveyDelayMs: 0 })
  if (read.kind === 'wrong') throw new Error(read.problems.join('\n'))
  return read.company.flow
}

async function evaluate(): Promise<Report> {
  const settings = readSettings(values.settings ?? ownSettings)
  const file = values.file ?? ownSet
  const lines = readLabelled(readFileSync(file, 'utf8'), file)
  const measured = measure(lines, settings)
  const repairs = []
  const outOfScope = []
  for (const line of lines) {
    if (line.intent === 'report_repair') repairs.push(await askRepair(line, settings))
    if (line.intent === 'none') outOfScope.push(await answersOutOfScope(line, settings))
  }
  return reportOf(measured, repairs, outOfScope)
}

try {
  const report = await evaluate()
  if (values.json) console.log(JSON.stringify(values.misses ? report : { ...report, misses: undefined }, undefined, 2))
  else console.log(asText(report, values.misses))
  if (values.file === undefined && values.settings === undefined)
    writeFileSync(
      join(import.meta.dirname, '../understanding.md'),
      asMarkdown(report, {
        date: new Date().toISOString().slice(0, 10),
        machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`,
      }),
    )
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
