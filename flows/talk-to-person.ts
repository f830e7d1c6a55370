// Hands the conversation to a person, with what is known so far.
import { z } from 'zod'
import type { Effect, Flow, FlowContext } from '../src/flow.ts'
import { hear, type Heard } from './heard.ts'
import { takesOver } from './hand-over.ts'
import { openTicket } from './repair/open.ts'
import { acknowledgement } from './say.ts'

const stateSchema = z.object({})
type State = z.infer<typeof stateSchema>

export const talkToPerson: Flow<State> = {
  name: 'talk-to-person',
  version: 1,
  parseState: (stored) => stateSchema.parse(stored),
  start: () => ({ state: {}, say: [], effects: [] }),
  next(_state, input, context) {
    if (input.kind !== 'messages') return { state: 'done', say: [], effects: [] }
    const heard = hear(input.messages)
    const { ticket, say, effects } = about(heard, context)
    const reason = context.args['reason'] === 'not_understood' ? 'not_understood' : 'asked'
    return {
      state: 'done',
      say: [...say, takesOver(context.args['reason'] === 'complaint' ? 'complaint' : reason, ticket, context)],
      effects: [...effects, { do: 'hand_over', reason, ...(ticket === null ? {} : { ticket }) }],
    }
  },
}

/** The ticket spoken of; words of trouble that have none yet open one, so that nothing said is lost. */
function about(heard: Heard, context: FlowContext) {
  const attach = (number: string): Effect[] => [{ do: 'attach', number, messages: heard.ids }]
  if (context.ticket !== null) return { ticket: context.ticket, say: [], effects: attach(context.ticket) }
  if (heard.entities.symptom === undefined && heard.files.length === 0) return { ticket: null, say: [], effects: [] }
  const number = context.ticketNumber
  return { ticket: number, say: [acknowledgement('report.opened', { number }, number)], effects: openTicket(heard, context).effects }
}
