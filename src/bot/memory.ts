// What a bot remembers of a conversation before the first word.
import type { BotMemory, OpenFlow, SpokenOf } from './turn.ts'

export function startMemory(): BotMemory {
  return {
    language: null,
    flows: [],
    waiting: [],
    asked: [],
    askedAt: null,
    lastInboundAt: null,
    ticket: null,
    spoken: [],
    misunderstandings: 0,
  }
}

/** More than anybody has in mind at once. */
const spokenKept = 10

/** The ticket is what is talked about now. */
export function speakOf(memory: BotMemory, spoken: SpokenOf): BotMemory {
  // Remembered before a deploy, the list may be missing.
  const before = { ...startMemory(), ...memory }.spoken.filter(({ ticket }) => ticket !== spoken.ticket)
  return { ...memory, ticket: spoken.ticket, spoken: [...before, spoken].slice(-spokenKept) }
}

/** What is under way about the ticket. A flow's state that holds its number as `ticket` is about it. */
export function flowAbout({ flows }: BotMemory, ticket: string): OpenFlow | undefined {
  return flows.findLast(({ state }) => typeof state === 'object' && state !== null && 'ticket' in state && state.ticket === ticket)
}

/** Wherever the memory names the one ticket, flows under way and questions that wait included, it names the other. */
export function renameTicket(memory: BotMemory, from: string, into: string): BotMemory {
  const renamed: BotMemory = JSON.parse(JSON.stringify(memory), (_, value: unknown) => (value === from ? into : value))
  return renamed
}
