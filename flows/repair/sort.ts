// Where words about a repair belong: a new request, a ticket that is there, or nobody can tell.
import type { FlowContext } from '../../src/flow.ts'
import { alikeFrom, likenessOf } from '../../src/tickets/likeness.ts'
import { namesAlike } from '../../src/tickets/same-case.ts'
import type { RepairFields, TicketView } from '../../src/tickets/ticket.ts'
import type { Heard } from '../heard.ts'
import { chooseTicket, fit, isOpen, isRecent, namedIn, withLabel } from '../which.ts'
import { isOwnRequest, wishOf } from './wishes.ts'

export type Place =
  | { kind: 'new' }
  | { kind: 'add'; ticket: TicketView }
  | { kind: 'reopen'; ticket: TicketView }
  /** Over for too long to be taken up again: a new one that follows it. */
  | { kind: 'follow'; ticket: TicketView }
  /** A new one, which may be the same case as this: the customer is asked. */
  | { kind: 'same'; ticket: TicketView }
  | { kind: 'which'; tickets: readonly TicketView[] }
  /** A nod at the last news; null where it cannot be told of which ticket. */
  | { kind: 'nod'; ticket: TicketView | null }
  /** Not about a repair. */
  | { kind: 'nothing' }

/** Within this time of opening, more trouble is about the same device unless it says otherwise. */
const freshMs = 60 * 60_000

/** Below, a small word may be anything. */
const likely = 0.5

export function sortWords(said: Heard, tickets: readonly TicketView[], context: FlowContext): Place {
  const heard = withLabel(said, context)
  const { entities, intent } = heard
  if (heard.choice === 'report-repair' || entities.another === true) return { kind: 'new' }
  const meant = namedIn(heard, tickets).length > 0 || heard.about !== undefined
  // What is over for long is meant by who names or answers it, or by "it is broken again".
  const known = tickets.filter((ticket) => meant || intent === 'reopen' || isRecent(ticket, context.now))
  const open = known.filter(isOpen)
  const wish = wishOf(intent)
  if (intent === 'reopen') return one(known, heard, context) ?? { kind: 'new' }
  if (wish !== undefined) return one(meant ? known : open, heard, context) ?? { kind: isOwnRequest(wish) ? 'new' : 'nothing' }
  if (intent === 'report_repair') return report(known, heard, context)
  if (intent !== 'add_information' && heard.files.length === 0) return small(known, heard, context)
  const place = one(meant ? known : open, heard, context) ?? one(known, heard, context)
  return place ?? (saysSomething(heard) ? { kind: 'new' } : small(known, heard, context))
}

/** A repair that is over is taken up again by words of trouble, if it has not been over for long; other words are only added. */
export function ofTicket(ticket: TicketView, { intent, entities }: Heard, { now, settings }: FlowContext): Place {
  const troubled = intent === 'reopen' || intent === 'report_repair' || entities.symptom !== undefined
  if (isOpen(ticket) || !troubled) return { kind: 'add', ticket }
  return { kind: now - Date.parse(ticket.statusSince) <= settings.reopenWithinMs ? 'reopen' : 'follow', ticket }
}

function one(tickets: readonly TicketView[], heard: Heard, context: FlowContext): Place | undefined {
  const chosen = chooseTicket(heard, tickets, context)
  switch (chosen.kind) {
    case 'one':
      return ofTicket(chosen.ticket, heard, context)
    case 'unsure':
      return { kind: 'which', tickets: chosen.tickets }
    case 'none':
      return undefined
  }
}

/** Trouble anew: on what is being talked about, on something reported before, or on something new. */
function report(all: readonly TicketView[], heard: Heard, context: FlowContext): Place {
  // A fault is no part of an inspection, unless that is named or answered.
  const known = all.filter((ticket) => ticket.inspection?.role !== 'visit' || ticket._id === heard.about || namedIn(heard, all).includes(ticket))
  const open = known.filter(isOpen)
  const chosen = chooseTicket(heard, known, context)
  if (chosen.kind === 'one' && (chosen.by === 'number' || chosen.by === 'reply')) return ofTicket(chosen.ticket, heard, context)
  const matching = open.filter((ticket) => fit(ticket, heard) > 0)
  const [match, ...others] = matching
  const spoken = open.find(({ _id }) => _id === context.ticket)
  if (match !== undefined && others.length === 0 && (isSpokenOf(match, context) || refersBack(heard.text))) return { kind: 'add', ticket: match }
  const like = known.filter((ticket) => mayBeSame(ticket, heard, context)).toSorted((a, b) => fit(b, heard) - fit(a, heard))[0]
  if (like !== undefined) return { kind: 'same', ticket: like }
  const possible = matching.length > 0 ? matching : open.filter((ticket) => fit(ticket, heard) >= 0)
  if (possible.length === 0) return { kind: 'new' }
  if (spoken !== undefined && possible.includes(spoken) && isFresh(spoken, heard, context)) return { kind: 'add', ticket: spoken }
  return { kind: 'which', tickets: possible }
}

