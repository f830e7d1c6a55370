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
  next(_state, input, { abilities, settings, ticket, args }) {
    if (input.kind !== 'messages') return { state: 'done', say: [], effects: [] }
    const { intent, ids } = hear(input.messages)
    const effects = ticket === null ? [] : [{ do: 'attach', number: ticket, messages: ids } as const]
    if (intent === 'greet') {
      // Beside an open question the menu would hide what is asked.
      const say = args['beside'] === undefined ? question('small_talk.hello', { company: settings.company }, null, menu) : statement('small_talk.hello_again')
      return { state: 'done', say: [say], effects: [] }
    }
    // Thanks by mail are not answered with another mail.
    const quiet = abilities.questions === 'all_at_once'
    return { state: 'done', say: quiet ? [] : [statement('small_talk.welcome')], effects }
  },
}
