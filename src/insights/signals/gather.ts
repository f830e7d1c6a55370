// Counts what is watched, week by week back from a look, out of tickets, surveys and the assets in service. Read-only; reads the stores by their indexes, page by page.
import { catalogueOf, productKey, productNamed, type Asset } from '../../assets/index.ts'
import { timestamp, type Timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import type { Coded } from '../../tickets/failure.ts'
import type { Ticket } from '../../tickets/index.ts'
import { pagesOf } from '../pages.ts'
import { windows, weeksNeeded, type Series, type Week } from './series.ts'

export const weekMs = 7 * 86_400_000
/** Recorded so long after it was reported, at most: what is found out later is not counted. */
const repairMs = 8 * weekMs

/** What a signal shows of a repair. */
export interface Case {
  ticket: string
  at: Timestamp
  component: string | null
  problem: string | null
  score: number | null
  /** Whole weeks before the look. */
  week: number
}

export interface Watch {
  series: Series[]
  /** Repairs in the longest window looked at, by the product's key. */
  cases: ReadonlyMap<string, readonly Case[]>
}

interface ProductCounts {
  name: string
  failures: Week[]
  byFailure: Map<string, { component: string; problem: string; weeks: Week[] }>
  answers: Week[]
  machines: number
  cases: Case[]
}

/** As it was at `until`, milliseconds since the epoch. */
export async function gather(core: Core, until: number): Promise<Watch> {
  const { tickets, assets, surveys } = core.collections
  const [oldest] = await tickets.find({}, { sort: { createdAt: 1 }, limit: 1 })
  // Before the first repair on record nothing was counted, which is not the same as nothing having failed.
  const length = oldest === undefined ? 0 : Math.min(weeksNeeded, Math.floor((until - Date.parse(oldest.createdAt)) / weekMs))
  if (length < 1) return { series: [], cases: new Map() }
  const since = until - length * weekMs
  const weekOf = (at: Timestamp | number): number => Math.floor((until - 1 - (typeof at === 'number' ? at : Date.parse(at))) / weekMs)
  const empty = (): Week[] => Array.from({ length }, () => ({ events: 0, exposure: 0 }))
  const products = new Map<string, ProductCounts>()
  const catalogue = await catalogueOf(core)
  const countsOf = (words: string): ProductCounts => {
    const name = productNamed(catalogue, words)?.name ?? words.trim()
    const counts = products.get(productKey(name)) ?? { name, failures: empty(), byFailure: new Map(), answers: empty(), machines: 0, cases: [] }
    products.set(productKey(name), counts)
    return counts
  }

  const productOf = new Map<string, string>()
  for await (const page of pagesOf(assets, {}, 'createdAt'))
    for (const asset of page) {
      if (asset.product === null || productKey(asset.product) === '') continue
      productOf.set(asset._id, asset.product)
      const counts = countsOf(asset.product)
      counts.machines += 1
      addService(counts.failures, asset, until)
    }

  const productOfTicket = new Map<string, string>()
  for await (const page of pagesOf(tickets, { createdAt: { $gte: timestamp(since - repairMs), $lt: timestamp(until) } }, 'createdAt'))
    for (const ticket of page) {
      const words = productOf.get(ticket.coverage?.asset ?? '') ?? ticket.fields.product
      if (words === undefined || productKey(words) === '' || !isFailure(ticket)) continue
      productOfTicket.set(ticket._id, words)
      const counts = countsOf(words)
      const failure = ticket.failure !== null && Date.parse(ticket.failure.at) < until ? ticket.failure : null
      const [component, problem] = [wordsOf(failure?.component), wordsOf(failure?.problem)]
      // What was not repaired for good counts once, against the repair.
      if (ticket.repeats === null && ticket.follows === null) {
        add(counts.failures, weekOf(ticket.createdAt), 1)
        if (failure !== null && component !== null && problem !== null) {
          const key = `${component}\n${problem}`
          const kind = counts.byFailure.get(key) ?? { component, problem, weeks: empty() }
          counts.byFailure.set(key, kind)
          add(kind.weeks, weekOf(failure.at), 1)
        }
      }
      // For the kinds of failures and for satisfaction the repair counts, else the report.
      const week = Math.min(
        ...[ticket.createdAt, failure?.at, ticket.satisfaction?.at].flatMap((at) => (at === undefined || Date.parse(at) >= until ? [] : [weekOf(at)])),
      )
      if (week < Math.max(...windows))
        counts.cases.push({ ticket: ticket._id, at: ticket.createdAt, component, problem, score: ticket.satisfaction?.score ?? null, week })
    }

  for await (const page of pagesOf(surveys, { respondedAt: { $gte: timestamp(since), $lt: timestamp(until) } }, 'respondedAt'))
    for (const { ticket, about, score, respondedAt } of page) {
      const words = productOfTicket.get(ticket) ?? about?.product ?? undefined
      if (words === undefined || productKey(words) === '' || score === null || respondedAt === null) continue
      add(countsOf(words).answers, weekOf(respondedAt), score < satisfiedFrom ? 1 : 0, 1)
    }

  return {
    series: [...products.values()].flatMap(seriesOf),
    cases: new Map([...products].map(([key, { cases }]) => [key, cases])),
  }
}

const satisfiedFrom = 4

function wordsOf(coded: Coded | undefined): string | null {
  return coded === undefined ? null : (coded.text ?? coded.code)
}

function isFailure({ spam, mergedInto, status, inspection }: Ticket): boolean {
  return inspection?.role !== 'visit' && !spam && mergedInto === null && status !== 'cancelled'
}

function add(weeks: Week[], index: number, events: number, exposure = 0): void {
  const week = weeks[index]
  if (week === undefined) return
  week.events += events
  week.exposure += exposure
}

/** Of a machine whose day of installation nobody knows it is taken that it was there all along. */
function addService(weeks: Week[], { installedOn, retired }: Asset, until: number): void {
  const age = installedOn === null ? Infinity : (until - Date.parse(installedOn)) / weekMs
  const gone = retired == null ? 0 : (until - Date.parse(retired.on)) / weekMs
  for (const [index, week] of weeks.entries()) week.exposure += Math.max(0, Math.min(index + 1, age) - Math.max(index, gone))
}

function seriesOf({ name: product, failures, byFailure, answers, machines }: ProductCounts): Series[] {
  const unit = machines > 0 ? 'machines' : 'weeks'
  const exposed = (weeks: readonly Week[]): Week[] =>
    weeks.map(({ events }, index) => ({ events, exposure: machines > 0 ? (failures[index]?.exposure ?? 0) : 1 }))
  return [
    { kind: 'failure_rate', product, failure: null, unit, weeks: exposed(failures) },
    ...[...byFailure.values()].map(({ component, problem, weeks }): Series => ({
      kind: 'failure',
      product,
      failure: { component, problem },
      unit,
      weeks: exposed(weeks),
    })),
    { kind: 'satisfaction', product, failure: null, unit: 'answers', weeks: answers },
  ]
}
