// REST: work orders. Opening, finding, moving and holding them.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { pageOf } from '../../desk/index.ts'
import { holdWork, moveWorkOrder, openWorkOrder, outcomes, pointSchema, viewWorkOrder, workKinds, workStatuses } from '../../dispatch/index.ts'
import { priorities } from '../../tickets/index.ts'
import { workOrderView } from '../dispatch-views.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { problem } from '../problem.ts'
import { byId, failureInput, text, ticketNumber } from './inputs.ts'
import { changedWork, noWorkOrder, shownWork, theWorkOrder } from './work-replies.ts'

const newWorkOrder = z.strictObject({
  ticket: ticketNumber,
  kind: z.enum(workKinds).default('visit'),
  subject: text(300).optional(),
  priority: z.enum(priorities).optional(),
  skills: z.array(text(75)).max(20).optional(),
  duration: z.int().min(5).max(720).optional().describe('Minutes'),
  site: z.strictObject({ address: text(500).optional(), postcode: text(20).optional(), point: pointSchema.optional() }).optional(),
  preferredEngineer: text(40).optional(),
})
const filters = {
  ticket: ticketNumber.optional(),
  status: z.enum(workStatuses).optional(),
  kind: z.enum(workKinds).optional(),
  engineer: text(40).optional(),
}
export const refusesMoves = {
  404: noWorkOrder,
  409: 'The status table does not allow it, or it is over.',
  412: 'It has changed since the version in If-Match.',
}

export function workOrderEndpoints(core: Core): Endpoint[] {
  const { workOrders } = core.collections
  return [
    endpoint(core, {
      method: 'GET',
      path: '/work-orders',
      summary: 'Work orders, newest first',
      takes: z.object({ query: listQuery(filters) }),
      answers: { status: 200, description: 'A page of work orders', view: pageOfViews(workOrderView) },
      async handle({ query: { limit, cursor, ...filter } }) {
        return { view: viewPage(await pageOf(workOrders, filter, 'createdAt', { limit, cursor }), viewWorkOrder) }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/work-orders',
      summary: 'Open a work order for a ticket: a visit, or work in the shop on what is sent or brought in',
      takes: z.object({ body: newWorkOrder }),
      answers: { ...theWorkOrder, status: 201 },
      refuses: { 404: 'There is no ticket with this number.', 409: 'The ticket is over.' },
      async handle({ body: { duration, ...wanted } }, deed) {
        const result = await openWorkOrder(core, { ...wanted, duration: duration === undefined ? undefined : duration * 60_000 }, deed)
        if (result.kind === 'refused') return changedWork(result)
        const reply = shownWork(result.state)
        return { ...reply, headers: { ...reply.headers, location: `/api/v1/work-orders/${result.state._id}` } }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/work-orders/{id}',
      summary: 'One work order',
      takes: z.object({ params: byId }),
      answers: theWorkOrder,
      refuses: { 404: noWorkOrder },
      async handle({ params: { id } }) {
        const order = await workOrders.get(id)
        return order === undefined ? problem(404, 'Not found', noWorkOrder) : shownWork(order)
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/work-orders/{id}/status',
      summary: 'Move a work order on; its customer hears of it. Back to unscheduled and cannot_complete want a comment, ready wants an outcome',
      takes: z.object({
        params: byId,
        body: z.strictObject({
          status: z.enum(workStatuses),
          comment: text(2000).optional(),
          outcome: z.enum(outcomes).optional(),
          failure: failureInput.optional(),
        }),
      }),
      answers: theWorkOrder,
      refuses: refusesMoves,
      handle: async ({ params: { id }, body: { status: to, comment = null, outcome, failure } }, deed) =>
        changedWork(await moveWorkOrder(core, id, { to, comment, outcome, failure }, deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/work-orders/{id}/hold',
      summary: 'Hold a work order back with a reason, or release it with null',
      takes: z.object({ params: byId, body: z.strictObject({ reason: text(500).nullable() }) }),
      answers: theWorkOrder,
      refuses: refusesMoves,
      handle: async ({ params: { id }, body: { reason } }, deed) => changedWork(await holdWork(core, id, reason, deed)),
    }),
  ]
}
