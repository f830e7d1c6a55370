// The report on parts: how many of those that repairs asked for were there.
import type { Core } from '../../core.ts'
import type { PartRequest } from '../../parts/index.ts'
import { pagesOf } from '../pages.ts'
import { isOfProduct, type Period } from './facts.ts'
import { rowsOf, shareRow, type Grouping, type Report } from './report.ts'
import { shareOf } from './statistics.ts'

/** Claimed so soon after it was asked for, a part was there; later it came in meanwhile. */
const atOnceMs = 10 * 60_000

export const partsFillRate: Report = {
  name: 'parts-fill-rate',
  definition:
    'Lines filled from stock at once (within ten minutes), of all part lines that repairs asked for in the period: allocations from stock, and requisitions from a supplier, which none was there for. Parts reserved beforehand as a kit were not asked for and are not counted.',
  by: ['part', 'location', 'product', 'month', 'all'],
  async rows(core, period, by) {
    const groups = new Map<string, { asked: number; filled: number; quantity: number }>()
    for await (const page of linesOf(core, period)) {
      const named = await groupsOf(core, page, by)
      for (const line of page) {
        const group = named(line)
        if (group === undefined) continue
        const count = groups.get(group) ?? { asked: 0, filled: 0, quantity: 0 }
        groups.set(group, { asked: count.asked + 1, filled: count.filled + Number(wasFilled(line)), quantity: count.quantity + line.quantity })
      }
    }
    return rowsOf(by, groups, ({ asked, filled, quantity }) => ({
      ...shareRow(shareOf(filled, asked), { n: 'lines', hits: 'filledAtOnce', share: 'fillRate' }),
      pieces: quantity,
    }))
  },
}

async function* linesOf(core: Core, { from, until, product }: Period): AsyncGenerator<PartRequest[]> {
  for await (const page of pagesOf(core.collections.partRequests, { createdAt: { $gte: from, $lt: until } }, 'createdAt')) {
    const counts = await isOfProduct(
      core,
      page.flatMap(({ ticket }) => ticket ?? []),
      product,
    )
    yield page.filter(({ ticket, kit, kind }) => counts(ticket) && ticket !== null && !kit && (kind === 'allocation' || kind === 'requisition'))
  }
}

function wasFilled({ kind, createdAt, allocatedAt }: PartRequest): boolean {
  return kind === 'allocation' && allocatedAt !== null && Date.parse(allocatedAt) - Date.parse(createdAt) <= atOnceMs
}

/** The group of each line, by names that people know. */
async function groupsOf({ collections }: Core, lines: readonly PartRequest[], by: Grouping): Promise<(line: PartRequest) => string | undefined> {
  const ids = <K extends 'part' | 'from' | 'ticket'>(field: K) => [...new Set(lines.flatMap((line) => line[field] ?? []))]
  if (by === 'part') {
    const names = new Map((await collections.parts.find({ _id: { $in: ids('part') } })).map(({ _id, number, name }) => [_id, `${number} ${name}`.trim()]))
    return ({ part }) => names.get(part) ?? part
  }
  if (by === 'location') {
    const names = new Map((await collections.locations.find({ _id: { $in: ids('from') } })).map(({ _id, name }) => [_id, name]))
    return ({ from }) => (from === null ? 'supplier' : (names.get(from) ?? from))
  }
  if (by === 'product') {
    const products = new Map((await collections.tickets.find({ _id: { $in: ids('ticket') } })).map(({ _id, fields }) => [_id, fields.product]))
    return ({ ticket }) => products.get(ticket ?? '')
  }
  return ({ createdAt }) => (by === 'month' ? createdAt.slice(0, 7) : 'all')
}
