// What staff can do to a ticket, on any face: note, describe, move. Who has it is in claim.ts, words to its customer in reply.ts.
import type { Core } from '../core.ts'
import { tellEntitlement } from '../assets/index.ts'
import { decideStatus, entitleIfTold, tellListeners, type Priority, type RepairFields, type StatusChange } from '../tickets/index.ts'
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

/** A device that is told now is checked for its warranty; the customer hears what came of it. */
export function describe(core: Core, number: string, changes: Description, deed: Deed) {
  return changeTicket(core, number, deed, async (ticket) => {
    const entitled = await entitleIfTold(core, ticket, changes.fields ?? {})
    const described = { type: 'ticket.described', ...changes } as const
    if (entitled === undefined) return { events: [described] }
    const say = tellEntitlement(entitled.entitlement, ticket.language, number)
    return { events: [described, ...entitled.events], effects: [...entitled.effects, ...tellListeners(core, ticket, say)] }
  })
}

/** Moves the ticket; `tell` brings the customer the news, with the comment. */
export function setStatus(core: Core, number: string, change: StatusChange, deed: Deed) {
  return changeTicket(core, number, deed, (ticket) => decideStatus(core, ticket, change))
}
