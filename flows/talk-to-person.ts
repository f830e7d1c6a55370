// Hands the conversation to a person, with what is known so far.
import { z } from 'zod'
import type { Effect, Flow, FlowContext, Step, Utterance } from '../src/flow.ts'
import type { TicketView } from '../src/tickets/ticket.ts'
import { hear, heardSchema, type Heard } from './heard.ts'
import { takesOver } from './hand-over.ts'
import { openTicket } from './repair/open.ts'
import { acknowledgement } from './say.ts'
import { chooseTicket, isRecent } from './which.ts'

const stateSchema = z.object({ heard: heardSchema.nullable().default(null) })
type State = z.infer<typeof stateSchema>

export const talkToPerson: Flow<State> = {
  name: 'talk-to-person',
  version: 2,
  parseState: (stored) => stateSchema.parse(stored),
  start: () => ({ state: { heard: null }, say: [], effects: [] }),
  next(state, input, context) {
    switch (input.kind) {
      case 'messages':
        return { state: { heard: hear(input.messages) }, ask: { kind: 'tickets' } }
      case 'answer':
        return input.answer.kind === 'tickets' && state.heard !== null ? handOver(state.heard, input.answer.tickets, context) : { pass: true }
      case 'resumed':
      case 'abandoned':
        return { state: 'done', say: [], effects: [] }
    }
  },
}

function handOver(heard: Heard, tickets: readonly TicketView[], context: FlowContext): Step<State> {
  const { ticket, say, effects } = about(heard, tickets, context)
  const reason = context.args['reason'] === 'not_understood' ? 'not_understood' : 'asked'
  return {
    state: 'done',
    say: [...say, takesOver(context.args['reason'] === 'complaint' ? 'complaint' : reason, ticket, context)],
    effects: [...effects, { do: 'hand_over', reason, ...(ticket === null ? {} : { ticket }) }],
  }
}

/**
 * The ticket that is meant; words of trouble that are about none yet open one, so that nothing said is lost. Who wants a person is not asked
 * which repair it is about: the person will.
 */
function about(heard: Heard, tickets: readonly TicketView[], context: FlowContext): { ticket: string | null; say: Utterance[]; effects: Effect[] } {
  const attached = (number: string) => ({ ticket: number, say: [], effects: [{ do: 'attach', number, messages: heard.ids } as const] })
  const recent = tickets.filter((ticket) => isRecent(ticket, context.now))
  const chosen = chooseTicket(heard, recent, context)
  if (chosen.kind === 'one') return attached(chosen.ticket._id)
  if (chosen.kind === 'unsure') return { ticket: null, say: [], effects: [] }
  if (heard.entities.symptom === undefined && heard.files.length === 0)
    return context.ticket === null ? { ticket: null, say: [], effects: [] } : attached(context.ticket)
  const number = context.ticketNumber
  return { ticket: number, say: [acknowledgement('report.opened', { number }, number)], effects: openTicket(heard, context).effects }
}
