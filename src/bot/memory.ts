// What a bot remembers of a conversation before the first word.
import type { BotMemory } from './turn.ts'

export function startMemory(): BotMemory {
  return {
    language: null,
    flows: [],
    waiting: [],
    asked: [],
    askedAt: null,
    lastInboundAt: null,
    ticket: null,
    misunderstandings: 0,
  }
}

/** Wherever the memory names the one ticket, flows under way and questions that wait included, it names the other. */
export function renameTicket(memory: BotMemory, from: string, into: string): BotMemory {
  const renamed: BotMemory = JSON.parse(JSON.stringify(memory), (_, value: unknown) => (value === from ? into : value))
  return renamed
}
