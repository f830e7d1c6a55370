// What staff and callers of the API see: plain views, pages with a cursor.
import type { Core } from '../core.ts'
import type { Collection, Filter } from '../storage/collection.ts'
import type { StoredMessage } from '../message.ts'
import type { Task } from '../tasks/index.ts'
import { categoryOf, phaseOf, type Ticket } from '../tickets/index.ts'
import type { Entry } from '../journal/index.ts'

export interface Page<T> {
  data: T[]
  nextCursor: string | null
}

export interface PageRequest {
  limit: number
  cursor: string | undefined
}

/** Newest first. The cursor names the last one seen, so that a page stays the same while others are added. */
export async function pageOf<T extends { _id: string; createdAt: string }>(collection: Collection<T>, filter: Filter, page: PageRequest): Promise<Page<T>> {
  const after = page.cursor === undefined ? undefined : readCursor(page.cursor)
  const found = await collection.find(
    after === undefined ? filter : { ...filter, $or: [{ createdAt: { $lt: after.createdAt } }, { createdAt: after.createdAt, _id: { $lt: after.id } }] },
    { sort: { createdAt: -1, _id: -1 }, limit: page.limit + 1 },
  )
  const data = found.slice(0, page.limit)
  const last = data.at(-1)
  return { data, nextCursor: found.length > page.limit && last !== undefined ? writeCursor(last.createdAt, last._id) : null }
}

function writeCursor(createdAt: string, id: string): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url')
}

/** Undefined when it is none of ours. */
export function readCursor(cursor: string): { createdAt: string; id: string } | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const [createdAt, id]: unknown[] = Array.isArray(parts) ? parts : []
    return typeof createdAt === 'string' && typeof id === 'string' ? { createdAt, id } : undefined
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
    asset: { serial: fields.serial ?? null, product: fields.product ?? null },
    fields,
    entitlement: rest.entitlement,
    assignee: rest.assignee,
    incomplete: rest.incomplete,
    spam: rest.spam,
    mergedInto: rest.mergedInto,
    satisfaction: rest.satisfaction,
    conversation: rest.conversation,
    createdAt: rest.createdAt,
    updatedAt: rest.updatedAt,
  }
}

export function viewMessage(message: StoredMessage) {
  const common = {
    id: message._id,
    conversation: message.conversation,
    ticket: message.ticket,
    direction: message.direction,
    channel: message.channel,
    subject: message.subject ?? null,
    text: message.text,
    fullText: message.fullText,
    state: message.state,
    createdAt: message.createdAt,
    attachments: message.attachments,
  }
  return message.direction === 'inbound'
    ? { ...common, author: message.author }
    : {
        ...common,
        speaker: message.speaker,
        cause: message.cause,
        acknowledgement: message.acknowledgement,
        reason: message.reason,
        attempts: message.attempts,
        maybeTwice: message.maybeTwice,
      }
}

export function viewEntry(entry: Entry) {
  return { version: entry.n, at: entry.at, actor: entry.actor, events: entry.events }
}

export function viewTask(task: Task) {
  const { _id, ...rest } = task
  return { id: _id, ...rest }
}

/** The ticket's own history and its messages, oldest first. */
export async function timelineOf(core: Core, number: string) {
  const entries = await core.journal.entries('ticket', number)
  const messages = await core.collections.messages.find({ ticket: number }, { sort: { createdAt: 1 }, limit: 1000 })
  return [
    ...entries.map((entry) => ({ kind: 'change' as const, ...viewEntry(entry) })),
    ...messages.map((message) => ({ kind: 'message' as const, at: message.createdAt, message: viewMessage(message) })),
  ].toSorted((a, b) => a.at.localeCompare(b.at))
}
