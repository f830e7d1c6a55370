// The bot as intake sees it: one turn in, one decision out, nothing changed.
import { AutoSaveStateMiddleware } from 'botbuilder'
import type { Flows } from '../flow.ts'
import { activityOf, referenceOf, saidOf } from './activities.ts'
import { CollectingAdapter } from './adapter.ts'
import { MendlineBot } from './bot.ts'
import { openTurnState } from './state.ts'
import type { Texts } from './texts.ts'
import type { Bot, TurnInput, TurnResult } from './turn.ts'

export { startMemory } from './memory.ts'
export { loadTexts, type Texts } from './texts.ts'
export type { Bot, BotMemory, Said, Trigger, TurnInput, TurnResult } from './turn.ts'

/** Every turn has an adapter, a state and a bot of its own, so that turns of several conversations may run at once. */
export function createBot({ texts, flows }: { texts: Texts; flows: Flows }): Bot {
  return {
    async turn(input: TurnInput): Promise<TurnResult> {
      const state = openTurnState(input.memory)
      const bot = new MendlineBot(input, { flows, texts, memory: state.memory })
      const adapter = new CollectingAdapter()
      adapter.use(new AutoSaveStateMiddleware(state.conversation))
      if (input.trigger.kind === 'messages') await adapter.receive(activityOf(input.trigger.messages, input), (context) => bot.run(context))
      else await adapter.continueConversation(referenceOf(input), (context) => bot.run(context))
      return { memory: state.saved(), language: bot.language, say: adapter.sent.flatMap(saidOf), effects: structuredClone([...bot.effects]) }
    },
  }
}
