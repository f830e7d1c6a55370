// Takes back a repair request at the customer's word, after one question.
import { z } from 'zod'
import type { Flow, FlowContext, Step } from '../src/flow.ts'
import type { TicketView } from '../src/tickets/ticket.ts'
import { hear } from './heard.ts'
import { isOpen } from './repair/sort.ts'
import { question, statement } from './say.ts'

const stateSchema = z.object({
  /** What was said and which ticket it named. */
  words: z.object({ ids: z.array(z.string()), text: z.string(), number: z.string().nullable() }).nullable(),
})
type State = z.infer<typeof stateSchema>

export const cancelRepair: Flow<State> = {
  name: 'cancel-repair',
  version: 1,
  parseState: (stored) => stateSchema.parse(stored),
  start: () => ({ state: { words: null }, say: [], effects: [] }),
  next(state, input, context) {
    switch (input.kind) {
      case 'messages': {
        const heard = hear(input.messages)
        if (state.words === null)
          return { state: { words: { ids: heard.ids, text: heard.text, number: heard.entities.ticketNumbers[0] ?? null } }, ask: { kind: 'tickets' } }
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

function choose(open: readonly TicketView[], state: State, context: FlowContext): Step<State> {
  const named = open.filter(({ _id }) => _id === state.words?.number)
  const spoken = open.filter(({ _id }) => _id === context.ticket)
  const tickets = named.length > 0 ? named : spoken.length > 0 ? spoken : open
  if (tickets.length === 0) return { state: 'done', say: [statement('cancel.nothing')], effects: [] }
  const choices = tickets.slice(0, 5).map(({ _id, subject }) => ({ value: _id, label: `${_id} ${subject}`.trim() }))
  return { state, say: [question('cancel.ask', {}, null, [...choices, { value: 'keep', label: '@choice.keep' }])], effects: [] }
}

/** Staff may have ended it since the question was asked. */
function cancel(ticket: TicketView | undefined, { words }: State): Step<State> {
  if (ticket === undefined || !isOpen(ticket) || words === null) return { state: 'done', say: [statement('cancel.nothing')], effects: [] }
  const number = ticket._id
  return {
    state: 'done',
    say: [statement('report.cancelled', { number }, number)],
    effects: [
      { do: 'attach', number, messages: words.ids },
      { do: 'cancel_ticket', number, comment: words.text },
    ],
  }
}
