// Does what inspections left to a due document, and follows what happens to assets and tickets.
import { arm } from '../alarms/arm.ts'
import { assetStream } from '../assets/index.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Entry } from '../journal/index.ts'
import type { InspectionAct } from './acts.ts'
import { assetsOf, isGone, plansFor } from './assets-of.ts'
import { cancelInspection, concludeOccurrence, workOver } from './conclude.ts'
import { checkItem, finishChecklist } from './check-item.ts'
import { hearOfInspection } from './hear-customer.ts'
import { openForOccurrence } from './open-inspection.ts'
import { planAsset } from './plan-asset.ts'
import { planStream } from './plan.ts'

export async function ringInspections(core: Core, act: InspectionAct, key: string): Promise<void> {
  switch (act.do) {
    case 'plan_all':
      return planAll(core, act, key)
    case 'plan':
      return planAsset(core, act, key)
    case 'fit':
      return fit(core, act.asset, key)
    case 'open':
      return openForOccurrence(core, act)
    case 'conclude':
      return concludeOccurrence(core, act, key)
    case 'work_over':
      return workOver(core, act, key)
    case 'checked':
      return checkItem(core, act, key)
    case 'finished':
      return finishChecklist(core, act, key)
    case 'customer_said':
      return hearOfInspection(core, act, key)
  }
}

/** Each asset has an alarm of its own: one that fails holds up no other. */
async function planAll(core: Core, { plan: id, after }: Extract<InspectionAct, { do: 'plan_all' }>, key: string): Promise<void> {
  const { assets, more } = await assetsOf(core, await core.journal.load(planStream, id), after)
  for (const { _id } of assets) await look(core, id, _id, key)
  const last = assets.at(-1)
  if (!more || last === undefined) return
  const next = { do: 'plan_all', plan: id, after: last._id } as const
  await arm(core, `${key}/after/${last._id}`, timestamp(core.clock.now()), { kind: 'inspection', act: next }, true)
}

async function fit(core: Core, id: string, key: string): Promise<void> {
  const asset = await core.journal.load(assetStream, id)
  if (isGone(core, asset)) {
    const open = await core.collections.inspections.find({ asset: id, state: 'open' })
    for (const { _id } of open) await cancelInspection(core, _id, 'gone', null, { actor: { kind: 'system', id: null }, key: `${key}/${_id}` })
    return
  }
  for (const { _id } of await plansFor(core, asset)) await look(core, _id, id, key)
}

async function look(core: Core, plan: string, asset: string, key: string): Promise<void> {
  await arm(core, `${key}/${plan}/${asset}`, timestamp(core.clock.now()), { kind: 'inspection', act: { do: 'plan', plan, asset } }, true)
}

const ofAssets = new Set(['asset.registered', 'asset.described', 'asset.moved', 'asset.owner_changed'])

export async function followInspections(core: Core, entry: Entry): Promise<void> {
  const slash = entry.stream.indexOf('/')
  const [kind, id] = [entry.stream.slice(0, slash), entry.stream.slice(slash + 1)]
  const now = timestamp(core.clock.now())
  if (kind === 'asset' && entry.events.some(({ type }) => ofAssets.has(type)))
    await arm(core, `fit/${entry._id}`, now, { kind: 'inspection', act: { do: 'fit', asset: id } }, true)
  if (kind !== 'ticket') return
  const to = entry.events.flatMap((event) => (event.type === 'ticket.status_changed' ? [event.to] : []))
  const how = to.includes('cancelled') ? 'cancelled' : to.includes('resolved') || to.includes('closed') ? 'completed' : undefined
  if (how === undefined || (await core.collections.inspections.find({ ticket: id, state: 'open' }, { limit: 1 })).length === 0) return
  await arm(core, `work_over/${entry._id}`, now, { kind: 'inspection', act: { do: 'work_over', ticket: id, how, engineer: null } }, true)
}
