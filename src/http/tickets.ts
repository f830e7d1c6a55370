// REST: tickets, and all that is done to them.
import { z } from 'zod'
import type { HttpReply, HttpRequest, Route } from '../channel.ts'
import type { Core } from '../core.ts'
import {
  addNote,
  assign,
  describe,
  openTicket,
  pageOf,
  reply,
  setStatus,
  timelineOf,
  viewMessage,
  viewTicket,
  type Deed,
  type TicketRefusal,
} from '../desk/index.ts'
import type { Changed } from '../journal/index.ts'
import type { Filter } from '../storage/collection.ts'
import { priorities, readTicketNumber, statuses, type Ticket } from '../tickets/index.ts'
import { badPage, causeOf, readBody, readPage, versionOf } from './api.ts'
import { json, problem } from './problem.ts'

const text = (max: number) => z.string().trim().min(1).max(max)
const actor = { kind: 'api', id: 'admin' } as const

const newTicket = z.strictObject({
  subject: text(300),
  description: text(20_000),
  customer: z.strictObject({ name: text(200), email: z.email().max(320).optional(), phone: text(40).optional() }),
  asset: z.strictObject({ serial: text(100).optional(), product: text(200).optional() }).optional(),
  priority: z.enum(priorities).default('normal'),
  channel: z.enum(['email', 'api']).default('api'),
})
const changes = z.strictObject({ subject: text(300).optional(), description: text(20_000).optional(), priority: z.enum(priorities).optional() })
const statusChange = z.strictObject({ status: z.enum(statuses), comment: text(2000).optional() })
const note = z.strictObject({ text: text(20_000) })
const message = z.strictObject({ text: text(20_000), agent: text(100).default('Support') })
const assignment = z.strictObject({ assignee: text(100).nullable() })

type Handler = (request: HttpRequest, number: string) => Promise<HttpReply>

