// What staff and callers of the API see: plain views, pages with a cursor.
import type { Timestamp } from '../clock.ts'
import type { Conversation } from '../conversations/index.ts'
import type { ContactPoint, Customer } from '../customers/index.ts'
import type { Collection, Filter } from '../storage/collection.ts'
import type { InboundMessage, OutboundMessage, StoredMessage } from '../message.ts'
import { totalOf, type Quote } from '../quotes/index.ts'
import type { Survey } from '../surveys/index.ts'
import type { Task } from '../tasks/index.ts'
import { categoryOf, isFirstTimeFix, phaseOf, type Ticket } from '../tickets/index.ts'
import type { Entry } from '../journal/index.ts'
import type { Happened } from './history.ts'

export interface Page<T> {
  data: T[]
  nextCursor: string | null
}

/** The last one seen: the time lists are sorted by, and its id. */
export interface Cursor {
  at: Timestamp
  id: string
}

export interface PageRequest {
  limit: number
  cursor?: Cursor | undefined
}

/** Newest first. The cursor names the last one seen, so that a page stays the same while others are added. `keep` leaves out what no filter can say. */
export async function pageOf<By extends 'createdAt' | 'updatedAt' | 'requestedAt', T extends { _id: string } & Record<By, Timestamp>>(
  collection: Collection<T>,
  filter: Filter,
  by: By,
  { limit, cursor }: PageRequest,
  keep: (one: T) => boolean = () => true,
): Promise<Page<T>> {
  const found: T[] = []
  let last = cursor
  for (let whole = true; whole && found.length <= limit;) {
    const older: Filter = last === undefined ? {} : { $or: [{ [by]: { $lt: last.at } }, { [by]: last.at, _id: { $lt: last.id } }] }
    const more = await collection.find({ ...filter, ...older }, { sort: { [by]: -1, _id: -1 }, limit: limit + 1 })
    found.push(...more.filter(keep))
    const end = more.at(-1)
    whole = more.length > limit && end !== undefined
    if (end !== undefined) last = { at: end[by], id: end._id }
  }
  const data = found.slice(0, limit)
  const end = data.at(-1)
  return { data, nextCursor: found.length > limit && end !== undefined ? writeCursor({ at: end[by], id: end._id }) : null }
}

export function writeCursor({ at, id }: Cursor): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url')
}

/** Undefined when it is none of ours. */
export function readCursor(text: string): Cursor | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    const [at, id]: unknown[] = Array.isArray(parts) ? parts : []
    return typeof at === 'string' && !Number.isNaN(Date.parse(at)) && typeof id === 'string' ? { at, id } : undefined
  } catch {
    return undefined
  }
}

export function viewTicket(ticket: Ticket) {
  const { _id, n, status, before, fields, customer, ...rest } = ticket
  return {
    number: _id,
    version: n,
    status,
    category: categoryOf(status),
    phase: phaseOf(status, before),
    priority: rest.priority,
    channel: rest.channel,
    subject: rest.subject,
    description: rest.description,
    language: rest.language,
    customer,
    asset: { id: rest.coverage?.asset ?? null, serial: fields.serial ?? null, product: fields.product ?? null },
    fields,
    entitlement: rest.entitlement,
    coverage: rest.coverage === null ? null : { reason: rest.coverage.reason, labour: rest.coverage.labour, parts: rest.coverage.parts },
    team: rest.team,
    assignee: rest.assignee,
    assigneeName: rest.assigneeName,
    incomplete: rest.incomplete,
    spam: rest.spam,
    mergedInto: rest.mergedInto,
    merged: rest.merged.map(({ number }) => number),
    follows: rest.follows,
    repeats: rest.repeats,
    repeatedBy: rest.repeatedBy,
    firstTimeFix: isFirstTimeFix(ticket),
    followedBy: rest.followedBy,
    sameCase: rest.sameCase,
    toldApart: rest.toldApart,
    acknowledged: rest.acknowledged,
    failure: rest.failure,
    satisfaction: rest.satisfaction,
    inspection: rest.inspection ?? null,
    conversation: rest.conversation,
    createdAt: rest.createdAt,
    updatedAt: rest.updatedAt,
  }
}

export function viewMessage(message: StoredMessage) {
  return message.direction === 'inbound' ? viewInbound(message) : viewOutbound(message)
}

export function viewInbound(message: InboundMessage) {
  const { direction, state, author } = message
  return { ...viewCommon(message), direction, state, author }
}

export function viewOutbound(message: OutboundMessage) {
  const { direction, state, speaker, cause, acknowledgement, reason, attempts, maybeTwice, retriedAs = null } = message
  return { ...viewCommon(message), direction, state, speaker, cause, acknowledgement, reason, attempts, maybeTwice, retriedAs }
}

function viewCommon({ _id, conversation, ticket, channel, subject, text, fullText, createdAt, attachments }: StoredMessage) {
  return { id: _id, conversation, ticket, channel, subject: subject ?? null, text, fullText, createdAt, attachments }
}

export function viewEntry(entry: Entry) {
  return { version: entry.n, at: entry.at, actor: entry.actor, events: entry.events }
}

/** Whose it is stands before it; of the ticket's own and of all around it. */
export function viewHappened({ about: { kind, id }, entry }: Happened) {
  return { about: { kind, id }, ...viewEntry(entry) }
}

export function viewTask({ _id, about, kind, ticket, conversation, message, state, createdAt, doneAt, doneBy }: Task) {
  return { id: _id, about: about ?? null, kind, ticket, conversation, message, state, createdAt, doneAt, doneBy }
}

export function viewCustomer({ _id, n, name, email, phone, prefers, mergedInto, createdAt }: Customer) {
  return { id: _id, version: n, name, email, phone, prefers: prefers?.channel ?? null, mergedInto, createdAt }
}

/** `optedOut` says since when and by which kind of words nothing may be sent there; null where it may. */
export function viewContactPoint({ channel, address, name, verified, bad, optedOut }: ContactPoint) {
  return { channel, address, name, verified, bad, optedOut }
}

/** Without the bot's memory, which is its own affair. */
export function viewConversation(conversation: Conversation) {
  const { _id, n, place, customer, language, controlOwner, agent, controlUntil, ticket, tickets, subject, lastInboundAt, updatedAt } = conversation
  return {
    id: _id,
    version: n,
    channel: place?.channel ?? null,
    account: place?.account ?? null,
    address: place?.address ?? null,
    customer,
    language,
    controlOwner,
    agent,
    controlUntil,
    ticket,
    tickets,
    subject,
    lastInboundAt,
    updatedAt,
  }
}

export function viewSurvey({ _id, n, ...rest }: Survey) {
  return { id: _id, version: n, ...rest }
}

export function viewQuote({ _id, n, versions, ...rest }: Quote) {
  return { id: _id, version: n, ...rest, versions: versions.map((version) => ({ ...version, total: totalOf(version) })) }
}
