// REST: who does a visit and when. Candidates with their scores, free times, appointments, the best way to share what is open.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { assignWork, bookSlot, candidatesFor, offersFor, proposeAssignments, viewCandidate, viewOffer } from '../../dispatch/index.ts'
import { assignmentsView, candidatesView, slotsView } from '../dispatch-views.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { problem } from '../problem.ts'
import { byId, text } from './inputs.ts'
import { refusesMoves } from './work-orders.ts'
import { changedWork, noWorkOrder, theWorkOrder } from './work-replies.ts'

const moment = z.iso.datetime({ offset: true, error: 'is a moment like 2026-03-05T14:00:00Z' }).transform((given) => Date.parse(given))
const refusesTimes = { ...refusesMoves, 409: 'The time is not free, the engineer cannot do it, or the work order is over.' }

export function dispatchEndpoints(core: Core): Endpoint[] {
  const { workOrders } = core.collections
  return [
    endpoint(core, {
      method: 'GET',
      path: '/work-orders/{id}/candidates',
      summary: 'Who could do it, with a score that can be read; and everybody else with the reason why not',
      takes: z.object({ params: byId }),
      answers: { status: 200, description: 'All engineers', view: candidatesView },
      refuses: { 404: noWorkOrder },
      async handle({ params: { id } }) {
        const order = await workOrders.get(id)
        if (order === undefined) return problem(404, 'Not found', noWorkOrder)
        const { candidates, leftOut } = await candidatesFor(core, order)
        const named = leftOut.map(({ engineer, reasons }) => ({ engineer: { id: engineer._id, name: engineer.name }, reasons }))
        return { view: { candidates: candidates.map(viewCandidate), leftOut: named } }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/work-orders/{id}/slots',
      summary: 'Times that are free for it, each with the engineer who suits best; between two moments if both are given',
      takes: z.object({
        params: byId,
        query: z
          .strictObject({ from: moment.optional(), until: moment.optional(), limit: z.coerce.number().int().min(1).max(100).default(20) })
          .refine(({ from, until }) => (from === undefined) === (until === undefined), 'give both from and until, or neither'),
      }),
      answers: { status: 200, description: 'Free times, soonest first', view: slotsView },
      refuses: { 404: noWorkOrder },
      async handle({ params: { id }, query: { from, until, limit } }) {
        const order = await workOrders.get(id)
        if (order === undefined) return problem(404, 'Not found', noWorkOrder)
        const wished = from === undefined || until === undefined ? [] : [{ from: new Date(from).toISOString(), until: new Date(until).toISOString() }]
        const { offers, fits } = await offersFor(core, order, wished, limit)
        return { view: { data: offers.map(viewOffer), fits, nextCursor: null } }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/work-orders/{id}/appointment',
      summary: 'Agree upon a time with an engineer, the first or another one; the customer hears of it',
      takes: z.object({ params: byId, body: z.strictObject({ engineer: text(40), from: moment }) }),
      answers: theWorkOrder,
      refuses: refusesTimes,
      handle: async ({ params: { id }, body }, deed) => changedWork(await bookSlot(core, id, body, deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/work-orders/{id}/assign',
      summary: 'Give it to somebody: a visit at the time agreed upon or at a new one; with null nobody has it',
      takes: z.object({ params: byId, body: z.strictObject({ engineer: text(40).nullable(), from: moment.optional() }) }),
      answers: theWorkOrder,
      refuses: refusesTimes,
      handle: async ({ params: { id }, body }, deed) => changedWork(await assignWork(core, id, body, deed)),
    }),
    endpoint(core, {
      method: 'GET',
      path: '/dispatch/assignments',
      summary: 'The best way to share the open visits among the engineers, one each; nothing is changed',
      takes: z.object({}),
      answers: { status: 200, description: 'Who should do what, and what is left', view: assignmentsView },
      async handle() {
        const { assignments, left } = await proposeAssignments(core)
        return {
          view: {
            assignments: assignments.map(({ order, candidate }) => ({ workOrder: order._id, ...viewCandidate(candidate) })),
            left: left.map(({ order, reasons }) => ({ workOrder: order._id, reasons })),
          },
        }
      },
    }),
  ]
}