export function ticketRoutes(core: Core): Route[] {
  const { tickets, messages } = core.collections
  const numbered =
    (handle: Handler): Route['handle'] =>
    async (request) => {
      const number = readTicketNumber(request.params['number'] ?? '')
      return number === undefined ? problem(404, 'Not found', 'A ticket number looks like R-4K7Q2MM; this is none.') : handle(request, number)
    }
  const existing = (handle: (request: HttpRequest, ticket: Ticket) => Promise<HttpReply>): Route['handle'] =>
    numbered(async (request, number) => {
      const ticket = await tickets.get(number)
      return ticket === undefined ? unknown() : handle(request, ticket)
    })

  return [
    {
      method: 'GET',
      path: '/api/v1/tickets',
      async handle(request) {
        const page = readPage(request)
        if (page === undefined) return badPage()
        const status = request.query.get('status') ?? undefined
        if (status !== undefined && !statuses.some((each) => each === status)) return problem(400, 'Bad request', `status is one of ${statuses.join(', ')}.`)
        const customer = request.query.get('customer') ?? undefined
        const filter: Filter = { ...(status === undefined ? {} : { status }), ...(customer === undefined ? {} : { 'customer.id': customer }) }
        const found = await pageOf(tickets, filter, page)
        return json(200, { data: found.data.map(viewTicket), nextCursor: found.nextCursor })
      },
    },
    {
      method: 'POST',
      path: '/api/v1/tickets',
      async handle(request) {
        const read = await readBody(request, newTicket)
        if (read.kind === 'refused') return read.reply
        const { ticket } = await openTicket(core, read.body, actor, causeOf(core, request))
        return json(201, viewTicket(ticket), { location: `/api/v1/tickets/${ticket._id}`, etag: `"${ticket.n}"` })
      },
    },
    { method: 'GET', path: '/api/v1/tickets/:number', handle: existing(async (_, ticket) => json(200, viewTicket(ticket), { etag: `"${ticket.n}"` })) },
    {
      method: 'PATCH',
      path: '/api/v1/tickets/:number',
      handle: numbered(async (request, number) => {
        const read = await readBody(request, changes)
        if (read.kind === 'refused') return read.reply
        const { subject, description, priority } = read.body
        const wanted = {
          ...(subject === undefined ? {} : { subject }),
          ...(description === undefined ? {} : { description }),
          ...(priority === undefined ? {} : { priority }),
        }
        return changed(await describe(core, number, wanted, deedOf(core, request)))
      }),
    },
    {
      method: 'GET',
      path: '/api/v1/tickets/:number/messages',
      handle: existing(async (request, ticket) => {
        const page = readPage(request)
        if (page === undefined) return badPage()
        const found = await pageOf(messages, { ticket: ticket._id }, page)
        return json(200, { data: found.data.map(viewMessage), nextCursor: found.nextCursor })
      }),
    },
    {
      method: 'POST',
      path: '/api/v1/tickets/:number/messages',
      handle: numbered(async (request, number) => {
        const read = await readBody(request, message)
        if (read.kind === 'refused') return read.reply
        const result = await reply(core, number, read.body.text, { id: read.body.agent, name: read.body.agent }, deedOf(core, request))
        if (result.kind === 'queued') return json(202, { state: 'queued' })
        return result.refusal.kind === 'no_conversation'
          ? problem(409, 'Conflict', 'This ticket has no address of its customer that we can write to.')
          : refused(result.refusal)
      }),
    },
    {
      method: 'GET',
      path: '/api/v1/tickets/:number/timeline',
      handle: existing(async (_, ticket) => json(200, { data: await timelineOf(core, ticket._id), nextCursor: null })),
    },
    {
      method: 'POST',
      path: '/api/v1/tickets/:number/notes',
      handle: numbered(async (request, number) => {
        const read = await readBody(request, note)
        return read.kind === 'refused' ? read.reply : changed(await addNote(core, number, read.body.text, deedOf(core, request)), 201)
      }),
    },
    {
      method: 'POST',
      path: '/api/v1/tickets/:number/status',
      handle: numbered(async (request, number) => {
        const read = await readBody(request, statusChange)
        if (read.kind === 'refused') return read.reply
        const { status, comment } = read.body
        return changed(await setStatus(core, number, { to: status, comment: comment ?? null, tell: true }, deedOf(core, request)))
      }),
    },
    {
      method: 'POST',
      path: '/api/v1/tickets/:number/assign',
      handle: numbered(async (request, number) => {
        const read = await readBody(request, assignment)
        return read.kind === 'refused' ? read.reply : changed(await assign(core, number, read.body.assignee, deedOf(core, request)))
      }),
    },
  ]
}

function deedOf(core: Core, request: HttpRequest): Deed {
  return { actor, key: causeOf(core, request), version: versionOf(request) }
}

function changed(result: Changed<Ticket, TicketRefusal>, status = 200): HttpReply {
  return result.kind === 'refused' ? refused(result.refusal) : json(status, viewTicket(result.state), { etag: `"${result.state.n}"` })
}

function refused(refusal: TicketRefusal): HttpReply {
  switch (refusal.kind) {
    case 'unknown_ticket':
      return unknown()
    case 'merged':
      return problem(409, 'Conflict', `This ticket was merged into ${refusal.into}; use that one.`)
    case 'stale':
      return problem(412, 'Precondition failed', `The ticket has changed since: it is at version ${refusal.version} now. Read it again.`)
    case 'not_allowed':
      return problem(409, 'Conflict', `A ticket that is ${refusal.from} can become: ${refusal.allowed.join(', ')}.`)
    case 'owned':
      return problem(409, 'Conflict', `${refusal.by} has had this ticket since ${refusal.since}; take it over with force, or leave it.`)
    case 'too_late':
      return problem(409, 'Conflict', 'This came too late to count; nothing was changed.')
  }
}

function unknown(): HttpReply {
  return problem(404, 'Not found', 'There is no ticket with this number.')
}
