// The messages of all conversations, and the one way a message gets its position.
import { defineCollection, type Collection } from '../storage/collection.ts'
import type { OutboundState, StoredMessage } from '../message.ts'

export const messagesCollection = defineCollection<StoredMessage>('messages', [
  { name: 'key', fields: ['key'], unique: true },
  { name: 'position', fields: ['conversation', 'seq'], unique: true },
  { name: 'waiting', fields: ['conversation', 'state', 'seq'] },
  { name: 'state', fields: ['direction', 'state', 'createdAt'] },
  { name: 'ticket', fields: ['ticket', 'createdAt'] },
  { name: 'provider', fields: ['providerId'] },
])

/** A message before it has its position in the conversation. */
export type Unplaced = StoredMessage extends infer M ? (M extends StoredMessage ? Omit<M, 'seq'> : never) : never

/**
 * Stores the message behind all others of its conversation, once: `duplicate` brings the one that is there.
 * Two writers who want the same position are told apart by the unique index; the slower one takes the next.
 */
export async function appendMessage(messages: Collection<StoredMessage>, message: Unplaced): Promise<{ kind: 'stored' | 'duplicate'; message: StoredMessage }> {
  const last = async (): Promise<number> => (await messages.find({ conversation: message.conversation }, { sort: { seq: -1 }, limit: 1 }))[0]?.seq ?? 0
  let seq = (await last()) + 1
  for (;;) {
    const stored: StoredMessage = { ...message, seq }
    if ((await messages.insert(stored)) === 'inserted') return { kind: 'stored', message: stored }
    const [[same], taken] = await Promise.all([messages.find({ key: message.key }, { limit: 1 }), last()])
    if (same !== undefined) return { kind: 'duplicate', message: same }
    seq = taken + 1
  }
}

/** States from which `to` is a step forward. */
export function statesBefore(to: OutboundState): OutboundState[] {
  const before: Record<OutboundState, OutboundState[]> = {
    queued: [],
    sending: ['queued'],
    sent: ['queued', 'sending'],
    delivered: ['queued', 'sending', 'sent'],
    read: ['queued', 'sending', 'sent', 'delivered'],
    failed: ['queued', 'sending', 'sent'],
    suppressed: ['queued'],
  }
  return before[to]
}
