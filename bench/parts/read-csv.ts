// Demand from a CSV file with the columns part, period and quantity; months without a row count as none.
import { CsvError, parse } from 'csv-parse/sync'
import { z } from 'zod'

const row = z.object({
  part: z.string().min(1, 'is empty'),
  period: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])(-\d{2})?$/, 'is a month such as 2025-03'),
  quantity: z.coerce.number().min(0, 'is a number of pieces, 0 or more'),
})

/** @throws Error naming the line and what is wrong with it; nothing is read by halves. */
export function readDemand(csv: string): Map<string, number[]> {
  let records: { record: unknown; info: { lines: number } }[]
  try {
    records = parse<{ record: unknown; info: { lines: number } }>(csv, { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true })
  } catch (error) {
    if (error instanceof CsvError) throw new Error(`the file is no CSV: ${error.message}`, { cause: error })
    throw error
  }
  const rows = records.map(({ record, info }) => {
    const parsed = row.safeParse(record)
    if (!parsed.success) throw new Error(`line ${info.lines}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`)
    return { ...parsed.data, month: monthOf(parsed.data.period) }
  })
  if (rows.length === 0) throw new Error('the file has no rows; its columns are part, period and quantity')
  const first = Math.min(...rows.map(({ month }) => month))
  const last = Math.max(...rows.map(({ month }) => month))
  const series = new Map<string, number[]>()
  for (const { part, month, quantity } of rows) {
    const months = series.get(part) ?? Array.from({ length: last - first + 1 }, () => 0)
    months[month - first] = (months[month - first] ?? 0) + quantity
    series.set(part, months)
  }
  return series
}

function monthOf(period: string): number {
  const [year = 0, month = 1] = period.split('-').map(Number)
  return year * 12 + month - 1
}
