// The Bot Framework bot: each kind of activity is led to the dialogue, and what the dialogue wants said is sent as one activity.
import { ActivityHandler } from 'botbuilder'
import type { StatePropertyAccessor, TurnContext } from 'botbuilder'
import type { Effect, Flows } from '../flow.ts'
import type { Language } from '../message.ts'
import { messagesOf, sayActivity } from './activities.ts'
import { Dialogue } from './dialogue.ts'
import { chooseLanguage, hearMessage } from './hearing.ts'
import { startMemory } from './memory.ts'
import { compose } from './say.ts'
import type { Texts } from './texts.ts'
import type { BotMemory, TurnInput } from './turn.ts'

/** One for each turn, since it keeps what the turn decided. */
export class MendlineBot extends ActivityHandler {
  language: Language = 'en'
  effects: readonly Effect[] = []

  constructor(input: TurnInput, memory: StatePropertyAccessor<BotMemory>, flows: Flows, texts: Texts) {
    super()

    this.onMessage(async (context, next) => {
      const messages = messagesOf(context.activity)
      const remembered = await memory.get(context, startMemory())
      const heard = messages.map((message) => hearMessage(message, remembered, input.settings))
      await this.#turn(context, chooseLanguage(heard, remembered, context.activity.locale), (dialogue) => dialogue.hear(heard))
      await next()
    })

    this.onEvent(async (context, next) => {
      const remembered = await memory.get(context, startMemory())
      await this.#turn(context, remembered.language ?? 'en', (dialogue) => proactive(dialogue, input))
      await next()
    })

    this.#turn = async (context, language, act) => {
      const remembered = await memory.get(context, startMemory())
      const { now, customer, abilities, settings, freshTicketNumber } = input
      const dialogue = new Dialogue({
        flows,
        memory: { ...remembered, language: input.trigger.kind === 'messages' ? language : remembered.language },
        context: { now, language, customer, abilities, settings, ticketNumber: freshTicketNumber },
        answer: (query) => input.answer(query),
      })
      await act(dialogue)
      const cause = input.trigger.kind === 'messages' ? 'answer' : 'news'
      const said = compose(dialogue.say, language, cause, texts)
      for (const one of said) await context.sendActivity(sayActivity(one))
      await memory.set(context, { ...dialogue.memory, asked: dialogue.asked(said.flatMap(({ choices }) => choices)) })
      this.language = language
      this.effects = dialogue.effects.map((effect) => nameUntitled(effect, language, texts))
    }
  }

  #turn: (context: TurnContext, language: Language, act: (dialogue: Dialogue) => Promise<void>) => Promise<void>
}

async function proactive(dialogue: Dialogue, { trigger }: TurnInput): Promise<void> {
  switch (trigger.kind) {
    case 'news':
      return dialogue.tell(trigger.say)
    case 'question':
      return dialogue.ask(trigger.question)
    case 'wake':
      return trigger.wake === 'questions' ? dialogue.askWaiting() : dialogue.abandon()
    case 'messages':
      throw new Error('messages are no event')
  }
}

/** A ticket whose customer said nothing that could name it gets a name in their language. */
function nameUntitled(effect: Effect, language: Language, texts: Texts): Effect {
  const untitled = (effect.do === 'open_ticket' || effect.do === 'fill_ticket') && effect.subject === '@ticket.untitled'
  return untitled ? { ...effect, subject: texts.render(language, 'ticket.untitled') } : effect
}
