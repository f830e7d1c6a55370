// Counts a week for the digest, by the indexes of the stores. Read-only.
import { timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { slaOf } from '../../sla/index.ts'
import { categoryOf, statuses } from '../../tickets/index.ts'
import { factsOf, type RepairFact } from '../reports/facts.ts'
import { shareOf, type Share } from '../reports/statistics.ts'
import { weeksBefore, type WeekFacts } from './compose.ts'

const dayMs = 86_400_000
const shownMax = 5
const openStatuses = statuses.filter((status) => categoryOf(status) !== 'done')

/** `from` and `until` in milliseconds since the epoch. */
export async function gatherWeek(core: Core, from: number, until: number): Promise<WeekFacts> {
  const { tickets, qualitySignals, opportunities } = core.collections
  const period = { createdAt: { $gte: timestamp(from), $lt: timestamp(until) } }
  const now = await countsOf(core, from, until)
  const before = await countsOf(core, from - weeksBefore * 7 * dayMs, from)
  const open = { status: { $in: openStatuses }, mergedInto: null, spam: false }
  const oldest = await tickets.find(open, { sort: { createdAt: 1 }, limit: shownMax })
  const signals = await qualitySignals.find({ state: 'open' }, { sort: { createdAt: -1 } })
  const fresh = signals.filter(({ raisedAt }) => raisedAt >= timestamp(from))
  const found = await opportunities.find(period)
  const answered = await opportunities.count({ 'answered.at': period.createdAt, 'answered.answer': { $in: ['yes', 'asked'] } })
  const low = await lowStock(core)
  return {
    reported: { now: now.reported, before: before.reported },
    over: now.over,
    open: await tickets.count(open),
    satisfied: { now: now.satisfied, before: before.satisfied },
    fixedFirst: { now: now.fixedFirst, before: before.fixedFirst },
    kept: { now: now.kept, before: before.kept },
    signals: fresh.map(({ reason, product, timesRaised }) => ({ reason, product, again: timesRaised > 1 })),
    openSignals: signals.length - fresh.length,
    opportunities: [...Map.groupBy(found, ({ kind }) => kind)].map(([kind, all]) => ({ kind, count: all.length })),
    answers: answered,
    oldest: oldest.map(({ _id, subject, createdAt }) => ({ number: _id, subject, days: Math.floor((until - Date.parse(createdAt)) / dayMs) })),
    low: low.slice(0, shownMax),
    lowMore: Math.max(0, low.length - shownMax),
  }
}

interface Counts {
  reported: number
  over: number
  satisfied: Share
  fixedFirst: Share
  kept: Share
}

/** Repairs reported in the period; what they came to, as far as it is known. */
async function countsOf(core: Core, from: number, until: number): Promise<Counts> {
  const facts: RepairFact[] = []
  for await (const page of factsOf(core, { from: timestamp(from), until: timestamp(until) })) facts.push(...page)
  const scores = facts.flatMap(({ surveys }) => surveys.flatMap(({ state, score }) => (state === 'responded' && score !== null ? [score] : [])))
  const over = facts.flatMap(({ fixedFirst }) => (fixedFirst === null ? [] : [fixedFirst]))
  const promises = facts.flatMap(({ ticket }) => {
    const state = slaOf(ticket, core.company(), until)?.resolve.state
    return state === 'met' ? [true] : state === 'breached' ? [false] : []
  })
  return {
    reported: facts.length,
    over: over.length,
    satisfied: shareOf(scores.filter((score) => score >= 4).length, scores.length),
    fixedFirst: shareOf(over.filter(Boolean).length, over.length),
    kept: shareOf(promises.filter(Boolean).length, promises.length),
  }
}

async function lowStock({ collections: { stock, parts, locations } }: Core): Promise<WeekFacts['low']> {
  const rows = (await stock.find({ lowSince: { $ne: null } })).toSorted((one, other) => one.available - other.available)
  const known = new Map((await parts.find({ _id: { $in: rows.map(({ part }) => part) } })).map((part) => [part._id, part]))
  const places = new Map((await locations.find({})).map(({ _id, name }) => [_id, name]))
  return rows.map(({ part, location, available, reorderPoint, forecastPoint }) => ({
    about: `${known.get(part)?.number ?? part} ${known.get(part)?.name ?? ''} at ${places.get(location) ?? location}`,
    available,
    reorderPoint: forecastPoint ?? reorderPoint ?? 0,
  }))
}
