// Reports: what there is to be learnt from the repairs of a period, as rows.
import type { Core } from '../../core.ts'
import { acceptance } from './acceptance.ts'
import { effort } from './effort.ts'
import type { Period } from './facts.ts'
import { partsFillRate } from './fill-rate.ts'
import { partsForecast } from './parts-forecast.ts'
import { planCompliance } from './plan-compliance.ts'
import { failures, firstTimeFix, repeats, satisfaction } from './quality.ts'
import { quoteAnswers } from './quotes.ts'
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

/** Every report; of its groupings the first is the usual one. */
export const reports: readonly Report[] = [
  satisfaction,
  firstTimeFix,
  repeats,
  failures,
  times,
  slaAttainment,
  effort,
  acceptance,
  quoteAnswers,
  partsFillRate,
  partsForecast,
  planCompliance,
]

/** Undefined when there is no such report, or it cannot be grouped so. */
export async function runReport(core: Core, name: string, period: Period, wanted?: Grouping): Promise<ReportResult | undefined> {
  const report = reports.find((each) => each.name === name)
  const by = wanted ?? report?.by[0]
  if (report === undefined || by === undefined || !report.by.includes(by)) return undefined
  return { name, definition: report.definition, by, rows: await report.rows(core, period, by) }
}
