// Resolving a ticket with the record of its failure, in one change.
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import type { Consequence } from '../journal/index.ts'
import { checkFailure, decideStatus, type FailureRecord, type UsedPart } from '../tickets/index.ts'
import { changeTicket, type Deed } from './change-ticket.ts'

export interface Resolution {
  failure: FailureRecord
  /** Told to the customer with the news; null for the news alone. */
  comment: string | null
}

/** A ticket that is resolved already gets the record, and no news. */
export function resolve(core: Core, number: string, { failure, comment }: Resolution, deed: Deed) {
  return changeTicket(core, number, deed, (ticket) => {
    const problem = checkFailure(failure, core.company().failureLists)
    if (problem !== undefined) return { refusal: { kind: 'bad_record', problem } }
    const moved = decideStatus(core, ticket, { to: 'resolved', comment, tell: true })
    if (moved !== undefined && 'refusal' in moved) return moved
    const recorded: Event = { type: 'ticket.failure_recorded', failure, by: deed.actor }
    const used = moved === undefined && ticket.failure !== null ? usedSince(ticket.failure.parts, failure.parts) : failure.parts
    const taken: Consequence = { do: 'use_parts', ticket: number, parts: used, asset: ticket.coverage?.asset ?? null, engineer: ticket.assignee }
    return { events: [recorded, ...(moved?.events ?? [])], effects: [...(used.length === 0 ? [] : [taken]), ...(moved?.effects ?? [])] }
  })
}

/** A record that is only put right takes no part twice. */
function usedSince(before: readonly UsedPart[], after: readonly UsedPart[]): UsedPart[] {
  return after.flatMap(({ part, quantity }) => {
    const more = quantity - before.filter((each) => each.part === part).reduce((sum, each) => sum + each.quantity, 0)
    return more > 0 ? [{ part, quantity: more }] : []
  })
}
