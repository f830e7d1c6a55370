// Plans of mendline.yaml and those of the API: made, changed, stopped. Each change has its assets looked at anew.
import { catalogueOf, productNamed, assetId } from '../assets/index.ts'
import type { Core } from '../core.ts'
import type { Deed } from '../desk/change-ticket.ts'
import type { Changed, Decision } from '../journal/index.ts'
import { newId } from '../random.ts'
import { planStream, type MaintenancePlan, type PlanFields } from './plan.ts'
import { armInspection } from './plan-asset.ts'
import { readPlan, type PlanDefaults, type PlanRead, type PlanSetting } from './settings.ts'

export type PlanRefusal = { kind: 'unknown' } | { kind: 'stale'; version: number } | { kind: 'from_settings' }

export function planDefaults(core: Core): PlanDefaults {
  const { inspections, flow } = core.company()
  return { ...inspections, timeZone: flow.timeZone }
}

/** With what it names as it is called here; a name that is not there is a mistake. */
export async function checkPlan(core: Core, setting: PlanSetting): Promise<PlanRead> {
  const read = readPlan(setting, planDefaults(core))
  if (read.kind === 'wrong') return read
  const { covers, team } = read.fields
  const wrong = (field: string, message: string): PlanRead => ({ kind: 'wrong', field, message })
  if (team !== null && !core.company().teams.some(({ name }) => name === team)) return wrong('team', 'is no team of mendline.yaml')
  switch (covers.by) {
    case 'asset': {
      const { assets } = core.collections
      const asset = (await assets.get(covers.id)) ?? (await assets.get(assetId(covers.id)))
      return asset === undefined ? wrong('asset', 'there is no asset with this id or serial number') : covering(read, asset._id)
    }
    case 'product': {
      const catalogue = await catalogueOf(core)
      const product = productNamed(catalogue, covers.id)
      if (product === undefined && catalogue.length > 0) return wrong('product', 'is no product of the catalogue')
      return covering(read, product?.name ?? covers.id)
    }
    case 'site':
      return (await core.collections.sites.get(covers.id)) === undefined ? wrong('site', 'there is no site with this id') : read
  }
}

function covering({ fields }: Extract<PlanRead, { kind: 'plan' }>, id: string): PlanRead {
  return { kind: 'plan', fields: { ...fields, covers: { ...fields.covers, id } } }
}

export function describePlan(
  core: Core,
  id: string,
  fields: PlanFields,
  source: MaintenancePlan['source'],
  { actor, key, version }: Deed,
): Promise<Changed<MaintenancePlan, PlanRefusal>> {
  return core.journal.change<MaintenancePlan, PlanRefusal>(planStream, id, {
    key,
    decide(plan): Decision<PlanRefusal> {
      if (version !== undefined && version !== plan.n) return { kind: 'refused', refusal: { kind: 'stale', version: plan.n } }
      if (plan.active && plan.source === 'settings' && source === 'api') return { kind: 'refused', refusal: { kind: 'from_settings' } }
      if (plan.active && JSON.stringify(fieldsOf(plan)) === JSON.stringify(fieldsOf({ ...plan, ...fields }))) return { kind: 'nothing' }
      return {
        kind: 'entry',
        actor,
        events: [{ type: 'plan.described', fields, source }],
        effects: [armInspection(core, { do: 'plan_all', plan: id, after: null })],
      }
    },
  })
}

/** No more jobs; those that are open go on. */
export function stopPlan(
  core: Core,
  id: string,
  { actor, key, version }: Deed,
  source: MaintenancePlan['source'] = 'api',
): Promise<Changed<MaintenancePlan, PlanRefusal>> {
  return core.journal.change<MaintenancePlan, PlanRefusal>(planStream, id, {
    key,
    decide(plan): Decision<PlanRefusal> {
      if (plan.n === 0) return { kind: 'refused', refusal: { kind: 'unknown' } }
      if (version !== undefined && version !== plan.n) return { kind: 'refused', refusal: { kind: 'stale', version: plan.n } }
      if (plan.source === 'settings' && source === 'api') return { kind: 'refused', refusal: { kind: 'from_settings' } }
      return plan.active ? { kind: 'entry', actor, events: [{ type: 'plan.stopped' }], effects: [] } : { kind: 'nothing' }
    },
  })
}

export function explainPlan(refusal: PlanRefusal): string {
  switch (refusal.kind) {
    case 'unknown':
      return 'There is no maintenance plan with this id.'
    case 'stale':
      return `It has changed since; its version is ${refusal.version} now. Look again, then act.`
    case 'from_settings':
      return 'This plan is set in mendline.yaml; change it there.'
  }
}

export function fieldsOf({ name, kind, covers, schedule, anchor, leadMs, windowMs, holidays, team, checklist, skills, durationMs }: PlanFields): PlanFields {
  return { name, kind, covers, schedule, anchor, leadMs, windowMs, holidays, team, checklist, skills, durationMs }
}

/** Those of mendline.yaml as it is now. One that names what is not there yet is left until it is, and said in the log. */
export async function syncPlans(core: Core): Promise<void> {
  const actor = { kind: 'system', id: null } as const
  const listed = core.company().maintenancePlans
  for (const { id, ...setting } of listed) {
    const read = await checkPlan(core, setting)
    const deed = { actor, key: newId('settings', core.clock, core.random) }
    if (read.kind === 'plan') await describePlan(core, id, read.fields, 'settings', deed)
    else core.log.warn('a plan of mendline.yaml cannot be followed', { reason: `${id}: ${read.field} ${read.message}` })
  }
  for (const { _id } of await core.collections.plans.find({ source: 'settings', active: true }))
    if (!listed.some(({ id }) => id === _id)) await stopPlan(core, _id, { actor, key: newId('settings', core.clock, core.random) }, 'settings')
}
