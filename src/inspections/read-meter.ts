// Takes a reading of a meter. One that runs back is not taken before somebody says that the meter was replaced.
import { assetStream, type Asset } from '../assets/index.ts'
import { timestamp, type Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Deed } from '../desk/change-ticket.ts'
import type { Changed } from '../journal/index.ts'
import { plansFor } from './assets-of.ts'
import { meterId, meterStream, plainUnit, runsBack, type Meter, type Reading } from './meter.ts'
import type { MaintenancePlan } from './plan.ts'
import { lookNow } from './plan-asset.ts'

export interface NewReading {
  asset: string
  unit: string
  value: number
  /** When it was read; now, if left out. */
  at?: Timestamp | undefined
  /** It begins anew. */
  replaced: boolean
}

async function metered(core: Core, asset: Asset, unit: string): Promise<MaintenancePlan[]> {
  return (await plansFor(core, asset)).filter(({ schedule }) => schedule.by === 'meter' && schedule.unit === unit)
}

/** By how much a reading of it may be lower than the last. */
export async function inexactBy(core: Core, asset: Asset, unit: string): Promise<number> {
  const plans = await metered(core, asset, plainUnit(unit))
  return Math.max(0, ...plans.map(({ schedule }) => (schedule.by === 'meter' ? schedule.hysteresis : 0)))
}

export type ReadingRefusal = { kind: 'unknown_asset' } | { kind: 'runs_back'; last: Reading }

/** Once per key. The plans that go by it look at once. */
export async function readMeter(
  core: Core,
  { asset: id, unit: given, value, at, replaced }: NewReading,
  { actor, key }: Deed,
): Promise<Changed<Meter, ReadingRefusal>> {
  const unit = plainUnit(given)
  const asset = await core.journal.load(assetStream, id)
  const plans = await metered(core, asset, unit)
  const hysteresis = await inexactBy(core, asset, unit)
  return core.journal.change<Meter, ReadingRefusal>(meterStream, meterId(id, unit), {
    key,
    decide(meter) {
      if (asset.n === 0) return { kind: 'refused', refusal: { kind: 'unknown_asset' } }
      if (!replaced && meter.last !== null && runsBack(meter, value, hysteresis)) return { kind: 'refused', refusal: { kind: 'runs_back', last: meter.last } }
      const read = { type: 'meter.read', asset: id, unit, value, at: at ?? timestamp(core.clock.now()), replaced } as const
      return { kind: 'entry', actor, events: [read], effects: plans.map(({ _id }) => lookNow(core, _id, id)) }
    },
  })
}
