// Resolving a ticket with the record of its failure, in one change.
import type { Core } from '../core.ts'
import { checkFailure, decideStatus, recordFailure, type FailureRecord } from '../tickets/index.ts'
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
    const recorded = recordFailure(ticket, failure, deed.actor)
    return { events: [...recorded.events, ...(moved?.events ?? [])], effects: [...recorded.effects, ...(moved?.effects ?? [])] }
  })
}
