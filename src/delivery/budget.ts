// The budget of automatic answers: two desks that answer each other fall silent, and a person is told. News waits for it and is merged.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Company } from '../company.ts'
import type { ContactPoint } from '../customers/index.ts'
import type { OutboundMessage } from '../message.ts'

const minute = 60_000
const day = 86_400_000

export type BudgetVerdict =
  | { kind: 'free' }
  /** Spend one of the sender's answers, then send. */
  | { kind: 'spend' }
  /** An answer over the limit is not sent. */
  | { kind: 'exhausted'; reason: string }
  /** News waits until then. */
  | { kind: 'wait'; until: Timestamp }

/** Pure: what the budget of the message's contact point says to it now. */
export function checkBudget(
  message: Pick<OutboundMessage, 'cause' | 'acknowledgement' | 'conversation'>,
  point: ContactPoint,
  limits: Company['mailBudget'],
  now: number,
): BudgetVerdict {
  if (message.cause === 'agent') return { kind: 'free' }
  const until = exhaustedUntil(point.answers, limits, now)
  if (message.cause === 'news') return until === undefined ? { kind: 'free' } : { kind: 'wait', until }
  if (until !== undefined) return { kind: 'exhausted', reason: 'automatic answers to this sender are used up' }
  const acknowledged = point.acknowledged.find((each) => each.conversation === message.conversation)
  if (message.acknowledgement && acknowledged !== undefined && acknowledged.at > timestamp(now - day))
    return { kind: 'exhausted', reason: 'this conversation was acknowledged within a day' }
  return { kind: 'spend' }
}

/** When the sender's next answer is free, if none is now. */
export function exhaustedUntil(answers: readonly Timestamp[], limits: Company['mailBudget'], now: number): Timestamp | undefined {
  const windows = [
    { length: 10 * minute, limit: limits.perSender10m },
    { length: day, limit: limits.perSender24h },
  ]
  const ends = windows.flatMap(({ length, limit }) => {
    const inside = answers.filter((at) => at > timestamp(now - length))
    const oldest = inside.at(-limit)
    return oldest === undefined ? [] : [Date.parse(oldest) + length + 1]
  })
  return ends.length === 0 ? undefined : timestamp(Math.max(...ends))
}
