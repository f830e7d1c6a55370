// Bot Framework's conversation state over the memory of one turn: reading gives what intake loaded, writing only keeps it for the commit.
import { ConversationState } from 'botbuilder'
import type { StatePropertyAccessor, Storage, StoreItems } from 'botbuilder'
import type { BotMemory } from './turn.ts'

/**
 * The SDK writes with ETag `*`, so two turns at once would both win; here nothing is written until the journal's
 * unique index has decided which turn counts.
 */
export interface TurnState {
  conversation: ConversationState
  memory: StatePropertyAccessor<BotMemory>
  /** What is to be remembered once the turn is committed. */
  saved(): BotMemory
}

export function openTurnState(before: BotMemory): TurnState {
  let kept = before
  const storage: Storage = {
    async read(keys: string[]): Promise<StoreItems> {
      return Object.fromEntries(keys.map((key) => [key, { memory: structuredClone(before) }]))
    },
    async write(changes: StoreItems): Promise<void> {
      for (const change of Object.values(changes)) kept = change.memory
    },
    async delete(): Promise<void> {
      throw new Error('a conversation is not forgotten by its bot; see erasure')
    },
  }
  const conversation = new ConversationState(storage)
  return { conversation, memory: conversation.createProperty<BotMemory>('memory'), saved: () => structuredClone(kept) }
}
