// Thanks and greetings: a word back, no ticket, no alarm. Thanks acknowledge the last news.
import { z } from 'zod'
import type { Flow, FlowContext, Step } from '../src/flow.ts'
import type { TicketView } from '../src/tickets/ticket.ts'
import { hear, heardSchema, type Heard } from './heard.ts'
import { acknowledgedBy } from './repair/existing.ts'
import { nodded } from './repair/sort.ts'
import { menu, question, statement } from './say.ts'

const stateSchema = z.object({ heard: heardSchema.nullable().default(null) })
type State = z.infer<typeof stateSchema>

export const smallTalk: Flow<State> = {
  name: 'small-talk',
  version: 2,
  parseState: (stored) => stateSchema.parse(stored),
  start: () => ({ state: { heard: null }, say: [], effects: [] }),
  next(state, input, context) {
    switch (input.kind) {
      case 'messages': {
        const heard = hear(input.messages)
        return heard.intent === 'greet' ? greet(heard, context) : { state: { heard }, ask: { kind: 'tickets' } }
      }
      case 'answer':
        return input.answer.kind === 'tickets' && state.heard !== null ? welcome(state.heard, input.answer.tickets, context) : { pass: true }
      case 'resumed':
      case 'abandoned':
        return { state: 'done', say: [], effects: [] }
    }
  },
}

function greet({ ids }: Heard, { settings, ticket, args }: FlowContext): Step<State> {
  // Beside an open question the menu would hide what is asked.
  const say = args['beside'] === undefined ? question('small_talk.hello', { company: settings.company }, null, menu) : statement('small_talk.hello_again')
  return { state: 'done', say: [say], effects: ticket === null ? [] : [{ do: 'attach', number: ticket, messages: ids }] }
}

/** Thanks by mail are not answered with another mail. */
function welcome(heard: Heard, tickets: readonly TicketView[], context: FlowContext): Step<State> {
  const quiet = context.abilities.questions === 'all_at_once'
  const ticket = nodded(heard, tickets, context)
  return { state: 'done', say: quiet ? [] : [statement('small_talk.welcome')], effects: ticket === null ? [] : acknowledgedBy(ticket, heard) }
}
