// The alarm of a ticket's clocks: set to their next moment after every change, and right however late it rings.
import { arm } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import { foldEntry, type Consequence, type Entry } from '../journal/index.ts'
import { ticketStream, type Ticket } from '../tickets/index.ts'
import { momentsBy, nextMoment, type SlaMoment } from './clocks.ts'
import { wordsOf } from './words.ts'

/** What moves a clock, sets its target or uses up a moment. */
const matters = new Set<Event['type']>([
  'ticket.created',
  'ticket.status_changed',
  'ticket.assigned',
  'ticket.responded',
  'ticket.restored',
  'ticket.described',
  'ticket.marked',
  'ticket.merged',
  'ticket.team_set',
  'ticket.entitlement_checked',
  'sla.warning',
  'sla.breached',
])

export async function followSla(core: Core, entry: Entry): Promise<void> {
  if (!entry.stream.startsWith('ticket/') || !entry.events.some(({ type }) => matters.has(type))) return
  const number = entry.stream.slice('ticket/'.length)
  const before = (await core.collections.tickets.get(number)) ?? ticketStream.begin(number)
  await setAlarm(core, before.n < entry.n ? foldEntry(ticketStream, before, entry) : before)
}

async function setAlarm(core: Core, ticket: Ticket): Promise<void> {
  const id = `sla/${ticket._id}`
  const at = nextMoment(ticket, core.company())
  if (at !== undefined) await arm(core, id, at, { kind: 'sla', ticket: ticket._id }, false)
  else await core.collections.due.update(id, { $set: { state: 'done' } }, { state: 'waiting' })
}

/** Says what has come to pass since; what was met in the meantime is no alarm. */
export async function ringSla(core: Core, number: string, key: string): Promise<void> {
  const rung = await core.journal.change(ticketStream, number, {
    key,
    decide(ticket) {
      const moments = momentsBy(ticket, core.company(), core.clock.now())
      return moments.length === 0
        ? { kind: 'nothing' }
        : { kind: 'entry', actor: { kind: 'clock', id: null }, events: moments.map(eventOf), effects: warningsOf(core, ticket, moments) }
    },
  })
  // The settings may have moved it.
  if (rung.kind === 'unchanged') await setAlarm(core, rung.state)
}

function eventOf({ clock, stage, at, due }: SlaMoment): Event {
  return { type: stage === 'warning' ? 'sla.warning' : 'sla.breached', clock, at, due }
}

/** One for each clock, the later word; none for what was over before it was noticed. */
function warningsOf(core: Core, ticket: Ticket, moments: readonly SlaMoment[]): Consequence[] {
  const now = timestamp(core.clock.now())
  // Without a face that warns people there are the tasks.
  const heard = [...core.channels.values()].some((channel) => channel.warnStaff !== undefined)
  return moments
    .filter(({ clock, stage }) => stage === 'breach' || !moments.some((other) => other.clock === clock && other.stage === 'breach'))
    .map((moment) =>
      heard
        ? { do: 'arm', at: now, alarm: { kind: 'warn', ticket: ticket._id, text: wordsOf(ticket, moment, core.company().flow.timeZone, core.clock.now()) } }
        : { do: 'open_task', kind: 'sla', ticket: ticket._id, conversation: ticket.conversation, message: null, once: `sla/${ticket._id}/${moment.clock}` },
    )
}
