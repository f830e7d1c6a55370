// What every listener of the desk works with: the desk, who acts and until when it counts, and how a result is told.
import type { AnyMiddlewareArgs, App, Context, Middleware } from '@slack/bolt'
import { explainRefusal, type Agent, type Deed, type Desk, type Refusal } from '../../../src/desk/index.ts'
import { deadlineOf } from '../deadline.ts'
import type { Agents } from './agents.ts'
import type { DeskContext } from './index.ts'
import { plainWhen, when, who } from './words.ts'

export interface Workplace {
  app: App
  desk: Desk
  agents: Agents
  slack: DeskContext
  /** Before every listener: only members of the desk's channels get further. */
  members: Middleware<AnyMiddlewareArgs>
}

/** One press of a button of the desk, wherever it was shown. */
export interface Press {
  ticket: string
  /** The other one, of an act on two. */
  other?: string
  agent: Agent
  trigger: string
  /** Unique to this press. */
  key: string
  deed: Deed
  ack(): Promise<void>
  /** For this agent only, beside the message; from the bot where there is none. */
  tell(text: string): Promise<void>
  /** Pressed on the ticket's own card, which shows what came of it. */
  onCard: boolean
}

export async function agentOf({ agents }: Workplace, user: string): Promise<Agent> {
  return { id: user, name: await agents.nameOf(user) }
}

/** `key` is unique for ever: of a press its time, of a modal its own. Nothing is committed once the agent has read that it was not done. */
export function deedOf(context: Context, user: string, key: string): Deed {
  return { actor: { kind: 'agent', id: user }, key: `slack/${key}`, mayCommit: () => deadlineOf(context).claim() }
}

type Outcome = { kind: 'refused'; refusal: Refusal } | { kind: string; refusal?: never }

/** Why it was refused, with mentions and times as Slack shows them; undefined when it was not, or when the agent has read of it already. */
export function whyNot({ refusal }: Outcome): string | undefined {
  return refusal === undefined || refusal.kind === 'too_late' ? undefined : explainRefusal(refusal, { when, who })
}

/** The same without markup, for an error at an input. */
export function plainWhyNot({ refusal }: Outcome): string | undefined {
  return refusal === undefined || refusal.kind === 'too_late' ? undefined : explainRefusal(refusal, { when: plainWhen, who: (_, name) => name })
}
