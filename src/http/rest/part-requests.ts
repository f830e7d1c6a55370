// REST: part requests, and the kit that is reserved before a visit.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { pageOf } from '../../desk/index.ts'
import { kitFor, moveRequest, nameRequest, releaseKit, requestKinds, requestParts, requestStatuses, reserveKit } from '../../parts/index.ts'
import { categoryOf } from '../../tickets/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { kitPartView, requestView, viewKitPart, viewRequest } from '../part-views.ts'
import { problem } from '../problem.ts'
import { byId, ofTicket, text, ticketNumber } from './inputs.ts'
import { givenPart } from './parts.ts'
import { badField, created, doingOf, refusedRecord, stale, withVersion } from './record-replies.ts'
import { noTicket } from './ticket-replies.ts'

const unknown = 'There is no part request with this id.'
const unnamed = 'Nobody has said yet which part it is: POST /part-requests/{id}/part first.'
const over = 'Its ticket is over, or was merged into another.'
const wanted = z.strictObject({
  kind: z.enum(requestKinds),
  part: text(100).describe('Number or id'),
  quantity: z.int().min(1).max(1_000_000).default(1),
  from: text(100).optional().describe('A stock location; where an allocation, a transfer or a return comes from'),
  to: text(100).optional().describe('A stock location; where a requisition, a transfer or a return goes. A return without it leaves us'),
  ticket: ticketNumber.optional(),
})
type Wanted = z.output<typeof wanted>

