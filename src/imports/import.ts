// Importing a file: every row is checked first, and if one is wrong nothing happens. Else all that follows from the file is one entry of the
// journal: before it is stored nothing is imported, after it is stored everything will be, whoever dies in between.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import type { Actor, Consequence, Stream } from '../journal/index.ts'
import { digest } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'
import { assetColumns, checkAssets } from './assets.ts'
import { billColumns, checkBills } from './bills.ts'
import type { Checked, CheckedRow } from './checked.ts'
import { checkParts, partColumns } from './parts.ts'
import { readCsv, type Column, type Row, type RowProblem } from './read-csv.ts'
import { checkStock, stockColumns } from './stock.ts'

export const importKinds = ['assets', 'parts', 'stock', 'bom'] as const
export type ImportKind = (typeof importKinds)[number]

export interface ImportCounts {
  rows: number
  created: number
  changed: number
  unchanged: number
}

export interface Import extends ImportCounts {
  _id: string
  n: number
  kind: ImportKind
  createdAt: Timestamp
}

export const importStream: Stream<Import> = {
  kind: 'import',
  collection: defineCollection<Import>('imports'),
  // Writers of the same moment share a commit: a file of thousands of rows waits for the disk some hundred times, not some ten thousand.
  together: 64,
  begin: (id) => ({ _id: id, n: 0, kind: 'assets', rows: 0, created: 0, changed: 0, unchanged: 0, createdAt: timestamp(0) }),
  apply: (state, event: Event, at) => (event.type === 'import.accepted' ? { ...state, ...event.counts, kind: event.kind, createdAt: at } : state),
}

const kinds: Readonly<Record<ImportKind, { columns: readonly Column[]; check(core: Core, rows: readonly Row[]): Promise<Checked> }>> = {
  assets: { columns: assetColumns, check: checkAssets },
  parts: { columns: partColumns, check: checkParts },
  stock: { columns: stockColumns, check: checkStock },
  bom: { columns: billColumns, check: checkBills },
}

export type ImportResult =
  | { kind: 'wrong'; problems: RowProblem[] }
  /** `repeated`: this very file was imported before, and nothing was changed now. */
  | { kind: 'imported'; file: Import; repeated: boolean }

/** The same file is imported once, however often it is sent: a count of stock from last week undoes nothing of this week. */
export async function importFile(core: Core, kind: ImportKind, text: string, actor: Actor): Promise<ImportResult> {
  const id = `im_${digest('import', kind, text)}`
  const before = await core.journal.load(importStream, id)
  if (before.n > 0) return { kind: 'imported', file: before, repeated: true }
  const { columns, check } = kinds[kind]
  const table = readCsv(text, columns)
  if (table.kind === 'wrong') return table
  const checked = await check(core, table.rows)
  if (checked.kind === 'wrong') return checked
  const effects = inOrder(checked.rows.flatMap((row) => row.effects))
  const result = await core.journal.change(importStream, id, {
    key: `import/${id}`,
    decide: (state) =>
      state.n > 0 ? { kind: 'nothing' } : { kind: 'entry', actor, events: [{ type: 'import.accepted', kind, counts: countsOf(checked.rows) }], effects },
  })
  return { kind: 'imported', file: result.state, repeated: result.kind !== 'changed' }
}

/** What others lean on comes first; what is of one kind stands together, and is done at once. */
const order: readonly Consequence['do'][] = ['know_contact_point', 'set_site', 'set_part', 'set_location', 'set_asset', 'set_bill', 'stock']

function inOrder(effects: readonly Consequence[]): Consequence[] {
  // When to order is asked once what is there is known.
  const isPoint = (effect: Consequence): number => (effect.do === 'stock' && effect.act.act === 'reorder_at' ? 1 : 0)
  return effects.toSorted((one, other) => order.indexOf(one.do) - order.indexOf(other.do) || isPoint(one) - isPoint(other))
}

function countsOf(rows: readonly CheckedRow[]): ImportCounts {
  const count = (change: CheckedRow['change']): number => rows.filter((row) => row.change === change).length
  return { rows: rows.length, created: count('created'), changed: count('changed'), unchanged: count('unchanged') }
}
