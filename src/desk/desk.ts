// The desk as a face gets it: what staff can see and do, bound to this installation. The functions behind it take the core themselves.
import type { Core } from '../core.ts'
import { ticketStream, type Ticket } from '../tickets/index.ts'
import { addNote, assign, reply, type ReplyResult } from './act.ts'

export interface Desk {
  /** The present of a ticket; undefined when there is none of that number. */
  ticket(number: string): Promise<Ticket | undefined>
  /** `key` is unique for ever: the same click twice acts once. */
  note(number: string, text: string, agent: string, key: string): ReturnType<typeof addNote>
  assign(number: string, assignee: string | null, agent: string, key: string): ReturnType<typeof assign>
  reply(number: string, text: string, agent: string, key: string): Promise<ReplyResult>
}

export function createDesk(core: Core): Desk {
  return {
    async ticket(number) {
      const ticket = await core.journal.load(ticketStream, number)
      return ticket.n === 0 ? undefined : ticket
    },
    note: (number, text, agent, key) => addNote(core, number, text, { kind: 'agent', id: agent }, key),
    assign: (number, assignee, agent, key) => assign(core, number, assignee, { kind: 'agent', id: agent }, key),
    reply: (number, text, agent, key) => reply(core, number, text, agent, key),
  }
}