export function partRequestEndpoints(core: Core): Endpoint[] {
  const { partRequests, tickets } = core.collections
  const kit = z.strictObject({ reserved: z.array(requestView), missing: z.array(kitPartView).describe('Likely, and to be had nowhere') })
  return [
    endpoint(core, {
      method: 'GET',
      path: '/part-requests',
      summary: 'Part requests, newest first',
      takes: z.object({
        query: listQuery({ status: z.enum(requestStatuses).optional(), kind: z.enum(requestKinds).optional(), ticket: ticketNumber.optional() }),
      }),
      answers: { status: 200, description: 'A page of part requests', view: pageOfViews(requestView) },
      handle: async ({ query: { limit, cursor, ...filter } }) => ({
        view: viewPage(await pageOf(partRequests, filter, 'createdAt', { limit, cursor }), viewRequest),
      }),
    }),
    endpoint(core, {
      method: 'POST',
      path: '/part-requests',
      summary: 'Ask for parts; those of ours are reserved where they are until they are received',
      takes: z.object({ body: wanted }),
      answers: { status: 201, description: 'The new part request; requested: not enough there yet', view: requestView },
      async handle({ body }, deed) {
        const wrong = await wrongIn(core, body)
        if (wrong !== undefined) return badField(...wrong)
        const part = await givenPart(core, body.part)
        if (part === undefined) return badField('part', 'there is no such part')
        const { kind, quantity, from = null, to = null, ticket = null } = body
        return created('part-requests', viewRequest(await requestParts(core, { kind, part: part._id, quantity, from, to, ticket, kit: false }, doingOf(deed))))
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/part-requests/{id}',
      summary: 'One part request',
      takes: z.object({ params: byId }),
      answers: { status: 200, description: 'The part request; its version is the ETag', view: requestView },
      refuses: { 404: unknown },
      async handle({ params: { id } }) {
        const request = await partRequests.get(id)
        return request === undefined ? problem(404, 'Not found', unknown) : withVersion(viewRequest(request))
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/part-requests/{id}/status',
      summary: 'Receive what was requested, or cancel it; a transfer leaves its source when it is received',
      takes: z.object({ params: byId, body: z.strictObject({ status: z.enum(['received', 'cancelled']), used: z.int().min(0).optional() }) }),
      answers: { status: 200, description: 'The part request as it is now', view: requestView },
      refuses: { 404: unknown, 409: 'It is over, or nothing was claimed for it yet.', 412: stale },
      async handle({ params: { id }, body }, deed) {
        const result = await moveRequest(core, id, body.status, doingOf(deed), body.used)
        if (result.kind !== 'refused') return withVersion(viewRequest(result.state))
        if (result.refusal.kind === 'unnamed') return problem(409, 'Conflict', unnamed)
        if (result.refusal.kind === 'not_allowed') return problem(409, 'Conflict', `It is ${result.refusal.from} and cannot become ${body.status}.`)
        return refusedRecord(result.refusal, { unknown, taken: unknown })
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/part-requests/{id}/part',
      summary: 'Say which part is meant, where an engineer asked for one in words that the catalogue does not know',
      takes: z.object({ params: byId, body: z.strictObject({ part: text(100).describe('Number or id') }) }),
      answers: { status: 200, description: 'The part request as it is now', view: requestView },
      refuses: { 404: unknown, 409: 'It is over, or it is named already.', 412: stale },
      async handle({ params: { id }, body }, deed) {
        const part = await givenPart(core, body.part)
        if (part === undefined) return badField('part', 'there is no such part')
        const result = await nameRequest(core, id, part._id, doingOf(deed))
        if (result.kind !== 'refused') return withVersion(viewRequest(result.state))
        const { refusal } = result
        if (refusal.kind === 'not_allowed' || refusal.kind === 'unnamed') return problem(409, 'Conflict', 'It is over, or it is named already.')
        return refusedRecord(refusal, { unknown, taken: unknown })
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/tickets/{number}/kit',
      summary: 'The parts that the repair will likely need, with their share of past cases',
      takes: z.object({ params: ofTicket }),
      answers: { status: 200, description: 'Likely parts, the most likely first', view: z.strictObject({ data: z.array(kitPartView), nextCursor: z.null() }) },
      refuses: { 404: noTicket },
      async handle({ params: { number } }) {
        const ticket = await tickets.get(number)
        return ticket === undefined ? problem(404, 'Not found', noTicket) : { view: { data: (await kitFor(core, ticket)).map(viewKitPart), nextCursor: null } }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/tickets/{number}/kit',
      summary: 'Reserve the likely parts before a visit; what the ticket has already is not doubled',
      takes: z.object({ params: ofTicket }),
      answers: { status: 200, description: 'What is reserved now, and what is to be had nowhere', view: kit },
      refuses: { 404: noTicket, 409: over },
      async handle({ params: { number } }, deed) {
        const ticket = await tickets.get(number)
        if (ticket === undefined) return problem(404, 'Not found', noTicket)
        if (ticket.mergedInto !== null || categoryOf(ticket.status) === 'done') return problem(409, 'Conflict', over)
        const { reserved, missing } = await reserveKit(core, ticket, doingOf(deed))
        return { view: { reserved: reserved.map(viewRequest), missing: missing.map(viewKitPart) } }
      },
    }),
    endpoint(core, {
      method: 'DELETE',
      path: '/tickets/{number}/kit',
      summary: 'Give back what was reserved before a visit',
      takes: z.object({ params: ofTicket }),
      answers: { status: 200, description: 'How many part requests were cancelled', view: z.strictObject({ released: z.int() }) },
      refuses: { 404: noTicket },
      async handle({ params: { number } }, deed) {
        const ticket = await tickets.get(number)
        return ticket === undefined ? problem(404, 'Not found', noTicket) : { view: { released: await releaseKit(core, ticket, doingOf(deed)) } }
      },
    }),
  ]
}

const needs: Readonly<Record<Wanted['kind'], readonly ('from' | 'to' | 'ticket')[]>> = {
  requisition: ['to'],
  allocation: ['from', 'ticket'],
  transfer: ['from', 'to'],
  return: ['from'],
}

/** The field that is lacking, too much, or names nothing, and what is wrong with it. */
async function wrongIn(core: Core, body: Wanted): Promise<[string, string] | undefined> {
  const { locations, tickets } = core.collections
  for (const field of needs[body.kind]) if (body[field] === undefined) return [field, `is needed for a request of kind ${body.kind}`]
  if (body.kind === 'requisition' && body.from !== undefined) return ['from', 'leave it out: what is requisitioned comes from a supplier']
  if (body.kind === 'allocation' && body.to !== undefined) return ['to', 'leave it out: what is allocated goes to the ticket']
  if (body.from !== undefined && body.from === body.to) return ['to', 'is where it comes from']
  for (const field of ['from', 'to'] as const) {
    const id = body[field]
    if (id !== undefined && (await locations.get(id)) === undefined) return [field, 'there is no stock location with this id']
  }
  const ticket = body.ticket === undefined ? undefined : await tickets.get(body.ticket)
  if (body.ticket !== undefined && ticket === undefined) return ['ticket', 'there is no ticket with this number']
  return undefined
}
