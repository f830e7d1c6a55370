// One value of a ticket on one line: files are counted, stretches of time written as ISO 8601 intervals.
import type { RepairFields } from '../../tickets/index.ts'

export function showValue(value: RepairFields[keyof RepairFields]): string {
  if (value === undefined || typeof value === 'string') return (value ?? '').replace(/\s*\n\s*/g, ' / ')
  const windows = value.flatMap((each) => (typeof each === 'string' ? [] : [`${each.from}/${each.until}`]))
  const [first, ...others] = windows
  if (first !== undefined) return others.length === 0 ? first : `${first} and ${others.length} more`
  return `${value.length} file${value.length === 1 ? '' : 's'}`
}
