// Repeat repairs: the trouble of an asset that came back within days of its repair. The new ticket names the old one, and the old one was no
// first-time fix. Looked for by an alarm, after the ticket's own snapshot is stored; nothing is merged or told.
import { arm } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import type { Entry } from '../journal/index.ts'
import { alikeFrom, likenessOf } from './likeness.ts'
import { categoryOf } from './status.ts'
import { ticketStream } from './stream.ts'
import type { Ticket } from './ticket.ts'

/** Earlier repairs of one asset that are looked at. */
const comparedMax = 30

/** After what bears on it: what is wrong with which asset, by the customer's words or by the repair's record. */
export async function followRepeats(core: Core, entry: Entry): Promise<void> {
  if (!entry.stream.startsWith('ticket/') || !entry.events.some(bears)) return
  await arm(core, `repeat/${entry._id}`, timestamp(core.clock.now()), { kind: 'repeat', ticket: entry.stream.slice('ticket/'.length) }, true)
}

function bears(event: Event): boolean {
  if (event.type === 'ticket.created') return event.ticket.fields.serial !== undefined
  if (event.type === 'ticket.failure_recorded' || event.type === 'ticket.merged') return true
  if (event.type !== 'ticket.described') return false
  const { serial, errorCode, symptom } = event.fields ?? {}
  return [serial, errorCode, symptom].some((value) => value !== undefined)
}

/** Links the two, the new one first; a repetition finds it done. */
export async function linkRepeat(core: Core, number: string): Promise<void> {
  const ticket = await core.journal.load(ticketStream, number)
  const of = ticket.repeats ?? (await repeatedBy(core, ticket))?._id
  if (of === undefined) return
  const actor = { kind: 'system', id: null } as const
  const linked = await core.journal.change(ticketStream, number, {
    key: `repeat/${number}`,
    decide: ({ repeats, mergedInto }) =>
      repeats !== null || mergedInto !== null ? { kind: 'nothing' } : { kind: 'entry', actor, events: [{ type: 'ticket.repeat_found', of }], effects: [] },
  })
  if (linked.state.repeats === null) return
  await core.journal.change(ticketStream, linked.state.repeats, {
    key: `repeat/${number}/of`,
    decide: (old) => (old.repeatedBy !== null ? { kind: 'nothing' } : { kind: 'entry', actor, events: [{ type: 'ticket.repeated', by: number }], effects: [] }),
  })
}

/** The latest repair of the same asset that was over not long before this was reported, and had the same trouble. */
async function repeatedBy(core: Core, ticket: Ticket): Promise<Ticket | undefined> {
  if (ticket.n === 0 || ticket.serialKey === null || ticket.mergedInto !== null || ticket.spam) return undefined
  const since = timestamp(Date.parse(ticket.createdAt) - core.company().repeatWithinMs)
  const earlier = await core.collections.tickets.find(
    { serialKey: ticket.serialKey, status: { $in: ['resolved', 'closed'] }, mergedInto: null, spam: false, createdAt: { $lt: ticket.createdAt } },
    { sort: { createdAt: -1 }, limit: comparedMax },
  )
  return earlier.find((old) => {
    const over = old.sla.doneAt ?? ''
    return old._id !== ticket._id && over >= since && over <= ticket.createdAt && isSameTrouble(old, ticket)
  })
}

/** By what both repairs found, where both are on record; else by what was said, and what was found the first time. Pure. */
export function isSameTrouble(old: Pick<Ticket, 'fields' | 'failure'>, now: Pick<Ticket, 'fields' | 'failure'>): boolean {
  const [before, after] = [old.failure, now.failure]
  if (before !== null && after !== null && before.problem.code === after.problem.code && before.component.code === after.component.code) return true
  const found = before === null ? {} : { symptom: [before.component, before.problem].map(({ code, text }) => text ?? code).join(' ') }
  return likenessOf(old.fields, now.fields) >= alikeFrom || likenessOf(found, now.fields) >= alikeFrom
}

/** Fixed at the first attempt, with no repeat so far; null while it is not over. Pure. */
export function isFirstTimeFix({ status, resolutions, repeatedBy: by, mergedInto }: Ticket): boolean | null {
  if (mergedInto !== null || status === 'cancelled' || categoryOf(status) !== 'done') return null
  return resolutions === 1 && by === null
}
