// Reads a table as spreadsheets write it: comma, semicolon or tab, with or without a byte order mark. Every cell is text and stays what it
// is, a formula too. Rows are counted as the spreadsheet counts them: the header is row 1.
import { CsvError, parse } from 'csv-parse/sync'

/** What is wrong, and where; `column` null for the row as a whole. */
export interface RowProblem {
  row: number
  column: string | null
  message: string
}

export interface Column {
  name: string
  required?: boolean
}

/** The cells of a row that are not empty, by column. */
export interface Row {
  row: number
  cells: ReadonlyMap<string, string>
}

export type Table = { kind: 'table'; rows: Row[] } | { kind: 'wrong'; problems: RowProblem[] }

export const rowsMax = 10_000

export function readCsv(text: string, columns: readonly Column[]): Table {
  const lines = parseLines(text)
  if (!Array.isArray(lines)) return { kind: 'wrong', problems: [lines] }
  const [header, ...body] = lines
  const names = (header?.cells ?? []).map(normal)
  const problems = checkHeader(header?.row ?? 1, names, columns)
  if (problems.length > 0) return { kind: 'wrong', problems }
  const filled = body.filter(({ cells }) => cells.some((cell) => cell !== ''))
  if (filled.length === 0) return { kind: 'wrong', problems: [{ row: 1, column: null, message: 'is all there is; put the rows below it' }] }
  if (filled.length > rowsMax)
    return { kind: 'wrong', problems: [{ row: rowsMax + 2, column: null, message: `is one too many; a file has at most ${rowsMax} rows, so cut it in two` }] }
  const lost = filled.filter(({ cells }) => cells.some((cell, index) => cell !== '' && (names[index] ?? '') === ''))
  const message = 'has a cell without a column; a value with the separator in it goes between double quotes'
  if (lost.length > 0) return { kind: 'wrong', problems: lost.map(({ row }) => ({ row, column: null, message })) }
  return {
    kind: 'table',
    rows: filled.map(({ row, cells }) => ({ row, cells: new Map(cells.flatMap((cell, index) => (cell === '' ? [] : [[names[index] ?? '', cell]]))) })),
  }
}

interface Line {
  row: number
  cells: string[]
}

function parseLines(text: string): Line[] | RowProblem {
  // Excel's own hint at the separator, in a row that it does not show.
  const hint = /^\uFEFF?sep=(.)\r?\n/i.exec(text)
  const rest = hint === null ? text : text.slice(hint[0].length)
  try {
    const rows = parse(rest, {
      delimiter: hint?.[1] ?? separatorOf(rest),
      bom: true,
      trim: true,
      // A cell such as ="00123" is text.
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: false,
    })
    return rows.map((cells, index) => ({ row: index + 1, cells }))
  } catch (error) {
    if (error instanceof CsvError)
      return { row: typeof error['lines'] === 'number' ? error['lines'] : 1, column: null, message: `cannot be read: ${error.message}` }
    throw error
  }
}

/** What the header has most of, outside quotes. */
function separatorOf(text: string): string {
  const header = (text.split(/\r?\n/, 1)[0] ?? '').replace(/"[^"]*"/g, '')
  const [most] = [',', ';', '\t'].toSorted((one, other) => header.split(other).length - header.split(one).length)
  return most ?? ','
}

/** `Installed on` is `installed_on`. */
function normal(header: string): string {
  return header
    .toLowerCase()
    .trim()
    .replace(/[\s-]+/g, '_')
}

function checkHeader(row: number, names: readonly string[], columns: readonly Column[]): RowProblem[] {
  const known = columns.map(({ name }) => name).join(', ')
  const unknown = names.filter((name) => name !== '' && !columns.some((column) => column.name === name))
  const twice = names.filter((name, index) => name !== '' && names.indexOf(name) !== index)
  const lacking = columns.filter(({ name, required }) => required === true && !names.includes(name))
  return [
    ...unknown.map((column) => ({ row, column, message: `is no column of this file; they are ${known}` })),
    ...twice.map((column) => ({ row, column, message: 'is there twice' })),
    ...lacking.map(({ name }) => ({ row, column: name, message: 'is needed, but there is no such column' })),
  ]
}
