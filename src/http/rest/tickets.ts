// REST: finding, opening, reading and describing tickets.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { identityOf } from '../../customers/index.ts'
import { describe, openTicket, pageOf, timelineOf, viewMessage, viewTicket } from '../../desk/index.ts'
import type { Filter } from '../../storage/collection.ts'
import { categoryOf, numbersOf, priorities, statuses } from '../../tickets/index.ts'
import { isOfTeam } from '../access/team.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage, yesOrNo } from '../list.ts'
import { problem } from '../problem.ts'
import { channel, language, messageView, ticketView, timelineView } from '../views.ts'
import { direction, ofTicket, text } from './inputs.ts'
import { changed, noTicket, refusedTicket, shown, theTicket } from './ticket-replies.ts'

const asset = z.strictObject({ serial: text(100).optional(), product: text(200).optional() })
const newTicket = z.strictObject({
  subject: text(300),
  description: text(20_000),
  customer: z.strictObject({ name: text(200), email: z.email().max(320).optional(), phone: text(40).optional() }),
  asset: asset.optional(),
  priority: z.enum(priorities).default('normal'),
  channel: z.enum(['email', 'api']).default('api'),
  language: language.optional(),
})
const changes = z
  .strictObject({ subject: text(300).optional(), description: text(20_000).optional(), priority: z.enum(priorities).optional(), asset: asset.optional() })
  .refine((body) => Object.keys(body).length > 0, 'name at least one of subject, description, priority, asset')
const filters = {
  status: z.enum(statuses).optional(),
  category: z.enum(['open', 'waiting', 'done']).optional(),
  priority: z.enum(priorities).optional(),
  channel: z.enum([...channel.options, 'api']).optional(),
  customer: text(100).optional(),
  assignee: text(100).optional(),
  incomplete: yesOrNo.optional(),
}

export function ticketEndpoints(core: Core): Endpoint[] {
  const { tickets, messages } = core.collections
  return [
    endpoint(core, {
      method: 'GET',
      path: '/tickets',
      summary: 'Tickets, newest first',
      takes: z.object({ query: listQuery(filters) }),
      answers: { status: 200, description: 'A page of tickets', view: pageOfViews(ticketView) },
      async handle({ query }, _deed, { team }) {
        const { limit, cursor, status, category, customer, ...plain } = query
        const among = statuses.filter((each) => (status ?? each) === each && (category ?? categoryOf(each)) === categoryOf(each))
        const filter: Filter = {
          ...plain,
          ...(status === undefined && category === undefined ? {} : { status: { $in: among } }),
          ...(customer === undefined ? {} : { 'customer.id': { $in: (await identityOf(core.collections, customer)).ids } }),
        }
        return { view: viewPage(await pageOf(tickets, filter, 'createdAt', { limit, cursor }, (ticket) => isOfTeam(core, team, ticket)), viewTicket) }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/tickets',
      summary: 'Open a ticket for a customer; one with a mail address is told its number there',
      takes: z.object({ body: newTicket }),
      answers: { status: 201, description: 'The new ticket', view: ticketView },
      async handle({ body }, deed, { team }) {
        const result = await openTicket(core, team === null ? body : { ...body, team }, deed)
        if (result.kind === 'refused') return refusedTicket(result.refusal)
        const reply = shown(result.ticket)
        return { ...reply, headers: { ...reply.headers, location: `/api/v1/tickets/${result.ticket._id}` } }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/tickets/{number}',
      summary: 'One ticket',
      takes: z.object({ params: ofTicket }),
      answers: theTicket,
      refuses: { 404: noTicket },
      async handle({ params: { number } }) {
        const ticket = await tickets.get(number)
        return ticket === undefined ? problem(404, 'Not found', noTicket) : shown(ticket)
      },
    }),
    endpoint(core, {
      method: 'PATCH',
      path: '/tickets/{number}',
      summary: 'Describe a ticket better; with If-Match only if it has not changed since',
      takes: z.object({ params: ofTicket, body: changes }),
      answers: theTicket,
      refuses: { 404: noTicket, 409: 'It was merged into another.', 412: 'It has changed since the version in If-Match.' },
      async handle({ params, body: { asset: fields, ...rest } }, deed) {
        return changed(await describe(core, params.number, { ...rest, ...(fields === undefined ? {} : { fields }) }, deed))
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/tickets/{number}/messages',
      summary: 'What was said about a ticket, newest first',
      takes: z.object({ params: ofTicket, query: listQuery({ direction: direction.optional() }) }),
      answers: { status: 200, description: 'A page of messages', view: pageOfViews(messageView) },
      refuses: { 404: noTicket },
      async handle({ params: { number }, query: { limit, cursor, ...filter } }) {
        const ticket = await tickets.get(number)
        if (ticket === undefined) return problem(404, 'Not found', noTicket)
        const found = await pageOf(messages, { ...filter, ticket: { $in: numbersOf(ticket) } }, 'createdAt', { limit, cursor })
        return { view: viewPage(found, viewMessage) }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/tickets/{number}/timeline',
      summary: 'All that happened to a ticket, oldest first',
      takes: z.object({ params: ofTicket, query: listQuery({}, 200) }),
      answers: { status: 200, description: 'A page of changes and messages', view: timelineView },
      refuses: { 404: noTicket },
      async handle({ params: { number }, query }) {
        const ticket = await tickets.get(number)
        return ticket === undefined ? problem(404, 'Not found', noTicket) : { view: await timelineOf(core, ticket, query) }
      },
    }),
  ]
}
