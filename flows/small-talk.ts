// Thanks and greetings: a word back, no ticket, no alarm. Thanks acknowledge the last news.
import { z } from 'zod'
import type { Flow, FlowContext, Step, Utterance } from '../src/flow.ts'
import type { TicketView } from '../src/tickets/ticket.ts'
import { hear, heardSchema, type Heard } from './heard.ts'
import { begunElsewhere, offer } from './repair/elsewhere.ts'
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
        if (heard.choice === 'no') return { state: 'done', say: [hello(context)], effects: [] }
        // Beside an open question the menu would hide what is asked.
        const beside = heard.intent === 'greet' && context.args['beside'] !== undefined
        return beside ? greet(heard, statement('small_talk.hello_again'), context) : { state: { heard }, ask: { kind: 'tickets' } }
      }
      case 'answer':
        return input.answer.kind === 'tickets' && state.heard !== null ? reply(state.heard, input.answer.tickets, context) : { pass: true }
      case 'resumed':
      case 'abandoned':
        return { state: 'done', say: [], effects: [] }
    }
  },
}

/** Whoever comes in at another door is asked whether they want to go on with what they began. */
function reply(heard: Heard, tickets: readonly TicketView[], context: FlowContext): Step<State> {
  if (heard.intent !== 'greet') return welcome(heard, tickets, context)
  const begun = tickets.find((ticket) => begunElsewhere(ticket) !== undefined)
  return begun === undefined ? greet(heard, hello(context), context) : { state: 'done', say: [statement('small_talk.hello_again'), offer(begun)], effects: [] }
}

function hello({ settings }: FlowContext): Utterance {
  return question('small_talk.hello', { company: settings.company }, null, menu)
}

function greet({ ids }: Heard, say: Utterance, { ticket }: FlowContext): Step<State> {
  return { state: 'done', say: [say], effects: ticket === null ? [] : [{ do: 'attach', number: ticket, messages: ids }] }
}

/** Thanks by mail are not answered with another mail. */
function welcome(heard: Heard, tickets: readonly TicketView[], context: FlowContext): Step<State> {
  const quiet = context.abilities.questions === 'all_at_once'
  const ticket = nodded(heard, tickets, context)
  return { state: 'done', say: quiet ? [] : [statement('small_talk.welcome')], effects: ticket === null ? [] : acknowledgedBy(ticket, heard) }
}
