// Asks a customer what the meter shows, as often as the plan wants it and no reading came by itself.
import { timestamp } from '../clock.ts'
import type { Asset } from '../assets/index.ts'
import type { Core } from '../core.ts'
import type { Consequence } from '../journal/index.ts'
import { meterStream, type Meter } from './meter.ts'
import type { MaintenancePlan, Schedule } from './plan.ts'
import { ownerOf, reachOf } from './reach.ts'

const nobody = { do: 'open_task', kind: 'inspection', ticket: null, conversation: null, message: null } as const

/** Answers when to look again, milliseconds since the epoch; null where nobody is asked. */
export async function askForReading(
  core: Core,
  plan: MaintenancePlan,
  { unit, askEveryMs }: Extract<Schedule, { by: 'meter' }>,
  asset: Asset,
  meter: Meter,
  key: string,
): Promise<number | null> {
  if (askEveryMs === null) return null
  const now = core.clock.now()
  const heard = Math.max(meter.last === null ? 0 : Date.parse(meter.last.at), meter.askedAt === null ? 0 : Date.parse(meter.askedAt))
  if (heard + askEveryMs > now) return heard + askEveryMs
  const owner = await ownerOf(core, asset)
  const conversation = owner === null ? null : (await reachOf(core, owner)).conversation
  const device = [asset.product, asset.serial].filter(Boolean).join(' ')
  const args = { asset: asset._id, unit, plan: plan._id, device }
  const ask: Consequence =
    conversation === null
      ? { ...nobody, about: `${device}: nobody can be asked what its meter (${unit}) shows`, once: `ask/${meter._id}` }
      : { do: 'arm', at: timestamp(now), alarm: { kind: 'ask', conversation, flow: 'read-meter', args } }
  await core.journal.change(meterStream, meter._id, {
    key: `ask/${key}`,
    decide: () => ({ kind: 'entry', actor: { kind: 'clock', id: null }, events: [{ type: 'meter.asked', asset: asset._id, unit }], effects: [ask] }),
  })
  return now + askEveryMs
}
