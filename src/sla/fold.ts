// How a ticket's history folds into what its clocks need.
import type { Timestamp } from '../clock.ts'
import type { Event } from '../events.ts'
import type { Actor } from '../journal/index.ts'
import { categoryOf, type TicketStatus } from '../tickets/status.ts'
import type { SlaRecord } from './record.ts'

export function foldSla(record: SlaRecord, event: Event, at: Timestamp, actor: Actor): SlaRecord {
  const responded = isResponse(event, actor) ? { ...record, respondedAt: record.respondedAt ?? at } : record
  switch (event.type) {
    case 'ticket.status_changed':
      return moved(responded, event.from, event.to, at)
    case 'ticket.restored':
      return { ...responded, restoredAt: at }
    case 'sla.warning':
      return { ...responded, raised: [...responded.raised, { clock: event.clock, stage: 'warning' }] }
    case 'sla.breached':
      return { ...responded, raised: [...responded.raised, { clock: event.clock, stage: 'breach' }] }
    default:
      return responded
  }
}

/** The first act or answer of a person of ours. A note is none: nobody who waits has anything of it. */
function isResponse(event: Event, actor: Actor): boolean {
  if (event.type === 'ticket.responded') return true
  const ours = actor.kind === 'agent' || actor.kind === 'engineer' || actor.kind === 'api'
  return ours && (event.type === 'ticket.assigned' || event.type === 'ticket.status_changed')
}

function moved(record: SlaRecord, from: TicketStatus, to: TicketStatus, at: Timestamp): SlaRecord {
  const [was, is] = [stands(from), stands(to)]
  const pauses =
    was && !is ? record.pauses.map((pause) => ({ ...pause, to: pause.to ?? at })) : !was && is ? [...record.pauses, { from: at, to: null }] : record.pauses
  const [wasDone, isDone] = [categoryOf(from) === 'done', categoryOf(to) === 'done']
  if (wasDone === isDone) return { ...record, pauses }
  return isDone ? { ...record, pauses, doneAt: at } : { ...record, pauses, doneAt: null, restoredAt: null }
}

/** No time goes by for us. */
function stands(status: TicketStatus): boolean {
  return status === 'pending' || categoryOf(status) === 'done'
}
