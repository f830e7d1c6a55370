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
