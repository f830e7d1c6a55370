// What happened besides words, a line each: read from the journal, so that nothing is told that was not committed.
import { conversationStream } from '../../conversations/index.ts'
import type { Core } from '../../core.ts'
import { identityOf } from '../../customers/index.ts'
import type { Event } from '../../events.ts'
import type { Entry, StreamKind } from '../../journal/index.ts'
import { contactPointId } from '../../message.ts'
import type { RepairFields } from '../../tickets/index.ts'
import { fieldLines } from './field-lines.ts'

export interface Happenings {
  /** Since the last call, in order. */
  news(): Promise<string[]>
}

type Watched = readonly [StreamKind, string]

export async function watchHappenings(core: Core, conversation: string, customerOf: () => Promise<string>): Promise<Happenings> {
  const seen = new Map<string, number>()
  const known = new Set<string>()
  await news()
  return { news }

  async function news(): Promise<string[]> {
    const entries = (await Promise.all((await streams()).map((stream) => freshOf(stream)))).flat()
    const inOrder = entries.toSorted((one, other) => one.at.localeCompare(other.at))
    const events = inOrder.flatMap((entry) => entry.events.flatMap((event) => describe(event, entry) ?? []))
    return [...events.map((line) => line.replace(/\s*\n\s*/g, ' / ')), ...(await freshTasks())]
  }

  async function streams(): Promise<Watched[]> {
    const { place, tickets: own } = await core.journal.load(conversationStream, conversation)
    const { id, ids } = await identityOf(core.collections, await customerOf())
    const tickets = await core.collections.tickets.find({ 'customer.id': { $in: ids } })
    return [
      ['conversation', conversation],
      ...[...new Set([...own, ...tickets.map(({ _id }) => _id)])].map((number) => ['ticket', number] as const),
      ['customer', id],
      ...(place === null ? [] : [['contact_point', contactPointId(place.channel, place.address)] as const]),
    ]
  }

  async function freshOf([kind, id]: Watched): Promise<Entry[]> {
    const stream = `${kind}/${id}`
    const before = seen.get(stream) ?? 0
    const entries = (await core.journal.entries(kind, id)).filter(({ n }) => n > before)
    seen.set(stream, entries.at(-1)?.n ?? before)
    return entries
  }

  async function freshTasks(): Promise<string[]> {
    const tasks = (await core.collections.tasks.find({ conversation })).filter(({ _id }) => !known.has(_id))
    for (const { _id } of tasks) known.add(_id)
    return tasks.map(({ kind }) => `task for a person: ${kind}`)
  }
}

/** Undefined for what is seen in the words already, or only kept for the machine. */
function describe(event: Event, { stream }: Entry): string | undefined {
  const ticket = `ticket ${stream.slice(stream.indexOf('/') + 1)}`
  switch (event.type) {
    case 'conversation.handoff_requested':
      return `handed over to a person: ${event.reason}`
    case 'conversation.agent_joined':
      return 'a person has the conversation'
    case 'conversation.returned_to_bot':
      return `the bot has the conversation again: ${event.reason}`
    case 'ticket.created':
      return [`${ticket} opened: ${event.ticket.subject}`, fieldsOf(event.ticket.fields), priorityOf(event.ticket.priority)].filter(Boolean).join('; ')
    case 'ticket.described':
      return [ticket, event.subject, fieldsOf(event.fields ?? {}), priorityOf(event.priority)].filter(Boolean).join('; ')
    case 'ticket.status_changed':
      return `${ticket}: ${event.from} → ${event.to}`
    case 'ticket.reopened':
      return `${ticket} reopened from ${event.from}`
    case 'ticket.marked':
      return event.incomplete === undefined ? undefined : `${ticket} ${event.incomplete ? 'marked incomplete' : 'no longer incomplete'}`
    case 'ticket.rated':
      return `${ticket} rated ${event.score}${event.comment === null ? '' : `: ${event.comment}`}`
    case 'sla.warning':
    case 'sla.breached':
      return `${ticket}: ${event.type} ${event.clock}`
    case 'customer.preferred':
      return `news goes by ${event.channel}`
    case 'customer.opted_out':
    case 'customer.opted_in':
      return `${event.type.replace('_', ' ')}: ${event.words}`
    default:
      return undefined
  }
}

function fieldsOf(fields: RepairFields): string {
  return fieldLines(fields)
    .map(({ name, value }) => `${name} = ${value}`)
    .join(', ')
}

function priorityOf(priority: string | undefined): string | undefined {
  return priority === undefined || priority === 'normal' ? undefined : `priority ${priority}`
}
