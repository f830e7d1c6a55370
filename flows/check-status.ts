// Answers "where is my repair", with or without a number, from the tickets.
import { z } from 'zod'
import type { Flow, FlowContext, Step, Utterance } from '../src/flow.ts'
import type { TicketView } from '../src/tickets/ticket.ts'
import { hear, type Heard } from './heard.ts'
import { isOpen } from './repair/sort.ts'
import { menu, question, statement } from './say.ts'

/** More than these are not read out. */
const atMost = 5

const stateSchema = z.object({ number: z.string().nullable(), product: z.string().nullable() })
type State = z.infer<typeof stateSchema>

export const checkStatus: Flow<State> = {
  name: 'check-status',
  version: 1,
  parseState: (stored) => stateSchema.parse(stored),
  start: () => ({ state: { number: null, product: null }, say: [], effects: [] }),
  next(state, input, context) {
    switch (input.kind) {
      case 'messages':
        return lookUp(hear(input.messages))
      case 'answer':
        if (input.answer.kind === 'ticket') return tellOne(input.answer.ticket, state.number ?? '', context)
        return input.answer.kind === 'tickets' ? tell(input.answer.tickets, state, context) : { pass: true }
      case 'resumed':
      case 'abandoned':
        return { state: 'done', say: [], effects: [] }
    }
  },
}

function lookUp({ entities }: Heard): Step<State> {
  const number = entities.ticketNumbers[0] ?? null
  const state = { number, product: entities.product ?? null }
  return { state, ask: number === null ? { kind: 'tickets' } : { kind: 'ticket', number } }
}

/** A number alone reveals nothing: somebody else's ticket is one that is not found. */
function tellOne(ticket: TicketView | undefined, number: string, context: FlowContext): Step<State> {
  return { state: 'done', say: [ticket === undefined ? statement('status.not_found', { number }) : describe(ticket, context)], effects: [] }
}

function tell(tickets: readonly TicketView[], { product }: State, context: FlowContext): Step<State> {
  const open = tickets.filter(isOpen)
  const candidates = open.length > 0 ? open : tickets.slice(0, 1)
  const ofProduct = candidates.filter((ticket) => product !== null && ticket.fields.product?.toLowerCase() === product.toLowerCase())
  const told = (ofProduct.length > 0 ? ofProduct : candidates).slice(0, atMost)
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
      : told.map((ticket) => describe(ticket, context))
  return { state: 'done', say, effects: [] }
}

function describe(ticket: TicketView, { language, settings }: FlowContext): Utterance {
  const key = ticket.incomplete ? 'incomplete' : ticket.status
  const since = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', { day: 'numeric', month: 'long', timeZone: settings.timeZone }).format(
    new Date(ticket.statusSince),
  )
  return statement(`status.${key}`, { number: ticket._id, subject: ticket.subject, since }, ticket._id)
}
