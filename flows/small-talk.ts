// Thanks and greetings: a word back, no ticket, no alarm.
import { z } from 'zod'
import type { Flow } from '../src/flow.ts'
import { hear } from './heard.ts'
import { menu, question, statement } from './say.ts'

const stateSchema = z.object({})
type State = z.infer<typeof stateSchema>

export const smallTalk: Flow<State> = {
  name: 'small-talk',
  version: 1,
  parseState: (stored) => stateSchema.parse(stored),
  start: () => ({ state: {}, say: [], effects: [] }),
  next(_state, input, { abilities, settings, ticket }) {
    if (input.kind !== 'messages') return { state: 'done', say: [], effects: [] }
    const { intent, ids } = hear(input.messages)
    const effects = ticket === null ? [] : [{ do: 'attach', number: ticket, messages: ids } as const]
    if (intent === 'greet') return { state: 'done', say: [question('small_talk.hello', { company: settings.company }, null, menu)], effects: [] }
    // Thanks by mail are not answered with another mail.
    const quiet = abilities.questions === 'all_at_once'
    return { state: 'done', say: quiet ? [] : [statement('small_talk.welcome')], effects }
  },
}
