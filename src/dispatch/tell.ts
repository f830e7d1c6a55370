// News of the work for the ticket's customers, wherever they want to hear it.
import type { Core } from '../core.ts'
import type { Consequence } from '../journal/index.ts'
import { sayHour, sayWhen } from '../hours/say-when.ts'
import type { Language } from '../message.ts'
import { tellListeners, type Ticket } from '../tickets/index.ts'

export function tellCustomers(core: Core, ticket: Ticket, text: string, values: Readonly<Record<string, string>> = {}): Consequence[] {
  // An inspection is no repair to whoever reads of it.
  const said = ticket.inspection?.role === 'visit' ? `inspection.${text}` : text
  return tellListeners(core, ticket, [{ text: said, with: { number: ticket._id, subject: ticket.subject, ...values }, kind: 'statement', ticket: ticket._id }])
}

/** Spoken in the ticket's conversation now. */
async function languageOf(core: Core, ticket: Ticket): Promise<Language> {
  const conversation = ticket.conversation === null ? undefined : await core.collections.conversations.get(ticket.conversation)
  return conversation?.memory.language ?? ticket.language
}

/** A moment in the customer's words, by the company's clock. */
export async function whenFor(core: Core, ticket: Ticket, at: number): Promise<string> {
  return sayWhen(at, await languageOf(core, ticket), core.company().flow.timeZone)
}

/** The hour alone, where the day is plain. */
export async function hourFor(core: Core, ticket: Ticket, at: number): Promise<string> {
  return sayHour(at, await languageOf(core, ticket), core.company().flow.timeZone)
}
