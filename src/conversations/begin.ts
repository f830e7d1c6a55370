// Begins a conversation from our side, with somebody who may never have written there.
import type { Core } from '../core.ts'
import { conversationId, type Language, type Place } from '../message.ts'
import { conversationStream } from './conversation.ts'

/** Answers its id; one that is there already stays as it is. */
export async function beginConversation(core: Core, place: Place, customer: string, language: Language): Promise<string> {
  const id = conversationId(place)
  await core.journal.change(conversationStream, id, {
    key: `begin/${id}`,
    decide: ({ place: known }) =>
      known !== null
        ? { kind: 'nothing' }
        : { kind: 'entry', actor: { kind: 'system', id: null }, events: [{ type: 'conversation.began', place, customer, language }], effects: [] },
  })
  return id
}
