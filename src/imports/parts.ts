// A file of parts: the catalogue, with old numbers and what took their place.
import { serialKey } from '../assets/index.ts'
import type { Core } from '../core.ts'
import { partId } from '../parts/index.ts'
import { Cells, type Checked, type CheckedRow } from './checked.ts'
import type { Column, Row, RowProblem } from './read-csv.ts'

export const partColumns: readonly Column[] = [{ name: 'number', required: true }, { name: 'name', required: true }, { name: 'superseded_by' }]

export async function checkParts(core: Core, rows: readonly Row[]): Promise<Checked> {
  const { parts } = core.collections
  const seen = new Map<string, number>()
  const problems: RowProblem[] = []
  const checked: CheckedRow[] = []
  const inFile = new Map(rows.map(({ cells }) => [partId(cells.get('number') ?? ''), cells.get('superseded_by')]))
  /** As it will be: the file says more than the catalogue. */
  const next = async (part: string): Promise<string | null> => {
    const said = inFile.get(part)
    return said === undefined ? ((await parts.get(part))?.supersededBy ?? null) : partId(said)
  }
  for (const row of rows) {
    const cells = new Cells(row)
    const number = cells.needed('number', 100)
    const name = cells.needed('name', 200)
    const id = partId(number)
    cells.known('number', number, serialKey(number), seen)
    const successor = cells.text('superseded_by', 100)
    if (successor !== undefined && !inFile.has(partId(successor)) && (await parts.get(partId(successor))) === undefined)
      cells.wrong('superseded_by', `"${successor}" is neither in this file nor in the catalogue`)
    else if (successor !== undefined && (await comesBack(id, next)))
      cells.wrong('superseded_by', 'leads back to this part; a chain of parts must not be a circle')
    problems.push(...cells.problems)
    const known = await parts.get(id)
    const wish = { name, ...(successor === undefined ? {} : { supersededBy: partId(successor) }) }
    const same = known !== undefined && known.name === name && known.supersededBy === (wish.supersededBy ?? known.supersededBy)
    checked.push({ change: known === undefined ? 'created' : same ? 'unchanged' : 'changed', effects: same ? [] : [{ do: 'set_part', number, wish }] })
  }
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'right', rows: checked }
}

/** Longer than any chain that ends. */
const longest = 50

async function comesBack(start: string, next: (part: string) => Promise<string | null>): Promise<boolean> {
  let part: string | null = start
  for (let step = 0; step < longest && part !== null; step++) {
    part = await next(part)
    if (part === start) return true
  }
  return part !== null
}
