// Which of a customer's tickets a message is about: by what it answers, by number, by the words for the device, by what was spoken of last.
// A clear winner is taken; where two are as likely, or two signs contradict each other, nobody guesses. Pure.
import type { FlowContext } from '../src/flow.ts'
import type { Choice } from '../src/message.ts'
import { alikeFrom, likenessOf } from '../src/tickets/likeness.ts'
import { namesAlike, unitsAlike } from '../src/tickets/same-case.ts'
import { categoryOf } from '../src/tickets/status.ts'
import type { TicketView } from '../src/tickets/ticket.ts'
import { serialOnLabel } from '../src/understanding/entities/label.ts'
import type { Heard } from './heard.ts'

export type Chosen =
  /** `by` is the sign that decided; `only`: there is no other. */
  | { kind: 'one'; ticket: TicketView; by: 'reply' | 'number' | 'device' | 'recency' | 'only' }
  | { kind: 'unsure'; tickets: readonly TicketView[] }
  | { kind: 'none' }

type Where = Pick<FlowContext, 'spoken' | 'now' | 'settings'>

/** Among `tickets`; the caller leaves out those it cannot be. */
export function chooseTicket(said: Heard, tickets: readonly TicketView[], context: Where): Chosen {
  const heard = withLabel(said, context)
  const named = namedIn(heard, tickets)
  const answered = tickets.find((ticket) => heard.about !== undefined && goesBy(ticket, heard.about))
  if (answered !== undefined) return byReply(answered, named, heard, tickets)
  if (named.length === 1 && named[0] !== undefined) return { kind: 'one', ticket: named[0], by: 'number' }
  const possible = (named.length > 0 ? named : tickets).filter((ticket) => fit(ticket, heard) >= 0)
  const best = Math.max(0, ...possible.map((ticket) => fit(ticket, heard)))
  const fitting = best === 0 ? possible : possible.filter((ticket) => fit(ticket, heard) === best)
  const [only, ...others] = fitting
  if (only === undefined) return { kind: 'none' }
  if (others.length === 0) return { kind: 'one', ticket: only, by: best > 0 ? 'device' : 'only' }
  const latest = spokenLast(fitting, context)
  return latest === undefined ? { kind: 'unsure', tickets: fitting } : { kind: 'one', ticket: latest, by: 'recency' }
}

/** A photo of the label names the device as words would. */
export function withLabel(heard: Heard, { settings }: Pick<FlowContext, 'settings'>): Heard {
  const { entities, codes } = heard
  const serial = entities.serial ?? serialOnLabel(codes, settings.products, entities.product)?.value
  return serial === undefined ? heard : { ...heard, entities: { ...entities, serial } }
}

/** What is answered counts, unless the words name another one of theirs. */
function byReply(answered: TicketView, named: readonly TicketView[], heard: Heard, tickets: readonly TicketView[]): Chosen {
  const rivals = named.length > 0 ? named.filter((ticket) => ticket !== answered) : tickets.filter((ticket) => fit(ticket, heard) >= namesDevice)
  if (named.includes(answered) || (rivals.length === 0 && fit(answered, heard) >= 0) || rivals.includes(answered))
    return { kind: 'one', ticket: answered, by: 'reply' }
  return { kind: 'unsure', tickets: [...rivals, answered] }
}

/** By their own numbers or by those of tickets that live on in them. */
export function namedIn({ entities }: Heard, tickets: readonly TicketView[]): TicketView[] {
  return tickets.filter((ticket) => entities.ticketNumbers.some((number) => goesBy(ticket, number)))
}

function goesBy({ _id, merged }: TicketView, number: string): boolean {
  return _id === number || merged.some((other) => other.number === number)
}

const sameUnit = 8
const sameProduct = 4
/** From here the words say which device they mean. */
const namesDevice = sameProduct

/**
 * How well the words fit a ticket's device: most for its serial number, less for its product, one more for like trouble; 0 where they say
 * nothing of it, -1 where they name another device. A product that is only mentioned ("the gate code") may be anything.
 */
export function fit({ fields }: TicketView, { entities }: Heard): number {
  const trouble = likenessOf(fields, entities) >= alikeFrom ? 1 : 0
  // What puts a value right names the old device.
  const another = entities.corrects === true ? trouble : -1
  const unit = unitsAlike(fields.serial, entities.serial)
  if (unit !== undefined) return unit ? sameUnit + trouble : another
  if (fields.product === undefined || entities.product === undefined) return trouble
  if (namesAlike(fields.product, entities.product)) return sameProduct + trouble
  return entities.symptom === undefined && entities.errorCode === undefined ? trouble : another
}

/** An exchange so long ago is still what is being talked about. */
const livelyMs = 30 * 60_000
/** News about two tickets further apart than this are not mistaken for each other. */
const apartMs = 60 * 60_000

/** The one that was spoken of last in this conversation, where that is clear. */
function spokenLast(tickets: readonly TicketView[], { spoken, now }: Where): TicketView | undefined {
  const among = spoken.filter(({ ticket }) => tickets.some(({ _id }) => _id === ticket))
  const last = among.at(-1)
  if (last === undefined) return undefined
  const before = among.at(-2)
  const lively = last.answering && now - Date.parse(last.at) < livelyMs
  const alone = before === undefined || Date.parse(last.at) - Date.parse(before.at) >= apartMs
  return lively || alone ? tickets.find(({ _id }) => _id === last.ticket) : undefined
}

/** What a customer may still mean without naming it: whatever is not over, and what ended a short while ago. */
const recentMs = 30 * 86_400_000

export function isOpen({ status }: TicketView): boolean {
  return categoryOf(status) !== 'done'
}

export function isRecent(ticket: TicketView, now: number): boolean {
  return isOpen(ticket) || now - Date.parse(ticket.statusSince) < recentMs
}

/** More than these are not offered. */
const offeredMax = 5

/** With number and subject, as buttons or a numbered list. */
export function ticketChoices(tickets: readonly TicketView[]): Choice[] {
  return tickets.slice(0, offeredMax).map(({ _id, subject }) => ({ value: _id, label: `${_id} ${subject}`.trim() }))
}