function isSpokenOf({ _id }: TicketView, { spoken }: FlowContext): boolean {
  return spoken.some(({ ticket }) => ticket === _id)
}

function isFresh({ createdAt }: TicketView, { text, confidence }: Heard, { now }: FlowContext): boolean {
  return refersBack(text) || confidence < 0.7 || now - Date.parse(createdAt) < freshMs
}

/** The same asset with like trouble: still open and not left alone for long, or over for less than it can be taken up again. */
function mayBeSame(ticket: TicketView, heard: Heard, { now, settings }: FlowContext): boolean {
  const since = isOpen(ticket)
    ? now - Date.parse(ticket.updatedAt) <= settings.sameCaseWithinMs
    : now - Date.parse(ticket.statusSince) <= settings.reopenWithinMs
  return since && fit(ticket, heard) > 0 && likenessOf(ticket.fields, heard.entities) >= alikeFrom
}

/** Words that want nothing: an answer to staff when a ticket waits for one, a nod, or free text on the ticket spoken of. A mail may always be a request. */
function small(known: readonly TicketView[], heard: Heard, context: FlowContext): Place {
  const open = known.filter(isOpen)
  const chosen = chooseTicket(heard, open, context)
  const possible = chosen.kind === 'one' ? [chosen.ticket] : chosen.kind === 'unsure' ? chosen.tickets : []
  const waiting = possible.filter(({ status }) => status === 'pending')
  if (waiting.length > 0) return among(waiting)
  const intent = heard.confidence < likely ? 'none' : heard.intent
  if (intent === 'confirm') return { kind: 'nod', ticket: nodded(heard, known, context) }
  if ((intent !== 'none' && intent !== 'add_information') || heard.text === '') return { kind: 'nothing' }
  const meant = chosen.kind === 'one' && chosen.by !== 'recency' && chosen.by !== 'only'
  const spoken = possible.filter((ticket) => meant || isSpokenOf(ticket, context))
  if (spoken.length > 0) return among(spoken)
  return context.abilities.questions === 'all_at_once' ? { kind: 'new' } : { kind: 'nothing' }
}

function among(tickets: readonly TicketView[]): Place {
  const [ticket, ...others] = tickets
  return ticket !== undefined && others.length === 0 ? { kind: 'add', ticket } : { kind: 'which', tickets }
}

/** Whose news is thanked for or nodded at: nobody is asked, it is the one spoken of last if it is not clear otherwise. */
export function nodded(heard: Heard, tickets: readonly TicketView[], context: FlowContext): TicketView | null {
  const recent = tickets.filter((ticket) => isRecent(ticket, context.now))
  const chosen = chooseTicket(heard, recent, context)
  if (chosen.kind === 'one') return chosen.ticket
  return recent.find(({ _id }) => _id === context.ticket) ?? null
}

function saysSomething({ entities, files }: Heard): boolean {
  return files.length > 0 || entities.symptom !== undefined || entities.product !== undefined || entities.serial !== undefined
}

/** Words of trouble about a device other than the one known. */
export function isAnotherDevice(known: RepairFields, { entities, uncertain }: Heard): boolean {
  const named = known.product !== undefined && entities.product !== undefined && !namesAlike(known.product, entities.product)
  return named && entities.symptom !== undefined && !uncertain.includes('symptom') && entities.corrects !== true
}

function refersBack(text: string): boolean {
  return /^\W*(?:and |but |now |also )*(?:it|this|that|its|it's|they|the (?:same|problem|issue|fault|noise|leak|error|device|machine))\b|\b(?:it|also|too|as well|now)\b|它|还(?:有|会|在)?|還(?:有|會|在)?|也|现在/i.test(
    text,
  )
}
