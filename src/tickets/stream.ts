// How a ticket's history folds into the ticket.
import { lookAlikeKey, productKey } from '../assets/index.ts'
import type { Event } from '../events.ts'
import type { Actor, Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'
import { foldSla } from '../sla/fold.ts'
import { emptySlaRecord } from '../sla/record.ts'
import { joinFields } from './join-fields.ts'
import { takenWith } from './record-failure.ts'
import { categoryOf } from './status.ts'
import type { MergeBrings, Ticket } from './ticket.ts'

export const ticketsCollection = defineCollection<Ticket>('tickets', [
  { name: 'customer', fields: ['customer.id', 'createdAt'] },
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'status', fields: ['status', 'createdAt'] },
  { name: 'conversation', fields: ['conversation'] },
  { name: 'assignee', fields: ['assignee', 'createdAt'] },
  { name: 'serialKey', fields: ['serialKey', 'createdAt'] },
  { name: 'productKey', fields: ['productKey', 'createdAt'] },
])

export const ticketStream: Stream<Ticket> = {
  kind: 'ticket',
  collection: ticketsCollection,
  begin: (number) => ({
    _id: number,
    n: 0,
    status: 'new',
    before: 'new',
    statusSince: '',
    statusVersion: 1,
    priority: 'normal',
    channel: 'api',
    subject: '',
    description: '',
    language: 'en',
    customer: { id: '', name: null },
    conversation: null,
    fields: {},
    follows: null,
    followedBy: [],
    repeats: null,
    repeatedBy: null,
    sameCase: [],
    toldApart: [],
    acknowledged: null,
    team: null,
    assignee: null,
    assigneeName: null,
    assignedAt: null,
    incomplete: false,
    spam: false,
    mergedInto: null,
    merged: [],
    entitlement: null,
    coverage: null,
    serialKey: null,
    productKey: null,
    resolutions: 0,
    partsTaken: { round: 0, parts: [] },
    failure: null,
    satisfaction: null,
    sla: emptySlaRecord,
    createdAt: '',
    updatedAt: '',
  }),
  apply: (ticket, event, at, actor) => ({ ...keyed(applyEvent(ticket, event, at, actor)), sla: foldSla(ticket.sla, event, at, actor), updatedAt: at }),
}

function keyed(ticket: Ticket): Ticket {
  const { serial, product } = ticket.fields
  return { ...ticket, serialKey: serial === undefined ? null : lookAlikeKey(serial), productKey: product === undefined ? null : productKey(product) }
}

function applyEvent(ticket: Ticket, event: Event, at: string, actor: Actor): Ticket {
  switch (event.type) {
    case 'ticket.created':
      return { ...ticket, ...event.ticket }
    case 'ticket.status_changed':
      return {
        ...ticket,
        status: event.to,
        statusSince: at,
        statusVersion: ticket.n + 1,
        before: categoryOf(event.to) === 'open' ? event.to : ticket.before,
        resolutions: ticket.resolutions + (event.to === 'resolved' ? 1 : 0),
        incomplete: event.to === 'accepted' ? false : ticket.incomplete,
      }
    case 'ticket.assigned':
      return { ...ticket, assignee: event.assignee, assigneeName: event.name ?? event.assignee, assignedAt: at }
    case 'ticket.unassigned':
      return { ...ticket, assignee: null, assigneeName: null, assignedAt: null }
    case 'ticket.team_set':
      return { ...ticket, team: event.team }
    case 'ticket.failure_recorded':
      return { ...ticket, failure: { ...event.failure, at, by: event.by }, partsTaken: takenWith(ticket, event.failure.parts) }
    case 'ticket.described':
      return {
        ...ticket,
        fields: joinFields(ticket.fields, event.fields ?? {}),
        subject: event.subject ?? ticket.subject,
        description: event.description ?? ticket.description,
        priority: event.priority ?? ticket.priority,
        customer: { ...ticket.customer, name: event.customerName ?? event.fields?.contactName ?? ticket.customer.name },
      }
    case 'ticket.marked':
      return { ...ticket, incomplete: event.incomplete ?? ticket.incomplete, spam: event.spam ?? ticket.spam }
    case 'ticket.moved':
      return { ...ticket, conversation: event.conversation }
    case 'ticket.merged':
      return { ...(ticket._id === event.from ? { ...ticket, mergedInto: event.into } : absorb(ticket, event.brings)), ...without(ticket, event) }
    case 'ticket.followed':
      return { ...ticket, followedBy: [...new Set([...ticket.followedBy, event.by])] }
    case 'ticket.acknowledged':
      return { ...ticket, acknowledged: { at, message: event.message, news: event.news } }
    case 'ticket.same_case_proposed': {
      const { other: number, asset, trouble, sameCustomer } = event
      return { ...ticket, sameCase: [...ticket.sameCase, { number, asset, trouble, sameCustomer, at }] }
    }
    case 'ticket.told_apart':
      return {
        ...ticket,
        sameCase: ticket.sameCase.filter(({ number }) => number !== event.other),
        toldApart: [...ticket.toldApart, { number: event.other, at, by: actor }],
      }
    case 'ticket.repeat_found':
      return { ...ticket, repeats: event.of }
    case 'ticket.repeated':
      return { ...ticket, repeatedBy: event.by }
    case 'ticket.entitlement_checked':
      return { ...ticket, entitlement: event.entitlement.result, coverage: event.entitlement }
    case 'ticket.rated':
      return { ...ticket, satisfaction: { score: event.score, comment: event.comment, at } }
    default:
      return ticket
  }
}

/** The two are one now: nothing is to be proposed between them any more. */
function without({ sameCase }: Ticket, { from, into }: { from: string; into: string }): Pick<Ticket, 'sameCase'> {
  return { sameCase: sameCase.filter(({ number }) => number !== from && number !== into) }
}

/** What is known stays; what the merged ticket knows besides is added. */
function absorb(ticket: Ticket, { merged, conversation, fields, follows }: MergeBrings): Ticket {
  const photos = [...new Set([...(ticket.fields.photos ?? []), ...(fields.photos ?? [])])]
  return {
    ...ticket,
    merged: [...ticket.merged, ...merged],
    conversation: ticket.conversation ?? conversation,
    follows: ticket.follows ?? follows,
    fields: { ...joinFields(fields, ticket.fields), ...(photos.length === 0 ? {} : { photos }) },
  }
}
