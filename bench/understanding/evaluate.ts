// npm run evaluate: how well messages are understood. `-- --file x.jsonl --settings mendline.yaml --json --misses`; without a file, the sets beside this, and bench/understanding.md is written.
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { readCompany } from '../../src/company.ts'
import type { FlowSettings } from '../../src/flow.ts'
import { answersOutOfScope, askRepair, isKeptUnread } from './converse.ts'
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

/** Each with a company of its own beside it. */
const sets = ['set', 'trades', 'harbour', 'unseen', 'kestrel', 'juniper', 'lantern'] as const
const beside = (name: string): string => join(import.meta.dirname, name)

function readSettings(path: string): FlowSettings {
  const read = readCompany(readFileSync(path, 'utf8'), path, { surveyDelayMs: 0 })
  if (read.kind === 'wrong') throw new Error(read.problems.join('\n'))
  return read.company.flow
}

async function evaluate(file: string, settingsFile: string): Promise<Report> {
  const settings = readSettings(settingsFile)
  const lines = readLabelled(readFileSync(file, 'utf8'), file)
  const measured = measure(lines, settings)
  const repairs = []
  const outOfScope = []
  for (const line of lines) {
    if (line.intent === 'report_repair') repairs.push(await askRepair(line, settings))
    if (line.intent === 'none') outOfScope.push(await answersOutOfScope(line, settings))
  }
  const unasked = []
  for (const sure of measured.wrongAndSure) if (await isKeptUnread(sure, settings)) unasked.push(sure)
  return reportOf(measured, unasked.length, repairs, outOfScope)
}

const shown = (report: Report): string =>
  values.json ? JSON.stringify(values.misses ? report : { ...report, misses: undefined }, undefined, 2) : asText(report, values.misses)

async function evaluateAll(): Promise<void> {
  const reports = []
  for (const name of sets) {
    const report = await evaluate(beside(`${name}.jsonl`), values.settings ?? beside(`${name === 'set' ? 'settings' : name}.yaml`))
    reports.push({ name, report })
    if (!values.json) console.log(`${name}.jsonl\n\n${shown(report)}\n`)
  }
  if (values.json)
    console.log(
      JSON.stringify(Object.fromEntries(reports.map(({ name, report }) => [name, values.misses ? report : { ...report, misses: undefined }])), undefined, 2),
    )
  if (values.settings !== undefined) return
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`
  writeFileSync(beside('../understanding.md'), asMarkdown(reports, { date: new Date().toISOString().slice(0, 10), machine }))
}

try {
  if (values.file === undefined) await evaluateAll()
  else console.log(shown(await evaluate(values.file, values.settings ?? beside('settings.yaml'))))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
