// The Bot Framework bot: each kind of activity is led to the dialogue, and what the dialogue wants said is sent as one activity.
import { ActivityHandler } from 'botbuilder'
import type { StatePropertyAccessor, TurnContext } from 'botbuilder'
import type { CustomerView, Effect, Flows } from '../flow.ts'
import type { Language } from '../message.ts'
import { messagesOf, sayActivity } from './activities.ts'
import { Dialogue } from './dialogue.ts'
import { chooseLanguage, hearMessage } from './hearing.ts'
import { startMemory } from './memory.ts'
import { compose } from './say.ts'
import type { Texts } from './texts.ts'
import type { BotMemory, TurnInput } from './turn.ts'

export interface BotParts {
  flows: Flows
  texts: Texts
  memory: StatePropertyAccessor<BotMemory>
}

/** One for each turn, since it keeps what the turn decided. */
export class MendlineBot extends ActivityHandler {
  language: Language = 'en'
  effects: readonly Effect[] = []
  readonly #input: TurnInput
  readonly #parts: BotParts

  constructor(input: TurnInput, parts: BotParts) {
    super()
    this.#input = input
    this.#parts = parts

    // Remembered before a deploy, something may be missing.
    this.onMessage(async (context, next) => {
      const memory = { ...startMemory(), ...(await parts.memory.get(context, startMemory())) }
      const messages = messagesOf(context.activity).map((message) => hearMessage(message, memory, input.settings, input.about[message._id]))
      const language = chooseLanguage(messages, memory, context.activity.locale, input.settings)
      await this.#take(context, { ...memory, language }, language, (dialogue) => dialogue.hear(messages))
      await next()
    })

    this.onEvent(async (context, next) => {
      const memory = { ...startMemory(), ...(await parts.memory.get(context, startMemory())) }
      await this.#take(context, memory, memory.language ?? input.settings.language, (dialogue) => speakFirst(dialogue, input))
      await next()
    })
  }

  async #take(context: TurnContext, before: BotMemory, language: Language, act: (dialogue: Dialogue) => Promise<void>): Promise<void> {
    const { now, abilities, settings, people, engineer, freshTicketNumber, answer, trigger } = this.#input
    const { flows, texts, memory } = this.#parts
    const dialogue = new Dialogue({
      flows,
      memory: before,
      context: { now, language, customer: reachable(this.#input), abilities, settings, people, engineer, ticketNumber: freshTicketNumber },
      answer: (query) => answer(query),
    })
    await act(dialogue)
    const said = compose(dialogue.say, language, trigger.kind === 'messages' ? 'answer' : 'news', texts)
    for (const one of said) await context.sendActivity(sayActivity(one))
    await memory.set(context, { ...dialogue.memory, asked: dialogue.asked(said.flatMap(({ choices }) => choices)) })
    this.language = language
    this.effects = dialogue.effects.map((effect) => nameUntitled(effect, language, texts))
  }
}

async function speakFirst(dialogue: Dialogue, { trigger }: TurnInput): Promise<void> {
  switch (trigger.kind) {
    case 'news':
      return dialogue.tell(trigger.say)
    case 'question':
      return dialogue.ask(trigger.question)
    case 'moved':
      return dialogue.leave(trigger.ticket, trigger.say)
    case 'wake':
      return trigger.wake === 'questions' ? dialogue.askWaiting() : dialogue.abandon()
    case 'messages':
      throw new Error('messages come as a message activity')
  }
}

/** Who writes from a mail address or a phone number can be reached there. */
function reachable({ customer, place: { address } }: TurnInput): CustomerView {
  return {
    ...customer,
    email: customer.email ?? (/^\S+@\S+$/.test(address) ? address : null),
    phone: customer.phone ?? (/^\+\d{6,15}$/.test(address) ? address : null),
  }
}

/** A ticket whose customer said nothing that could name it gets a name in their language. */
function nameUntitled(effect: Effect, language: Language, texts: Texts): Effect {
  const untitled = (effect.do === 'open_ticket' || effect.do === 'fill_ticket') && effect.subject === '@ticket.untitled'
  return untitled ? { ...effect, subject: texts.render(language, 'ticket.untitled') } : effect
}
