// Answers "where is my repair", with or without a number, from the tickets.
import { z } from 'zod'
import type { Flow, FlowContext, Step, Utterance } from '../src/flow.ts'
import type { TicketView } from '../src/tickets/ticket.ts'
import { sayWhen } from '../src/hours/say-when.ts'
import { hear, heardSchema, type Heard } from './heard.ts'
import { dayOf, menu, question, statement } from './say.ts'
import { chooseTicket, isOpen, isRecent } from './which.ts'

/** More than these are not read out. */
const atMost = 5

const stateSchema = z.object({ heard: heardSchema.nullable().default(null) })
type State = z.infer<typeof stateSchema>

export const checkStatus: Flow<State> = {
  name: 'check-status',
  version: 2,
  parseState: (stored) => stateSchema.parse(stored),
  start: () => ({ state: { heard: null }, say: [], effects: [] }),
  next(state, input, context) {
    switch (input.kind) {
      case 'messages':
        return lookUp(hear(input.messages))
      case 'answer':
        if (state.heard === null) return { pass: true }
        if (input.answer.kind === 'ticket') return tellOne(input.answer.ticket, state.heard, context)
        return input.answer.kind === 'tickets' ? tell(input.answer.tickets, state.heard, context) : { pass: true }
      case 'resumed':
      case 'abandoned':
        return { state: 'done', say: [], effects: [] }
    }
  },
}

/** Who asks by number wants that one, however old and whatever they answer. */
function lookUp(heard: Heard): Step<State> {
  const [number] = heard.entities.ticketNumbers
  return { state: { heard }, ask: number === undefined ? { kind: 'tickets' } : { kind: 'ticket', number } }
}

/** A number alone reveals nothing: somebody else's ticket is one that is not found. */
function tellOne(ticket: TicketView | undefined, { entities }: Heard, context: FlowContext): Step<State> {
  const [number = ''] = entities.ticketNumbers
  return { state: 'done', say: ticket === undefined ? [statement('status.not_found', { number })] : describe(ticket, context), effects: [] }
}

/** The one that is answered or named by its device; else all that are open, which says more than a question would. */
function tell(tickets: readonly TicketView[], heard: Heard, context: FlowContext): Step<State> {
  const answered = tickets.filter(({ _id, merged }) => _id === heard.about || merged.some(({ number }) => number === heard.about))
  const open = tickets.filter(isOpen)
  const recent = tickets.filter((ticket) => isRecent(ticket, context.now))
  const candidates = open.length > 0 ? open : recent.slice(0, 1)
  const chosen = chooseTicket(heard, answered.length > 0 ? answered : open, context)
  const told = chosen.kind === 'one' && chosen.by !== 'recency' ? [chosen.ticket] : chosen.kind === 'unsure' ? chosen.tickets : candidates
  const say =
    told.length === 0
      ? [
          question(
            'status.none',
            { company: context.settings.company },
            null,
            menu.filter(({ value }) => value !== 'check-status'),
          ),
        ]
      : told.slice(0, atMost).flatMap((ticket) => describe(ticket, context))
  return { state: 'done', say, effects: [] }
}

function describe(ticket: TicketView, context: FlowContext): Utterance[] {
  const key = ticket.incomplete ? 'incomplete' : ticket.status
  const status = statement(`status.${key}`, { number: ticket._id, subject: ticket.subject, since: dayOf(ticket.statusSince, context) }, ticket._id)
  return [status, ...describeWork(ticket, context)]
}

/** Who comes and when, or where the device is. Nothing while nothing is agreed. */
function describeWork({ _id, work }: TicketView, { language, settings }: FlowContext): Utterance[] {
  switch (work?.status) {
    case 'scheduled':
    case 'dispatched':
    case 'accepted': {
      if (work.from === null) return []
      const when = sayWhen(Date.parse(work.from), language, settings.timeZone)
      return [work.engineer === null ? statement('status.visit', { when }, _id) : statement('status.visit_by', { when, engineer: work.engineer }, _id)]
    }
    case 'en_route':
    case 'on_site':
    case 'awaiting_item':
    case 'received':
    case 'in_repair':
    case 'ready':
      return [statement(`status.work.${work.status}`, {}, _id)]
    case 'unscheduled':
    case 'completed':
    case 'cannot_complete':
    case 'canceled':
    case 'returned':
    case undefined:
      return []
  }
}
