// Finds the open tickets that may be the same case as one, and notes it on both: a proposal to people, nothing is merged.
//
// A ticket is looked at by an alarm, after its own snapshot is stored: of two reported at the same moment, whichever is looked at last
// finds the other. Found by index: those of the same serial number, and those of the same customer.
import { arm } from '../alarms/arm.ts'
import { timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import { identityOf } from '../customers/index.ts'
import type { Event } from '../events.ts'
import { foldEntry, type Entry } from '../journal/index.ts'
import { caseLikeness, maybeSameSite } from './same-case.ts'
import { categoryOf, statuses } from './status.ts'
import { ticketStream } from './stream.ts'
import type { PerhapsSame, Ticket } from './ticket.ts'

/** More open tickets of one unit or one customer are not compared. */
const comparedMax = 30
const openStatuses = statuses.filter((status) => categoryOf(status) !== 'done')

/** After what bears on it: the first words, more that is known, a ticket taken up again. */
export async function followSameCase(core: Core, entry: Entry): Promise<void> {
  if (!entry.stream.startsWith('ticket/') || !entry.events.some(bears)) return
  const number = entry.stream.slice('ticket/'.length)
  const before = (await core.collections.tickets.get(number)) ?? ticketStream.begin(number)
  if (!canBeCompared(before.n < entry.n ? foldEntry(ticketStream, before, entry) : before)) return
  await arm(core, `same_case/${entry._id}`, timestamp(core.clock.now()), { kind: 'same_case', ticket: number }, true)
}

/** Somebody turned out to be the customer of others' tickets, too: each of theirs that is open is compared anew. */
export async function compareAnew(core: Core, customer: string, cause: string): Promise<void> {
  const { ids } = await identityOf(core.collections, customer)
  const open = { 'customer.id': { $in: ids }, status: { $in: openStatuses }, mergedInto: null, spam: false }
  for (const ticket of await core.collections.tickets.find(open, { sort: { createdAt: -1 }, limit: comparedMax }))
    if (canBeCompared(ticket)) await arm(core, `same_case/${cause}/${ticket._id}`, timestamp(core.clock.now()), { kind: 'same_case', ticket: ticket._id }, true)
}

function bears(event: Event): boolean {
  if (event.type === 'ticket.created' || event.type === 'ticket.reopened' || event.type === 'ticket.merged') return true
  if (event.type !== 'ticket.described') return false
  const { product, serial, errorCode, symptom } = event.fields ?? {}
  return [product, serial, errorCode, symptom].some((value) => value !== undefined)
}

function canBeCompared({ fields, status, mergedInto, spam }: Ticket): boolean {
  const known = (fields.serial !== undefined || fields.product !== undefined) && (fields.symptom !== undefined || fields.errorCode !== undefined)
  return known && categoryOf(status) !== 'done' && mergedInto === null && !spam
}

export async function proposeSameCase(core: Core, number: string): Promise<void> {
  const ticket = await core.journal.load(ticketStream, number)
  if (!canBeCompared(ticket)) return
  for (const [other, found] of await likeTickets(core, ticket)) {
    await propose(core, ticket._id, { ...found, number: other._id })
    await propose(core, other._id, { ...found, number: ticket._id })
  }
}

async function likeTickets(core: Core, ticket: Ticket): Promise<(readonly [Ticket, Omit<PerhapsSame, 'number' | 'at'>])[]> {
  const { tickets } = core.collections
  const { ids } = await identityOf(core.collections, ticket.customer.id)
  const open = { status: { $in: openStatuses }, mergedInto: null, spam: false }
  const options = { sort: { createdAt: -1 }, limit: comparedMax } as const
  const [ofUnit, ofCustomer] = await Promise.all([
    ticket.serialKey === null ? [] : tickets.find({ serialKey: ticket.serialKey, ...open }, options),
    tickets.find({ 'customer.id': { $in: ids }, ...open }, options),
  ])
  const since = timestamp(core.clock.now() - core.company().flow.sameCaseWithinMs)
  const others = new Map([...ofUnit, ...ofCustomer].map((other) => [other._id, other]))
  return [...others.values()].flatMap((other) => {
    const sameCustomer = ids.includes(other.customer.id)
    const likeness = caseLikeness(ticket.fields, other.fields)
    const isOther = other._id !== ticket._id && other.updatedAt >= since
    if (!isOther || likeness === undefined || (!sameCustomer && !maybeSameSite(ticket.fields, other.fields))) return []
    return [[other, { ...likeness, sameCustomer }] as const]
  })
}

/** Once for each pair. What was said about the two before stands. */
async function propose(core: Core, number: string, { number: other, asset, trouble, sameCustomer }: Omit<PerhapsSame, 'at'>): Promise<void> {
  await core.journal.change(ticketStream, number, {
    key: `same_case/${number}/${other}`,
    decide: ({ toldApart, sameCase, mergedInto }) =>
      mergedInto !== null || [...sameCase, ...toldApart].some((known) => known.number === other)
        ? { kind: 'nothing' }
        : {
            kind: 'entry',
            actor: { kind: 'system', id: null },
            events: [{ type: 'ticket.same_case_proposed', other, asset, trouble, sameCustomer }],
            effects: [],
          },
  })
}
