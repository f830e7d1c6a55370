// Merging: one ticket lives on, the other only points to it. All merges are entries of one stream, so that of two at once the later one
// sees what the earlier did, and no two tickets are ever merged into each other.
import type { Core } from '../core.ts'
import type { TicketEvent } from '../events.ts'
import type { Actor, Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'
import { entitleIfTold } from './entitle.ts'
import { categoryOf, type TicketStatus } from './status.ts'
import { ticketStream } from './stream.ts'
import type { MergeBrings, MergedTicket, RepairFields, Ticket } from './ticket.ts'

/** How many there were: all that the stream itself remembers. */
interface Merges {
  _id: string
  n: number
}

export const mergeStream: Stream<Merges> = {
  kind: 'merge',
  collection: defineCollection<Merges>('merges'),
  begin: (id) => ({ _id: id, n: 0 }),
  apply: (merges) => merges,
}

export type MergeRefusal =
  | { kind: 'unknown_ticket' }
  | { kind: 'merged'; into: string }
  | { kind: 'into_unknown' }
  | { kind: 'into_itself' }
  /** The one to live on was merged itself. */
  | { kind: 'into_merged'; into: string }
  /** The one to live on is over: what the customer still waits for would end there. */
  | { kind: 'into_done'; status: TicketStatus }

/** Refuses what cannot live on; changes nothing. A ticket that is over may be merged: it was the double of one that is not. */
export function checkMerge(from: Ticket, into: Ticket): MergeRefusal | undefined {
  if (from.n === 0) return { kind: 'unknown_ticket' }
  if (into.n === 0) return { kind: 'into_unknown' }
  if (from._id === into._id) return { kind: 'into_itself' }
  if (from.mergedInto !== null) return { kind: 'merged', into: from.mergedInto }
  if (into.mergedInto !== null) return { kind: 'into_merged', into: into.mergedInto }
  return categoryOf(into.status) === 'done' ? { kind: 'into_done', status: into.status } : undefined
}

/** What the surviving ticket takes over. Who and where somebody else is stays with them; the device is the same. */
export function bringsOf(from: Ticket, into: Ticket): MergeBrings {
  const { product, serial, errorCode, symptom, photos, answers } = from.fields
  const known = Object.entries({ product, serial, errorCode, symptom, photos, answers }).filter(([, value]) => value !== undefined)
  const ofDevice: RepairFields = Object.fromEntries(known)
  const self: MergedTicket = { number: from._id, customer: from.customer.id, conversation: from.conversation }
  return {
    merged: [self, ...from.merged],
    conversation: from.conversation,
    follows: from.follows === into._id ? null : from.follows,
    fields: from.customer.id === into.customer.id ? from.fields : ofDevice,
  }
}

/** One of the two tickets learns of it. */
export async function recordMerge(
  core: Core,
  number: string,
  event: Extract<TicketEvent, { type: 'ticket.merged' }>,
  actor: Actor,
  key: string,
): Promise<void> {
  await core.journal.change(ticketStream, number, {
    key,
    async decide(ticket) {
      // What the other one brings may be the serial number that was lacking.
      const entitled = number === event.into ? await entitleIfTold(core, ticket, { ...event.brings.fields, ...ticket.fields }) : undefined
      return { kind: 'entry', actor, events: [event, ...(entitled?.events ?? [])], effects: entitled?.effects ?? [] }
    },
  })
}

/** The ticket that a number stands for now: itself, or the one it lives on in. */
export async function survivorOf(core: Core, number: string): Promise<Ticket> {
  const ticket = await core.journal.load(ticketStream, number)
  return ticket.mergedInto === null ? ticket : survivorOf(core, ticket.mergedInto)
}

/** Its own number and those of all tickets that live on in it: what was said about any of them was said about it. */
export function numbersOf(ticket: Pick<Ticket, '_id' | 'merged'>): string[] {
  return [ticket._id, ...ticket.merged.map(({ number }) => number)]
}

/** Whether the ticket is one of these customers': their own, or one that a ticket of theirs lives on in. */
export function isOf(ticket: Ticket, customers: readonly string[]): boolean {
  return [ticket.customer.id, ...ticket.merged.map(({ customer }) => customer)].some((each) => customers.includes(each))
}
