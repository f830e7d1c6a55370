// What checking a file comes to: everything that is wrong with it, or everything that follows from it.
import type { Consequence } from '../journal/index.ts'
import type { Row, RowProblem } from './read-csv.ts'

export interface CheckedRow {
  /** What it does to what is there. */
  change: 'created' | 'changed' | 'unchanged'
  effects: Consequence[]
}

export type Checked = { kind: 'right'; rows: CheckedRow[] } | { kind: 'wrong'; problems: RowProblem[] }

/** Reads the cells of one row and keeps what is wrong with them. */
export class Cells {
  readonly problems: RowProblem[] = []
  readonly #row: Row

  constructor(row: Row) {
    this.#row = row
  }

  /** Undefined when the cell is empty. */
  text(column: string, most = 500): string | undefined {
    const value = this.#row.cells.get(column)
    if (value !== undefined && value.length > most) return this.wrong(column, `has more than ${most} characters`)
    return value
  }

  /** Empty when it is lacking, which is a problem then. */
  needed(column: string, most = 500): string {
    if (!this.#row.cells.has(column)) this.wrong(column, 'is empty')
    return this.text(column, most) ?? ''
  }

  /** `read` answers undefined for what it cannot read; `wanted` says what to write instead. */
  as<T>(column: string, read: (text: string) => T | undefined, wanted: string): T | undefined {
    const value = this.text(column)
    if (value === undefined) return undefined
    return read(value) ?? this.wrong(column, `"${value.slice(0, 60)}" ${wanted}`)
  }

  /** A number by which something is known: not rounded by the spreadsheet, and once in the file. `seen` names its first row by its key. */
  known(column: string, value: string, key: string, seen: Map<string, number>): void {
    if (/^\d(?:[.,]\d+)?E\+?\d+$/i.test(value))
      this.wrong(column, `"${value}" was rounded by the spreadsheet; format the column as text, write the number anew and save again`)
    else if (value !== '' && key.length < 2) this.wrong(column, `"${value}" has less than two letters or digits`)
    else this.once(column, key, seen)
  }

  once(column: string, key: string, seen: Map<string, number>): void {
    const first = seen.get(key)
    if (first === undefined) seen.set(key, this.#row.row)
    else this.wrong(column, `is in row ${first} already`)
  }

  wrong(column: string | null, message: string): undefined {
    this.problems.push({ row: this.#row.row, column, message })
    return undefined
  }
}

export function wholeNumber(text: string): number | undefined {
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined
}

export const wholeNumberWanted = 'is no whole number from 0 to 999999'
