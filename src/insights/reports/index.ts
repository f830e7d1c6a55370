// Reports: what there is to be learnt from the repairs of a period, as rows.
import type { Core } from '../../core.ts'
import { effortReport, effortRows } from './effort.ts'
import { factsOf, type Period } from './facts.ts'
import { failures, firstTimeFix, repeats, satisfaction } from './quality.ts'
import type { Grouping, Report, Row } from './report.ts'
import { slaAttainment, times } from './speed.ts'

export { groupings, type Grouping, type Row } from './report.ts'
export type { Period } from './facts.ts'

export interface ReportResult {
  name: string
  definition: string
  by: Grouping
  rows: Row[]
}

/** Every report by its name, and how it can be grouped; the first grouping is the usual one. */
export function reportList(core: Core): { name: string; definition: string; by: readonly Grouping[] }[] {
  return [...counted(core), effortReport].map(({ name, definition, by }) => ({ name, definition, by }))
}

/** Undefined when there is no such report, or it cannot be grouped so. */
export async function runReport(core: Core, name: string, period: Period, wanted?: Grouping): Promise<ReportResult | undefined> {
  const listed = reportList(core).find((report) => report.name === name)
  const by = wanted ?? listed?.by[0]
  if (listed === undefined || by === undefined || !listed.by.includes(by)) return undefined
  const report = counted(core).find((each) => each.name === name)
  const rows = report === undefined ? await effortRows(core, factsOf(core, period), by) : await count(core, report, period, by)
  return { name, definition: listed.definition, by, rows }
}

function counted(core: Core): Report[] {
  return [satisfaction, firstTimeFix, repeats, failures, times, slaAttainment(core.company, core.clock.now)]
}

async function count(core: Core, report: Report, period: Period, by: Grouping): Promise<Row[]> {
  const counter = report.count(by)
  for await (const page of factsOf(core, period)) for (const fact of page) counter.add(fact)
  return counter.rows()
}
