// The report on maintenance plans: how many of the dates that fell due were kept.
import { productKey, type Asset } from '../../assets/index.ts'
import type { Core } from '../../core.ts'
import type { Occurrence } from '../../inspections/index.ts'
import { pagesOf } from '../pages.ts'
import type { Period } from './facts.ts'
import { rowsOf, shareRow, type Grouping, type Report } from './report.ts'
import { shareOf } from './statistics.ts'

type Fate = 'kept' | 'late' | 'open' | 'missed' | 'declined'

interface Fallen {
  occurrence: Occurrence
  asset: Asset | undefined
  fate: Fate
}

export const planCompliance: Report = {
  name: 'plan-compliance',
  definition:
    'Inspections done within the window of their planned date, of all planned dates that fell due in the period and were done or are past their window; what was missed, declined or called off was not kept. Dates of stopped plans, of devices that are gone, and those whose window is still open are not counted.',
  by: ['plan', 'product', 'site', 'month', 'all'],
  async rows(core, period, by) {
    const groups = new Map<string, Fate[]>()
    const nameOf = namer(core)
    for await (const fallen of fallenDue(core, period)) {
      const group = await nameOf(by, fallen)
      if (group !== null) groups.set(group, [...(groups.get(group) ?? []), fallen.fate])
    }
    return rowsOf(by, groups, (fates) => {
      const count = (fate: Fate): number => fates.filter((each) => each === fate).length
      const share = shareRow(shareOf(count('kept'), fates.length), { n: 'due', hits: 'kept', share: 'rate' })
      return { ...share, late: count('late'), open: count('open'), missed: count('missed'), declined: count('declined') }
    })
  },
}

async function* fallenDue(core: Core, { from, until, product }: Period): AsyncGenerator<Fallen> {
  const now = core.clock.now()
  for await (const page of pagesOf(core.collections.occurrences, { due: { $gte: from, $lt: until } }, 'due')) {
    const ids = [...new Set(page.map(({ asset }) => asset))]
    const assets = new Map((await core.collections.assets.find({ _id: { $in: ids } })).map((asset) => [asset._id, asset]))
    for (const occurrence of page) {
      const asset = assets.get(occurrence.asset)
      const fate = fateOf(occurrence, now)
      const counts = product === undefined || (asset?.product != null && productKey(asset.product) === productKey(product))
      if (fate !== null && counts) yield { occurrence, asset, fate }
    }
  }
}

/** Null: it is not for this count, or not yet. Pure. */
export function fateOf({ state, doneAt, until, reason }: Occurrence, now: number): Fate | null {
  switch (state) {
    case 'done':
      return doneAt !== null && doneAt <= until ? 'kept' : 'late'
    case 'skipped':
      if (reason === 'gone' || reason === 'plan_stopped') return null
      return reason === 'missed' ? 'missed' : 'declined'
    case 'planned':
    case 'open':
      return Date.parse(until) < now ? 'open' : null
  }
}

/** Plans and sites by what people call them; each is looked up once. */
function namer(core: Core): (by: Grouping, fallen: Fallen) => Promise<string | null> {
  const known = new Map<string, string | null>()
  const once = async (id: string, find: () => Promise<string | null>): Promise<string | null> => {
    const name = known.get(id) ?? (await find())
    known.set(id, name)
    return name
  }
  return async (by, { occurrence: { plan, due }, asset }) => {
    switch (by) {
      case 'plan':
        return once(plan, async () => (await core.collections.plans.get(plan))?.name ?? plan)
      case 'site': {
        const site = asset?.site ?? null
        return site === null ? null : once(site, async () => (await core.collections.sites.get(site))?.name ?? site)
      }
      case 'product':
        return asset?.product ?? null
      case 'month':
        return due.slice(0, 7)
      default:
        return 'all'
    }
  }
}
