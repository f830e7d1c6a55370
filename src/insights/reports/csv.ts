// Rows as CSV for spreadsheets (RFC 4180), in which no cell is taken for a formula.
import type { Row } from './report.ts'

/** With a byte order mark, without which some spreadsheets misread anything but English. */
export function toCsv(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = [columns.map(cell), ...rows.map((row) => columns.map((column) => cell(row[column] ?? null)))]
  return `\uFEFF${lines.map((line) => `${line.join(',')}\r\n`).join('')}`
}

function cell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return String(value)
  // https://owasp.org/www-community/attacks/CSV_Injection
  const text = /^[=+\-@\t\r\n|]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
