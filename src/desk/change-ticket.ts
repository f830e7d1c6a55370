// The one way staff change a ticket: who does it, for which cause; and why it may be refused.
import type { Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import type { Actor, Changed, Consequence, Decision } from '../journal/index.ts'
import type { ChannelName } from '../message.ts'
import { ticketStream, type FailureProblem, type Ticket, type TicketStatus } from '../tickets/index.ts'

export interface Deed {
  actor: Actor
  /** Unique for ever: the same click or request acts once. */
  key: string
  /** What the caller last saw; a ticket that has changed since is refused. */
  version?: number | undefined
  /** Asked right before it is stored. False: whoever wanted it has read by then that it was not done, so nothing is done. */
  mayCommit?: (() => boolean) | undefined
}

export type TicketRefusal =
  | { kind: 'unknown_ticket' }
  | { kind: 'merged'; into: string }
  | { kind: 'stale'; version: number }
  | { kind: 'not_allowed'; from: TicketStatus; allowed: TicketStatus[] }
  /** Another agent has it; `name` is for people. */
  | { kind: 'owned'; by: string; name: string; since: Timestamp }
  /** Its customer has no address that we can write to. */
  | { kind: 'no_conversation' }
  | { kind: 'channel_off'; channel: ChannelName }
  /** Another agent has written to the customer since the caller looked. */
  | { kind: 'overtaken'; name: string; at: Timestamp; text: string }
  | { kind: 'bad_record'; problem: FailureProblem }
  | { kind: 'unknown_team'; team: string }
  | { kind: 'too_late' }

/** Refuses a ticket that is not there, lives on in another, or has changed since the caller saw it. */
export function checkTicket(ticket: Ticket, version?: number): TicketRefusal | undefined {
  if (ticket.n === 0) return { kind: 'unknown_ticket' }
  if (ticket.mergedInto !== null) return { kind: 'merged', into: ticket.mergedInto }
  return version !== undefined && version !== ticket.n ? { kind: 'stale', version: ticket.n } : undefined
}

/** What an act makes of the present ticket; `undefined` when all is as wished. */
export type Act = (ticket: Ticket) => Made | Promise<Made>
type Made = { events: Event[]; effects?: Consequence[] } | { refusal: TicketRefusal } | undefined

export function changeTicket(core: Core, number: string, deed: Deed, act: Act): Promise<Changed<Ticket, TicketRefusal>> {
  return core.journal.change<Ticket, TicketRefusal>(ticketStream, number, {
    key: deed.key,
    async decide(ticket): Promise<Decision<TicketRefusal>> {
      const refusal = checkTicket(ticket, deed.version)
      if (refusal !== undefined) return { kind: 'refused', refusal }
      const made = await act(ticket)
      if (made === undefined) return { kind: 'nothing' }
      if ('refusal' in made) return { kind: 'refused', refusal: made.refusal }
      if (deed.mayCommit?.() === false) return { kind: 'refused', refusal: { kind: 'too_late' } }
      return { kind: 'entry', actor: deed.actor, events: made.events, effects: made.effects ?? [] }
    },
  })
}
