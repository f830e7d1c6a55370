// REST: who does a visit and when. Candidates with their scores, free times, appointments, the best way to share what is open.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import {
  assignWork,
  bookSlot,
  candidatesFor,
  missVisit,
  offersFor,
  planFor,
  proposeAssignments,
  proposeTimes,
  viewCandidate,
  viewDayPlan,
  viewOffer,
  viewWorkOrder,
} from '../../dispatch/index.ts'
import { appointmentsView, assignmentsView, candidatesView, dayPlanView, slotsView } from '../dispatch-views.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { problem } from '../problem.ts'
import { byId, text } from './inputs.ts'
import { refusesMoves } from './work-orders.ts'
import { changedWork, noWorkOrder, theWorkOrder } from './work-replies.ts'

const moment = z.iso.datetime({ offset: true, error: 'is a moment like 2026-03-05T14:00:00Z' }).transform((given) => Date.parse(given))
/** States of a visit that has a time. */
const awaited = ['unscheduled', 'scheduled', 'dispatched', 'accepted', 'en_route', 'on_site']
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
        const { candidates, leftOut } = await candidatesFor(core, order, { warn: true })
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
      method: 'POST',
      path: '/work-orders/{id}/propose',
      summary: 'Ask the customer for a time, in their conversation',
      takes: z.object({ params: byId }),
      answers: theWorkOrder,
      refuses: { 404: noWorkOrder, 409: 'It is no visit, or a time is agreed upon.' },
      handle: async ({ params: { id } }, deed) => changedWork(await proposeTimes(core, id, deed)),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/work-orders/{id}/no-show',
      summary: 'Nobody opened the door: the time is off, and the customer is asked for another one',
      takes: z.object({ params: byId, body: z.strictObject({ comment: text(2000).nullable().default(null) }) }),
      answers: theWorkOrder,
      refuses: refusesMoves,
      handle: async ({ params: { id }, body: { comment } }, deed) => changedWork(await missVisit(core, id, comment, deed)),
    }),
    endpoint(core, {
      method: 'GET',
      path: '/appointments',
      summary: 'What is agreed upon and still to come, by time; of one engineer or of all',
      takes: z.object({ query: z.strictObject({ engineer: text(40).optional() }) }),
      answers: { status: 200, description: 'Work orders with their appointments', view: appointmentsView },
      async handle({ query }) {
        const open = await workOrders.find({ kind: 'visit', status: { $in: awaited }, ...query }, { limit: 1000 })
        const data = open.map(viewWorkOrder).filter(({ appointment }) => appointment !== null)
        return { view: { data: data.toSorted((one, other) => (one.appointment?.from ?? '').localeCompare(other.appointment?.from ?? '')), nextCursor: null } }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/dispatch/plan',
      summary: "How one day's visits are done best: what is agreed upon stays, open visits go where they fit; nothing is changed",
      takes: z.object({ query: z.strictObject({ date: z.iso.date('is a date like 2026-03-05').optional() }) }),
      answers: { status: 200, description: 'The plan of the day; without a date, of today', view: dayPlanView },
      async handle({ query: { date } }) {
        const today = Temporal.Instant.fromEpochMilliseconds(core.clock.now()).toZonedDateTimeISO(core.company().flow.timeZone).toPlainDate().toString()
        return { view: viewDayPlan(await planFor(core, date ?? today)) }
      },
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
