// Recording what a repair found and did: the parts it used leave the stock and enter the archive of the asset, each once, though the
// record is written twice (by the engineer who was there, by the agent who resolves) or put right later.
import type { Event } from '../events.ts'
import type { Actor, Consequence } from '../journal/index.ts'
import type { FailureRecord, UsedPart } from './failure.ts'
import { categoryOf } from './status.ts'
import type { Ticket } from './ticket.ts'

/** Changes nothing. */
export function recordFailure(ticket: Ticket, failure: FailureRecord, by: Actor): { events: Event[]; effects: Consequence[] } {
  const used = notYetTaken(ticket, failure.parts)
  const engineer = by.kind === 'engineer' ? by.id : ticket.assignee
  const taken: Consequence = { do: 'use_parts', ticket: ticket._id, parts: used, asset: ticket.coverage?.asset ?? null, engineer }
  return { events: [{ type: 'ticket.failure_recorded', failure, by }], effects: used.length === 0 ? [] : [taken] }
}

/** Which repair of the ticket it is: a reopened one begins the next. */
function roundOf({ status, resolutions }: Ticket): number {
  return categoryOf(status) === 'done' ? Math.max(0, resolutions - 1) : resolutions
}

function notYetTaken(ticket: Ticket, parts: readonly UsedPart[]): UsedPart[] {
  const before = ticket.partsTaken.round === roundOf(ticket) ? ticket.partsTaken.parts : []
  return together(parts).flatMap(({ part, quantity }) => {
    const more = quantity - (before.find((each) => each.part === part)?.quantity ?? 0)
    return more > 0 ? [{ part, quantity: more }] : []
  })
}

/** What has been taken for this repair once the record is stored. */
export function takenWith(ticket: Ticket, parts: readonly UsedPart[]): Ticket['partsTaken'] {
  const round = roundOf(ticket)
  const before = ticket.partsTaken.round === round ? ticket.partsTaken.parts : []
  return { round, parts: together([...before, ...notYetTaken(ticket, parts)]) }
}

function together(parts: readonly UsedPart[]): UsedPart[] {
  const sums = new Map<string, number>()
  for (const { part, quantity } of parts) sums.set(part, (sums.get(part) ?? 0) + quantity)
  return [...sums].map(([part, quantity]) => ({ part, quantity }))
}
