// The desk as a face gets it: what staff can see and do, bound to this installation. The functions behind it take the core themselves.
import type { Core } from '../core.ts'
import { ticketStream, type Ticket } from '../tickets/index.ts'
import { addNote, assign, reply, type Agent, type ReplyResult } from './act.ts'
import type { Deed } from './change-ticket.ts'

export interface Desk {
  /** The present of a ticket; undefined when there is none of that number. */
  ticket(number: string): Promise<Ticket | undefined>
  note(number: string, text: string, deed: Deed): ReturnType<typeof addNote>
  assign(number: string, assignee: string | null, deed: Deed): ReturnType<typeof assign>
  reply(number: string, text: string, agent: Agent, deed: Deed): Promise<ReplyResult>
}

export function createDesk(core: Core): Desk {
  return {
    async ticket(number) {
      const ticket = await core.journal.load(ticketStream, number)
      return ticket.n === 0 ? undefined : ticket
    },
    note: (number, text, deed) => addNote(core, number, text, deed),
    assign: (number, assignee, deed) => assign(core, number, assignee, deed),
    reply: (number, text, agent, deed) => reply(core, number, text, agent, deed),
  }
}
