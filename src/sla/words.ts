// What staff read about a clock.
import type { Ticket } from '../tickets/index.ts'
import type { SlaMoment } from './clocks.ts'
import type { SlaClockName } from './record.ts'

const deeds: Readonly<Record<SlaClockName, string>> = { respond: 'A first answer', restore: 'Getting the device to work', resolve: 'Resolving' }

export function wordsOf(ticket: Pick<Ticket, '_id' | 'subject'>, { clock, stage, due }: SlaMoment, timeZone: string, now: number): string {
  const when = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone }).format(
    new Date(due),
  )
  const minutes = Math.round(Math.abs(Date.parse(due) - now) / 60_000)
  const span = minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`
  return stage === 'warning'
    ? `${deeds[clock]} is due ${when} (in ${span}) for ${ticket._id}: ${ticket.subject}`
    : `${deeds[clock]} was due ${when} (${span} ago) for ${ticket._id}: ${ticket.subject}`
}
