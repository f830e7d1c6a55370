// Words that belong to a ticket which is there: added to it, or taking it up again.
import type { Effect, FlowContext, Step } from '../../src/flow.ts'
import type { RepairFields, TicketView } from '../../src/tickets/ticket.ts'
import { certainOnly } from '../doubt.ts'
import { fill } from '../form.ts'
import type { Heard } from '../heard.ts'
import { statement } from '../say.ts'
import { describeCustomer } from './open.ts'
import { emptyRepairState } from './state.ts'
import { wishOf } from './wishes.ts'

/** Staff hear of it by a task once they work on the ticket, and of a wish at once. */
export function addToTicket(ticket: TicketView, heard: Heard, context: FlowContext): Extract<Step<never>, { say: unknown }> {
  const wish = wishOf(heard.intent)
  const seen = ticket.status !== 'new' || wish !== undefined
  const effects: Effect[] = [...onTicket(ticket, heard, context), ...(seen ? [{ do: 'open_task', kind: 'new_information', ticket: ticket._id } as const] : [])]
  return {
    state: 'done',
    say: [statement(wish === undefined ? 'added' : `noted.${wish}`, { number: ticket._id, subject: ticket.subject }, ticket._id)],
    effects,
  }
}

export function reopenTicket(ticket: TicketView, heard: Heard, context: FlowContext): Extract<Step<never>, { say: unknown }> {
  return {
    state: 'done',
    say: [statement('reopened', { number: ticket._id, subject: ticket.subject }, ticket._id)],
    effects: [{ do: 'reopen_ticket', number: ticket._id, comment: heard.text }, ...onTicket(ticket, heard, context)],
  }
}

/** Thanks and nods: they belong to the ticket, and the last news of it was read. */
export function acknowledgedBy({ _id: number }: Pick<TicketView, '_id'>, { ids }: Heard): Effect[] {
  const last = ids.at(-1)
  return [{ do: 'attach', number, messages: ids }, ...(last === undefined ? [] : [{ do: 'acknowledge', number, message: last } as const])]
}

function onTicket(ticket: TicketView, heard: Heard, context: FlowContext): Effect[] {
  const learned = newFields(ticket, heard, context)
  return [
    { do: 'attach', number: ticket._id, messages: heard.ids },
    ...(Object.keys(learned).length === 0 ? [] : [{ do: 'fill_ticket', number: ticket._id, fields: learned } as const]),
    ...describeCustomer(learned, context),
  ]
}

/** The latest wish for a time counts; the symptom that the repair was accepted for stays, what is new about it stands in the message. */
function newFields(ticket: TicketView, heard: Heard, context: FlowContext): RepairFields {
  const { preferredTime: ___, ...settled } = ticket.fields
  const filled = fill({ ...emptyRepairState(), fields: settled }, heard, context)
  const learned = certainOnly(filled.learned, filled.doubtful)
  const { symptom: _, errorCode: __, ...others } = learned
  return ticket.fields.symptom === undefined ? learned : others
}
