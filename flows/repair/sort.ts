// Where words about a repair belong: a new request, a ticket that is there, or nobody can tell.
import type { FlowContext } from '../../src/flow.ts'
import { categoryOf } from '../../src/tickets/status.ts'
import type { RepairFields, TicketView } from '../../src/tickets/ticket.ts'
import type { Heard } from '../heard.ts'
import { isOwnRequest, wishOf } from './wishes.ts'

export type Place =
  | { kind: 'new' }
  | { kind: 'add'; ticket: TicketView }
  | { kind: 'reopen'; ticket: TicketView }
  | { kind: 'which'; tickets: readonly TicketView[] }
  /** Not about a repair. */
  | { kind: 'nothing' }

/** Within this time of opening, more trouble is about the same device unless it says otherwise. */
const freshMs = 60 * 60_000

export function sortWords(heard: Heard, tickets: readonly TicketView[], context: FlowContext): Place {
  const { entities, intent } = heard
  if (heard.choice === 'report-repair' || entities.another === true) return { kind: 'new' }
  const named = tickets.filter((ticket) => isNamed(ticket, entities.ticketNumbers))
  if (named.length === 1 && named[0] !== undefined) return ofTicket(named[0], heard)
  const possible = tickets.filter((ticket) => !differs(ticket, heard))
  if (intent === 'reopen') return one(possible, heard, context) ?? { kind: 'new' }
  const open = possible.filter(isOpen)
  const wish = wishOf(intent)
  if (wish !== undefined) return one(open, heard, context) ?? { kind: isOwnRequest(wish) ? 'new' : 'nothing' }
  if (intent === 'report_repair') return report(open, heard, context)
  if (intent !== 'add_information' && heard.files.length === 0) return small(open, heard, context)
  const place = one(open, heard, context) ?? one(possible, heard, context)
  return place ?? (saysSomething(heard) ? { kind: 'new' } : small(open, heard, context))
}

/** By its own number or by that of one that lives on in it. */
function isNamed({ _id, merged }: TicketView, numbers: readonly string[]): boolean {
  return [_id, ...merged.map(({ number }) => number)].some((each) => numbers.includes(each))
}

/** A repair that is over is taken up again by words of trouble; other words are only added. */
function ofTicket(ticket: TicketView, { intent, entities }: Heard): Place {
  const troubled = intent === 'reopen' || intent === 'report_repair' || entities.symptom !== undefined
  return !isOpen(ticket) && troubled ? { kind: 'reopen', ticket } : { kind: 'add', ticket }
}

function report(open: readonly TicketView[], heard: Heard, context: FlowContext): Place {
  if (open.length === 0) return { kind: 'new' }
  const matching = open.filter((ticket) => matches(ticket, heard))
  if (matching.length === 1 && matching[0] !== undefined) return { kind: 'add', ticket: matching[0] }
  const spoken = open.find(({ _id }) => _id === context.ticket)
  if (spoken !== undefined && (refersBack(heard.text) || heard.confidence < 0.7 || context.now - Date.parse(spoken.createdAt) < freshMs))
    return { kind: 'add', ticket: spoken }
  return { kind: 'which', tickets: matching.length > 0 ? matching : open }
}

/** The one it can be: the one spoken of last, the one that fits, or the only one. */
function one(tickets: readonly TicketView[], heard: Heard, context: FlowContext): Place | undefined {
  const matching = tickets.filter((ticket) => matches(ticket, heard))
  const spoken = (matching.length > 0 ? matching : tickets).find(({ _id }) => _id === context.ticket)
  const only = matching.length === 1 ? matching[0] : tickets.length === 1 ? tickets[0] : undefined
  const ticket = spoken ?? only
  if (ticket !== undefined) return ofTicket(ticket, heard)
  return tickets.length === 0 ? undefined : { kind: 'which', tickets: matching.length > 0 ? matching : tickets }
}

/** Words that want nothing: an answer to staff when a ticket waits for one, or free text on the ticket spoken of. A mail may always be a request. */
function small(open: readonly TicketView[], heard: Heard, context: FlowContext): Place {
  const spoken = open.find(({ _id }) => _id === context.ticket) ?? (open.length === 1 ? open[0] : undefined)
  if (spoken?.status === 'pending') return { kind: 'add', ticket: spoken }
  if ((heard.intent !== 'none' && heard.intent !== 'add_information') || heard.text === '') return { kind: 'nothing' }
  if (spoken !== undefined && spoken._id === context.ticket) return { kind: 'add', ticket: spoken }
  return context.abilities.questions === 'all_at_once' ? { kind: 'new' } : { kind: 'nothing' }
}

function saysSomething({ entities, files }: Heard): boolean {
  return files.length > 0 || entities.symptom !== undefined || entities.product !== undefined || entities.serial !== undefined
}

/** Words of trouble about a device other than the one known. */
export function isAnotherDevice(known: RepairFields, { entities }: Heard): boolean {
  const named = known.product !== undefined && entities.product !== undefined && !alike(known.product, entities.product)
  return named && entities.symptom !== undefined && entities.corrects !== true
}

export function isOpen({ status }: TicketView): boolean {
  return categoryOf(status) !== 'done'
}

/** Same serial number, same device, same error code, or mostly the same words. */
function matches({ fields }: TicketView, { entities }: Heard): boolean {
  if (alike(fields.serial, entities.serial) || alike(fields.product, entities.product)) return true
  if (entities.product !== undefined && fields.product !== undefined) return false
  return alike(fields.errorCode, entities.errorCode) || shareWords(fields.symptom, entities.symptom)
}

/** Clearly another device. */
function differs({ fields }: TicketView, { entities }: Heard): boolean {
  if (fields.serial !== undefined && entities.serial !== undefined) return !alike(fields.serial, entities.serial)
  return fields.product !== undefined && entities.product !== undefined && !alike(fields.product, entities.product)
}

function alike(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false
  const [a, b] = [normal(one), normal(other)]
  return a !== '' && b !== '' && (a.includes(b) || b.includes(a))
}

function normal(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

function shareWords(one: string | undefined, other: string | undefined): boolean {
  const [a, b] = [telling(one), telling(other)]
  const shared = [...b].filter((word) => a.has(word)).length
  return shared >= 2 || (shared === 1 && Math.min(a.size, b.size) <= 2)
}

const dull = new Set(
  'after when that this with from have does doesn won still again been very just since stops stop keeps makes not the and our has its every time now then'.split(
    ' ',
  ),
)

/** Words worth comparing; Chinese by pairs of characters. */
function telling(text = ''): Set<string> {
  const words = text.toLowerCase().match(/[a-z]{3,}|\p{Script=Han}+/gu) ?? []
  return new Set(words.flatMap((word) => (/^[a-z]/.test(word) ? (dull.has(word) ? [] : [word]) : pairs(word))))
}

function pairs(word: string): string[] {
  return Array.from({ length: Math.max(0, word.length - 1) }, (_, index) => word.slice(index, index + 2))
}

function refersBack(text: string): boolean {
  return /^\W*(?:and |but |now |also )*(?:it|this|that|its|it's|they|the (?:same|problem|issue|fault|noise|leak|error|device|machine))\b|\b(?:it|also|too|as well)\b|它|还(?:有|会|在)?|還(?:有|會|在)?|也/i.test(
    text,
  )
}
