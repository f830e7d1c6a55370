// REST: maintenance plans and the dates they bring. Those of mendline.yaml are shown here and changed there.
import { z } from 'zod'
import type { HttpReply } from '../../channel.ts'
import type { Core } from '../../core.ts'
import { pageOf } from '../../desk/index.ts'
import {
  changedSetting,
  checkPlan,
  describePlan,
  explainPlan,
  planShape,
  stopPlan,
  viewOccurrence,
  viewPlan,
  type MaintenancePlan,
  type PlanRefusal,
} from '../../inspections/index.ts'
import type { Changed } from '../../journal/index.ts'
import { digest } from '../../message.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { occurrenceView, planView } from '../inspection-views.ts'
import { listQuery, pageOfViews, viewPage, yesOrNo } from '../list.ts'
import { problem } from '../problem.ts'
import { byId, text } from './inputs.ts'
import { badField, created, stale, withVersion } from './record-replies.ts'

const none = 'There is no maintenance plan with this id.'
const thePlan = { status: 200, description: 'The plan as it is now; its version is the ETag', view: planView }
const newPlan = z.strictObject(planShape)
const changes = z.strictObject({ ...planShape, name: planShape.name.optional(), active: z.literal(true).optional() })
const refuses = { 404: none, 409: 'It is set in mendline.yaml, or was stopped.', 412: stale }

export function maintenancePlanEndpoints(core: Core): Endpoint[] {
  const { plans, occurrences } = core.collections
  return [
    endpoint(core, {
      method: 'GET',
      path: '/maintenance-plans',
      summary: 'Maintenance plans, newest first',
      takes: z.object({ query: listQuery({ active: yesOrNo.optional(), kind: text(40).optional() }) }),
      answers: { status: 200, description: 'A page of plans', view: pageOfViews(planView) },
      handle: async ({ query: { limit, cursor, ...filter } }) => ({ view: viewPage(await pageOf(plans, filter, 'createdAt', { limit, cursor }), viewPlan) }),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/maintenance-plans',
      summary: 'Make a plan for an asset, or for every asset of a product or at a site: by an RRULE in a time zone, or by a meter',
      takes: z.object({ body: newPlan }),
      answers: { ...thePlan, status: 201 },
      async handle({ body }, deed) {
        const read = await checkPlan(core, body)
        if (read.kind === 'wrong') return badField(read.field, read.message)
        const result = await describePlan(core, `mp_${digest('plan', deed.key).slice(0, 26)}`, read.fields, 'api', deed)
        return result.kind === 'refused' ? refused(result.refusal) : created('maintenance-plans', viewPlan(result.state))
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/maintenance-plans/{id}',
      summary: 'One maintenance plan',
      takes: z.object({ params: byId }),
      answers: thePlan,
      refuses: { 404: none },
      async handle({ params: { id } }) {
        const plan = await plans.get(id)
        return plan === undefined ? problem(404, 'Not found', none) : withVersion(viewPlan(plan))
      },
    }),
    endpoint(core, {
      method: 'PATCH',
      path: '/maintenance-plans/{id}',
      summary: 'Change a plan: what is named takes the place of what was; with active true a stopped one goes on. Another rhythm begins now',
      takes: z.object({ params: byId, body: changes }),
      answers: thePlan,
      refuses,
      async handle({ params: { id }, body: { active, ...wished } }, deed) {
        const plan = await plans.get(id)
        if (plan === undefined) return problem(404, 'Not found', none)
        if (!plan.active && active !== true) return problem(409, 'Conflict', 'This plan was stopped; send "active": true with it to have it go on.')
        const read = await checkPlan(core, changedSetting(plan, wished))
        if (read.kind === 'wrong') return badField(read.field, read.message)
        return shown(await describePlan(core, id, read.fields, 'api', deed))
      },
    }),
    endpoint(core, {
      method: 'DELETE',
      path: '/maintenance-plans/{id}',
      summary: 'Stop a plan: it brings no more jobs, those that are open go on, and its record stays',
      takes: z.object({ params: byId }),
      answers: thePlan,
      refuses,
      handle: async ({ params: { id } }, deed) => shown(await stopPlan(core, id, deed)),
    }),
    endpoint(core, {
      method: 'GET',
      path: '/maintenance-plans/{id}/occurrences',
      summary: 'The dates a plan has brought so far, newest first: planned, open, done, or skipped and why',
      takes: z.object({ params: byId, query: listQuery({ asset: text(100).optional(), state: z.enum(['planned', 'open', 'done', 'skipped']).optional() }) }),
      answers: { status: 200, description: 'A page of dates', view: pageOfViews(occurrenceView) },
      refuses: { 404: none },
      async handle({ params: { id }, query: { limit, cursor, ...filter } }) {
        if ((await plans.get(id)) === undefined) return problem(404, 'Not found', none)
        return { view: viewPage(await pageOf(occurrences, { plan: id, ...filter }, 'createdAt', { limit, cursor }), viewOccurrence) }
      },
    }),
  ]
}

function shown(result: Changed<MaintenancePlan, PlanRefusal>) {
  return result.kind === 'refused' ? refused(result.refusal) : withVersion(viewPlan(result.state))
}

function refused(refusal: PlanRefusal): HttpReply {
  const why = explainPlan(refusal)
  if (refusal.kind === 'unknown') return problem(404, 'Not found', why)
  return refusal.kind === 'stale' ? problem(412, 'Precondition failed', why) : problem(409, 'Conflict', why)
}
