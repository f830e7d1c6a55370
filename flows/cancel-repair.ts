// Takes back a repair request at the customer's word, after one question.
import { z } from 'zod'
import type { Flow, FlowContext, Step } from '../src/flow.ts'
import type { TicketView } from '../src/tickets/ticket.ts'
import { hear, heardSchema } from './heard.ts'
import { question, statement } from './say.ts'
import { chooseTicket, isOpen, ticketChoices } from './which.ts'

const stateSchema = z.object({
  /** What was said; null before. */
  heard: heardSchema.nullable(),
})
/** Of version 1, which kept the words and nothing else. */
const wordsSchema = z.object({ words: z.object({ ids: z.array(z.string()), text: z.string(), number: z.string().nullable() }).nullable() })
type State = z.infer<typeof stateSchema>

export const cancelRepair: Flow<State> = {
  name: 'cancel-repair',
  version: 2,
  parseState(stored) {
    const { data: first } = wordsSchema.safeParse(stored)
    if (first === undefined) return stateSchema.parse(stored)
    if (first.words === null) return { heard: null }
    const { ids, text, number } = first.words
    const entities = { ticketNumbers: number === null ? [] : [number] }
    return { heard: { ids, text, files: [], codes: [], intent: 'cancel', confidence: 1, entities, uncertain: [] } }
  },
  start: () => ({ state: { heard: null }, say: [], effects: [] }),
  next(state, input, context) {
    switch (input.kind) {
      case 'messages': {
        const heard = hear(input.messages)
        if (state.heard === null) return { state: { heard }, ask: { kind: 'tickets' } }
        if (heard.choice === 'keep') return { state: 'done', say: [statement('cancel.kept')], effects: [] }
        return heard.choice === undefined ? { pass: true } : { state, ask: { kind: 'ticket', number: heard.choice } }
      }
      case 'answer':
        if (input.answer.kind === 'tickets') return choose(input.answer.tickets.filter(isOpen), state, context)
        return input.answer.kind === 'ticket' ? cancel(input.answer.ticket, state) : { pass: true }
      case 'resumed':
        return { state, ask: { kind: 'tickets' } }
      case 'abandoned':
        return { state: 'done', say: [], effects: [] }
    }
  },
}

/** Asked also where it is clear which: what is taken back is not begun again without their asking. */
function choose(open: readonly TicketView[], state: State, context: FlowContext): Step<State> {
  const chosen = state.heard === null ? undefined : chooseTicket(state.heard, open, context)
  const tickets = chosen?.kind === 'one' ? [chosen.ticket] : chosen?.kind === 'unsure' ? chosen.tickets : open
  if (tickets.length === 0) return { state: 'done', say: [statement('cancel.nothing')], effects: [] }
  return { state, say: [question('cancel.ask', {}, null, [...ticketChoices(tickets), { value: 'keep', label: '@choice.keep' }])], effects: [] }
}

/** Staff may have ended it since the question was asked. */
function cancel(ticket: TicketView | undefined, { heard }: State): Step<State> {
  if (ticket === undefined || !isOpen(ticket) || heard === null) return { state: 'done', say: [statement('cancel.nothing')], effects: [] }
  const number = ticket._id
  return {
    state: 'done',
    say: [statement('report.cancelled', { number }, number)],
    effects: [
      { do: 'attach', number, messages: heard.ids },
      { do: 'cancel_ticket', number, comment: heard.text },
    ],
  }
}
