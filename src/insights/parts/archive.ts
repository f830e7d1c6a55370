// What the archive of installed parts tells: how many of each part repairs used, month by month, and in which machines it sits since when. Read-only.
import { catalogueOf, productKey, productNamed, type Asset } from '../../assets/index.ts'
import { timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Part, PartUse } from '../../parts/index.ts'
import type { Unit } from '../forecast/index.ts'
import { pagesOf } from '../pages.ts'

/** A machine with the part in it; in months from the start of the archive. */
export interface Fitted extends Unit {
  asset: Asset
}

export interface PartHistory {
  /** The one of today; what was asked for under its old numbers counts as it. */
  part: Part
  /** Pieces used in each whole month since the archive began. */
  demand: number[]
  /** Of these, taken from each place, by its id. */
  from: ReadonlyMap<string, number[]>
  fleet: Fitted[]
}

export interface Archive {
  /** Months since its start, with the part of the present one. */
  now: number
  parts: PartHistory[]
}

/** Of the parts that repairs used or products are made of, as known at `until`, milliseconds since the epoch. */
export async function readArchive(core: Core, until: number): Promise<Archive> {
  const { parts, partUses, bills, assets } = core.collections
  const uses: PartUse[] = []
  for await (const page of pagesOf(partUses, { at: { $lt: timestamp(until) } }, 'at')) uses.push(...page)
  const begun = monthOf(Date.parse(uses[0]?.at ?? timestamp(until)))
  const start = Math.floor(begun)
  const now = monthOf(until) - start
  const whole = Math.floor(now)
  const catalogue = await parts.find({})
  const present = presentOf(catalogue)
  const known = new Map<string, PartHistory & { from: Map<string, number[]> }>()
  const historyOf = (id: string) => {
    const part = present(id)
    if (part === undefined) return undefined
    const history = known.get(part._id) ?? { part, demand: months(whole), from: new Map<string, number[]>(), fleet: [] }
    known.set(part._id, history)
    return history
  }

  const fittings = new Map<string, { part: string; at: number }[]>()
  for (const { at, asset, lines } of uses)
    for (const { part: id, quantity, draws } of lines) {
      const history = id === null ? undefined : historyOf(id)
      if (history === undefined) continue
      const month = Math.floor(monthOf(Date.parse(at))) - start
      addTo(history.demand, month, quantity)
      for (const draw of draws) {
        const series = history.from.get(draw.location) ?? months(whole)
        history.from.set(draw.location, series)
        addTo(series, month, draw.quantity)
      }
      if (asset !== null) fittings.set(asset, [...(fittings.get(asset) ?? []), { part: history.part._id, at: month }])
    }

  const products = await catalogueOf(core)
  const keyOf = (words: string): string => productKey(productNamed(products, words)?.name ?? words)
  const madeOf = new Map((await bills.find({})).map(({ product, lines }) => [keyOf(product), lines.flatMap(({ part }) => historyOf(part)?.part._id ?? [])]))
  for await (const page of pagesOf(assets, {}, 'createdAt'))
    for (const asset of page) {
      if (asset.installedOn === null) continue
      const own = fittings.get(asset._id) ?? []
      const removed = asset.retired == null ? {} : { removed: monthOf(Date.parse(asset.retired.on)) - start }
      for (const id of new Set([...(madeOf.get(keyOf(asset.product ?? '')) ?? []), ...own.map(({ part }) => part)]))
        known.get(id)?.fleet.push({
          asset,
          installed: monthOf(Date.parse(asset.installedOn)) - start,
          failures: own.filter(({ part }) => part === id).map(({ at }) => at),
          ...removed,
        })
    }
  return { now, parts: [...known.values()].toSorted((one, other) => one.part.number.localeCompare(other.part.number, 'en')) }
}

/** Months of the calendar since the year 0, UTC, with the part of the present one. */
export function monthOf(at: number): number {
  const date = new Date(at)
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()]
  const [first, next] = [Date.UTC(year, month), Date.UTC(year, month + 1)]
  return year * 12 + month + (at - first) / (next - first)
}

function months(count: number): number[] {
  return Array.from({ length: count }, () => 0)
}

/** The month that is not over yet counts for nothing. */
function addTo(series: number[], month: number, quantity: number): void {
  if (month < series.length) series[month] = (series[month] ?? 0) + quantity
}

/** The part that stands in an old one's place. */
function presentOf(catalogue: readonly Part[]): (id: string) => Part | undefined {
  const byId = new Map(catalogue.map((part) => [part._id, part]))
  return (id) => {
    let part = byId.get(id)
    for (let steps = 0; part?.supersededBy != null && steps < catalogue.length; steps++) part = byId.get(part.supersededBy) ?? { ...part, supersededBy: null }
    return part
  }
}
