// A file of stock: what was counted of each part at each place, and when there is to be ordered.
import type { Core } from '../core.ts'
import type { Consequence } from '../journal/index.ts'
import { locationId, locationKinds, partId, stockId } from '../parts/index.ts'
import { Cells, wholeNumber, wholeNumberWanted, type Checked, type CheckedRow } from './checked.ts'
import type { Column, Row, RowProblem } from './read-csv.ts'

export const stockColumns: readonly Column[] = [
  { name: 'part', required: true },
  { name: 'location', required: true },
  { name: 'quantity', required: true },
  { name: 'reorder_point' },
  { name: 'location_kind' },
  { name: 'engineer' },
]

export async function checkStock(core: Core, rows: readonly Row[]): Promise<Checked> {
  const { parts, locations, stock } = core.collections
  const [seen, begun] = [new Map<string, number>(), new Set<string>()]
  const problems: RowProblem[] = []
  const checked: CheckedRow[] = []
  for (const row of rows) {
    const cells = new Cells(row)
    const number = cells.needed('part', 100)
    const place = cells.needed('location', 200)
    cells.needed('quantity')
    const onHand = cells.as('quantity', wholeNumber, wholeNumberWanted)
    const reorderPoint = cells.as('reorder_point', wholeNumber, wholeNumberWanted)
    const kind = cells.as('location_kind', (text) => locationKinds.find((each) => each === text.toLowerCase()), `is none of ${locationKinds.join(', ')}`)
    const engineer = cells.text('engineer', 100)
    const [part, location] = [partId(number), locationId(place)]
    const [known, there, present] = await Promise.all([parts.get(part), locations.get(location), stock.get(stockId(location, part))])
    if (number !== '' && known === undefined) cells.wrong('part', `"${number}" is no part of the catalogue; import the parts first`)
    if (place !== '' && there === undefined && !begun.has(location) && kind === undefined)
      cells.wrong('location', `there is no stock location "${place}"; to make it, say in location_kind what it is`)
    if (onHand !== undefined && present !== undefined && onHand < present.reserved)
      cells.wrong('quantity', `is less than the ${present.reserved} that are reserved there`)
    cells.once('part', `${location} ${part}`, seen)
    problems.push(...cells.problems)

    const effects: Consequence[] = []
    const news = there === undefined || (kind ?? there.kind) !== there.kind || (engineer ?? there.engineer) !== there.engineer
    if (news && !begun.has(location))
      effects.push({ do: 'set_location', name: place, fields: { ...(kind === undefined ? {} : { kind }), ...(engineer === undefined ? {} : { engineer }) } })
    begun.add(location)
    if (onHand !== undefined && present?.onHand !== onHand) effects.push({ do: 'stock', location, part, act: { act: 'count', onHand } })
    if (reorderPoint !== undefined && present?.reorderPoint !== reorderPoint)
      effects.push({ do: 'stock', location, part, act: { act: 'reorder_at', reorderPoint } })
    checked.push({ change: effects.length === 0 ? 'unchanged' : present === undefined ? 'created' : 'changed', effects })
  }
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'right', rows: checked }
}
