// A file of bills of material: a product that it names is made of what it says, and of nothing else.
import { catalogueOf, productNamed } from '../assets/index.ts'
import type { Core } from '../core.ts'
import { billId, partId, type BillLine } from '../parts/index.ts'
import { Cells, wholeNumber, type Checked, type CheckedRow } from './checked.ts'
import type { Column, Row, RowProblem } from './read-csv.ts'

export const billColumns: readonly Column[] = [
  { name: 'product', required: true },
  { name: 'part', required: true },
  { name: 'quantity', required: true },
]

export async function checkBills(core: Core, rows: readonly Row[]): Promise<Checked> {
  const { parts, bills } = core.collections
  const catalogue = await catalogueOf(core)
  const seen = new Map<string, number>()
  const problems: RowProblem[] = []
  const wished = new Map<string, BillLine[]>()
  const named: string[] = []
  for (const row of rows) {
    const cells = new Cells(row)
    const words = cells.needed('product', 200)
    const known = productNamed(catalogue, words)
    if (words !== '' && catalogue.length > 0 && known === undefined) cells.wrong('product', `"${words}" is no product of the catalogue`)
    const number = cells.needed('part', 100)
    if (number !== '' && (await parts.get(partId(number))) === undefined) cells.wrong('part', `"${number}" is no part of the catalogue; import the parts first`)
    cells.needed('quantity')
    const quantity = cells.as('quantity', (text) => wholeNumber(text) || undefined, 'is no whole number of at least 1')
    const product = known?.name ?? words
    cells.once('part', `${product} ${partId(number)}`, seen)
    problems.push(...cells.problems)
    named.push(product)
    wished.set(product, [...(wished.get(product) ?? []), { part: partId(number), quantity: quantity ?? 0 }])
  }
  if (problems.length > 0) return { kind: 'wrong', problems }
  const changes = new Map<string, CheckedRow['change']>()
  for (const [product, lines] of wished) {
    const present = await bills.get(billId(product))
    changes.set(product, present === undefined ? 'created' : JSON.stringify(present.lines) === JSON.stringify(lines) ? 'unchanged' : 'changed')
  }
  const checked = named.map((product): CheckedRow => {
    const change = changes.get(product) ?? 'unchanged'
    const lines = wished.get(product) ?? []
    // Of all its rows, the first does it.
    wished.delete(product)
    return { change, effects: change === 'unchanged' || lines.length === 0 ? [] : [{ do: 'set_bill', product, lines }] }
  })
  return { kind: 'right', rows: checked }
}
