// Lets the model, where one is set up, read messages before their turn. What it made of them is stored, so that a turn tried again reads the same.
import type { Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import type { InboundMessage } from '../message.ts'
import { nothingRead } from '../understanding/model/index.ts'

/** Shorter words are answers: the rules know what was asked. */
const shortest = 12

export async function readWithModel(core: Core, state: Conversation, burst: readonly InboundMessage[]): Promise<readonly InboundMessage[]> {
  const { model } = core
  // Nobody reads for a bot that is silent.
  if (model === undefined || state.controlOwner === 'agent') return burst
  return Promise.all(
    burst.map(async (message) => {
      if (message.reading !== undefined || message.choice !== undefined || message.author === 'machine' || message.text.trim().length < shortest) return message
      const products = core.company().flow.products.map(({ name }) => name)
      const reading = (await model.read([message.subject ?? '', message.text].join('\n').trim(), products)) ?? nothingRead
      await core.collections.messages.update(message._id, { $set: { reading } })
      return { ...message, reading }
    }),
  )
}
