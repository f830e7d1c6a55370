// Whether people are at work for a conversation, and what somebody hears who writes to them when they are not.
import type { Said } from '../bot/turn.ts'
import { timestamp } from '../clock.ts'
import type { Conversation } from '../conversations/index.ts'
import type { Core } from '../core.ts'
import { hoursOf, peopleAt } from '../desk/team-hours.ts'
import type { People } from '../flow.ts'
import { isOpen, type Hours } from '../hours/index.ts'
import { sayWhen } from '../hours/say-when.ts'

/** By the hours of the ticket's team, else the company's. */
export async function peopleFor(core: Core, ticket: string | null): Promise<People> {
  return peopleAt(await hoursFor(core, ticket), core.clock.now())
}

async function hoursFor(core: Core, ticket: string | null): Promise<Hours | null> {
  return hoursOf(core.company(), ticket === null ? undefined : await core.collections.tickets.get(ticket))
}

/** For a conversation that a person has: that nobody is at work, once in a while, unless that person writes all the same. */
export async function awayText(core: Core, state: Conversation): Promise<Said | undefined> {
  const { agentTimeoutMs, awayEveryMs } = core.company()
  const now = core.clock.now()
  if (state.awayToldAt !== null && state.awayToldAt > timestamp(now - awayEveryMs)) return undefined
  const hours = await hoursFor(core, state.ticket)
  const people = peopleAt(hours, now)
  if (people.here) return undefined
  // An agent's time runs from their last word: one spoken after hours is somebody at work.
  const lastWord = state.agent === null || state.controlUntil === null ? undefined : Date.parse(state.controlUntil) - agentTimeoutMs
  if (lastWord !== undefined && !isOpen(hours, lastWord)) return undefined
  return people.backAt === null ? sentence(core, state, 'away') : sentence(core, state, 'away_until', { when: whenOf(core, state, people.backAt) })
}

/** The loop guard's words. */
export async function loopText(core: Core, state: Conversation): Promise<Said> {
  const people = await peopleFor(core, state.ticket)
  if (people.here) return sentence(core, state, 'handover.loop')
  return people.backAt === null ? sentence(core, state, 'away') : sentence(core, state, 'handover.loop_away', { when: whenOf(core, state, people.backAt) })
}

function whenOf(core: Core, { language }: Conversation, at: number): string {
  return sayWhen(at, language, core.company().flow.timeZone)
}

/** One that no flow says. */
export function sentence(core: Core, { language, ticket }: Conversation, text: string, values: Readonly<Record<string, string>> = {}): Said {
  return { text: core.render(language, text, values), choices: [], cause: 'answer', acknowledgement: false, ticket, utterances: [{ text, with: values }] }
}
