// What a report is: a name, what its figures mean, and how its rows come about; most count repairs one after the other.
import type { Core } from '../../core.ts'
import { factsOf, type Period, type RepairFact } from './facts.ts'
import type { Share } from './statistics.ts'

export const groupings = ['all', 'product', 'asset', 'engineer', 'agent', 'channel', 'priority', 'month', 'part', 'location', 'plan', 'site'] as const
export type Grouping = (typeof groupings)[number]

/** A figure is null where there is nothing to count. */
export type Row = Readonly<Record<string, string | number | null>>

export interface Counter {
  add(fact: RepairFact): void
  rows(): Row[]
}

export interface Report {
  name: string
  /** What is counted over what: every figure names its denominator. */
  definition: string
  /** The first is the usual one. */
  by: readonly Grouping[]
  rows(core: Core, period: Period, by: Grouping): Promise<Row[]>
}

/** A report that counts the repairs reported in the period. */
export function ofRepairs({ count, ...about }: Omit<Report, 'rows'> & { count(by: Grouping, core: Core): Counter }): Report {
  return {
    ...about,
    async rows(core, period, by) {
      const counter = count(by, core)
      for await (const page of factsOf(core, period)) for (const fact of page) counter.add(fact)
      return counter.rows()
    },
  }
}

/** The group a repair is in; null leaves it out. */
export function groupOf({ ticket, product, asset, agent, engineer }: RepairFact, by: Grouping): string | null {
  switch (by) {
    case 'all':
      return 'all'
    case 'product':
      return product
    case 'asset':
      return asset
    case 'engineer':
      return engineer
    case 'agent':
      return agent
    case 'channel':
      return ticket.channel
    case 'priority':
      return ticket.priority
    case 'month':
      return ticket.createdAt.slice(0, 7)
    case 'part':
    case 'location':
    case 'plan':
    case 'site':
      return null
  }
}

/** Counts in groups: `start` begins one, `row` ends it. */
export function grouped<Count>(by: Grouping, start: () => Count, add: (count: Count, fact: RepairFact) => void, row: (count: Count) => Row): Counter {
  const groups = new Map<string, Count>()
  return {
    add(fact) {
      const group = groupOf(fact, by)
      if (group === null) return
      const count = groups.get(group) ?? start()
      groups.set(group, count)
      add(count, fact)
    },
    rows: () => rowsOf(by, groups, row),
  }
}

/** In the order of their names. */
export function rowsOf<Count>(by: Grouping, groups: ReadonlyMap<string, Count>, row: (count: Count) => Row): Row[] {
  return [...groups].map(([group, count]) => ({ [by]: group, ...row(count) })).toSorted((a, b) => String(a[by]).localeCompare(String(b[by]), 'en'))
}

/** Rounded as people read them; exact shares help nobody. */
export function shareRow({ n, hits, share, low, high }: Share, names: { n: string; hits: string; share: string }): Row {
  return { [names.n]: n, [names.hits]: hits, [names.share]: rounded(share, 4), low: rounded(low, 4), high: rounded(high, 4) }
}

export function rounded(value: number | null, digits: number): number | null {
  return value === null ? null : Math.round(value * 10 ** digits) / 10 ** digits
}
