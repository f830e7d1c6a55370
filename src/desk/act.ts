// What staff can do to a ticket, on any face: note, describe, move. Who has it is in claim.ts, words to its customer in reply.ts.
import type { Core } from '../core.ts'
import { decideStatus, type Priority, type RepairFields, type StatusChange } from '../tickets/index.ts'
import { changeTicket, type Deed } from './change-ticket.ts'

/** Internal: no customer ever sees it. */
export function addNote(core: Core, number: string, text: string, deed: Deed) {
  return changeTicket(core, number, deed, () => ({ events: [{ type: 'note.created', text }] }))
}

export interface Description {
  subject?: string
  description?: string
  priority?: Priority
  fields?: RepairFields
}

export function describe(core: Core, number: string, changes: Description, deed: Deed) {
  return changeTicket(core, number, deed, () => ({ events: [{ type: 'ticket.described', ...changes }] }))
}

/** Moves the ticket; `tell` brings the customer the news, with the comment. */
export function setStatus(core: Core, number: string, change: StatusChange, deed: Deed) {
  return changeTicket(core, number, deed, (ticket) => decideStatus(core, ticket, change))
}
