// Plans one asset: what is due is written down, each date once; the job follows from what is written. Then the alarm is set for the next look.
import { arm } from '../alarms/arm.ts'
import { assetStream, type Asset } from '../assets/index.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Consequence } from '../journal/index.ts'
import type { InspectionAct } from './acts.ts'
import { isCovered } from './assets-of.ts'
import { askForReading } from './ask-reading.ts'
import { decideCalendar, type Decided, type Wanted } from './decide-calendar.ts'
import { decideMeter } from './decide-meter.ts'
import { meterId, meterStream, type Meter } from './meter.ts'
import { isOverOccurrence, occurrenceId, occurrenceStream, type Occurrence } from './occurrence.ts'
import { planStream, type MaintenancePlan } from './plan.ts'

export async function planAsset(core: Core, { plan: id, asset: assetId }: Extract<InspectionAct, { do: 'plan' }>, key: string): Promise<void> {
  const plan = await core.journal.load(planStream, id)
  const asset = await core.journal.load(assetStream, assetId)
  if (!isCovered(core, plan, asset)) return
  const { write, again } = await decide(core, plan, asset, key)
  // The missed ones first: whoever dies in between finds what is left.
  for (const wanted of write) await writeOccurrence(core, plan, asset._id, wanted)
  if (again !== null) await lookAgain(core, id, assetId, again)
}

/** Each time to look is an alarm of its own: none can take another's place, and one too many finds nothing to do. */
async function lookAgain(core: Core, plan: string, asset: string, at: number): Promise<void> {
  await arm(core, `plan/${plan}/${asset}/${at}`, timestamp(at), { kind: 'inspection', act: { do: 'plan', plan, asset } }, true)
}

export function lookNow(core: Core, plan: string, asset: string): Consequence {
  return armInspection(core, { do: 'plan', plan, asset })
}

async function decide(core: Core, plan: MaintenancePlan, asset: Asset, key: string): Promise<Decided> {
  const latest = await latestOf(core, plan._id, asset._id)
  const last = latest[0] ?? null
  const open = latest.some((each) => !isOverOccurrence(each))
  const now = core.clock.now()
  const { schedule } = plan
  if (schedule.by === 'calendar') {
    const since = Math.max(Date.parse(plan.since), Date.parse(asset.createdAt))
    const completed = await lastCompleted(core, asset._id, plan.kind)
    const { hours, teamHours } = core.company()
    return decideCalendar(schedule, { plan, now, since, last, open, completed, hours: (plan.team === null ? undefined : teamHours.get(plan.team)) ?? hours })
  }
  const meter = await core.journal.load(meterStream, meterId(asset._id, schedule.unit))
  const ask = await askForReading(core, plan, schedule, asset, meter, key)
  if (meter.usage === null) return { write: [], again: ask }
  const decided = decideMeter(schedule, { plan, now, usage: meter.usage, base: await baseOf(core, plan, meter, meter.usage), last, open })
  return { ...decided, again: ask }
}

/** The latest first. Loaded, not read: one that was written a moment ago may not be in its snapshot yet. */
async function latestOf(core: Core, plan: string, asset: string): Promise<Occurrence[]> {
  const known = await core.collections.occurrences.find({ plan, asset }, { sort: { ordinal: -1 }, limit: 20 })
  const open = await core.collections.occurrences.find({ plan, asset, state: { $in: ['planned', 'open'] } }, { limit: 20 })
  const ids = [...new Set([...known, ...open].map(({ _id }) => _id))]
  const loaded = await Promise.all(ids.map((each) => core.journal.load(occurrenceStream, each)))
  return loaded.toSorted((one, other) => other.ordinal - one.ordinal || other.due.localeCompare(one.due))
}

async function lastCompleted(core: Core, asset: string, kind: string): Promise<number | null> {
  const [latest] = await core.collections.inspections.find({ asset, kind, state: 'completed' }, { sort: { overAt: -1 }, limit: 1 })
  return latest?.overAt == null ? null : Date.parse(latest.overAt)
}

/** What the meter said when the plan saw it first; kept, so that it stays so. */
async function baseOf(core: Core, plan: MaintenancePlan, meter: Meter, usage: number): Promise<number> {
  const name = `${plan._id}@${Date.parse(plan.since)}`
  const known = meter.bases[name]
  if (known !== undefined) return known
  const { state } = await core.journal.change(meterStream, meter._id, {
    key: `base/${meter._id}/${name}`,
    decide: ({ bases }) =>
      bases[name] === undefined
        ? { kind: 'entry', actor: { kind: 'system', id: null }, events: [{ type: 'meter.plan_based', plan: name, usage }], effects: [] }
        : { kind: 'nothing' },
  })
  return state.bases[name] ?? usage
}

async function writeOccurrence(core: Core, plan: MaintenancePlan, asset: string, { missed, ...wanted }: Wanted): Promise<void> {
  const fields = { plan: plan._id, asset, kind: plan.kind, ...wanted }
  const id = occurrenceId(fields)
  await core.journal.change(occurrenceStream, id, {
    key: `occurrence/${id}`,
    decide: ({ n }) =>
      n > 0
        ? { kind: 'nothing' }
        : {
            kind: 'entry',
            actor: { kind: 'clock', id: null },
            events: [{ type: 'occurrence.planned', occurrence: fields }, ...(missed ? [{ type: 'occurrence.skipped', reason: 'missed' } as const] : [])],
            effects: missed ? [] : [armInspection(core, { do: 'open', occurrence: id })],
          },
  })
}

export function armInspection(core: Core, act: InspectionAct): Consequence {
  return { do: 'arm', at: timestamp(core.clock.now()), alarm: { kind: 'inspection', act } }
}
