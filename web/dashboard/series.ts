// From rows of a report to what a chart draws. Pure.
import type { Card, Column } from './cards.ts'
import type { Row } from './reports.ts'

export interface Bar {
  name: string
  /** One for each figure that is drawn; null where there is nothing to draw. */
  values: (number | null)[]
  low: number | null
  high: number | null
  /** Of so many; null where nobody counts. */
  n: number | null
}

export interface Series {
  bars: Bar[]
  /** Left out of the chart, for the table only. */
  others: number
}

/** More bars than that are no picture any more. */
const barsMax = 10

export function seriesOf(card: Card, by: string, rows: readonly Row[]): Series {
  if (card.kind === 'pareto') return paretoOf(rows)
  const bars = rows.map((row): Bar => ({
    name: String(row[by] ?? ''),
    values: card.drawn.map((column) => valueOf(row, column)),
    low: numberOf(row[card.interval?.low ?? '']),
    high: numberOf(row[card.interval?.high ?? '']),
    n: numberOf(row[card.n ?? '']),
  }))
  if (by === 'month') return { bars: bars.toSorted((one, other) => (one.name < other.name ? -1 : 1)), others: 0 }
  // Those that say most first; by their names those that are compared.
  const chosen = bars.toSorted((one, other) => (other.n ?? 0) - (one.n ?? 0)).slice(0, barsMax)
  const inOrder = bars.filter((bar) => chosen.includes(bar)).toSorted((one, other) => (other.values[0] ?? -1) - (one.values[0] ?? -1))
  return { bars: inOrder, others: bars.length - inOrder.length }
}

/** What breaks most first, of all groups together, with the share of all up to each. */
function paretoOf(rows: readonly Row[]): Series {
  const counted = new Map<string, number>()
  for (const row of rows) {
    const name = `${row['component']}: ${row['problem']}`
    counted.set(name, (counted.get(name) ?? 0) + (numberOf(row['count']) ?? 0))
  }
  const sorted = [...counted].toSorted(([, one], [, other]) => other - one)
  const total = sorted.reduce((sum, [, each]) => sum + each, 0)
  let sum = 0
  const bars = sorted.map(([name, each]): Bar => {
    sum += each
    return { name, values: [each, total === 0 ? null : sum / total], low: null, high: null, n: each }
  })
  return { bars: bars.slice(0, barsMax), others: Math.max(0, bars.length - barsMax) }
}

export function valueOf(row: Row, { field, minutes }: Column): number | null {
  const value = numberOf(row[field])
  return value !== null && minutes === true ? value / 60 : value
}

function numberOf(value: string | number | null | undefined): number | null {
  return typeof value === 'number' ? value : null
}
