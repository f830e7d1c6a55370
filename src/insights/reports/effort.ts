// Reports on how much work it was: messages and touches for each repair, and how much went without anybody's hand.
import type { Core } from '../../core.ts'
import type { RepairFact } from './facts.ts'
import { groupOf, rounded, type Grouping, type Row } from './report.ts'
import { mean, quantile } from './statistics.ts'

/** Touches no further apart belong to one sitting. */
const sittingMs = 10 * 60_000
/** Nobody looks at a ticket for less. */
const shortestMs = 60_000

interface Effort {
  touches: number
  minutes: number
  messages: number
  /** From the first word to the survey without a touch. */
  untouched: boolean
  over: boolean
}

export const effortReport = {
  name: 'effort',
  definition:
    'Touches (acts and messages of staff) and messages for each repair reported; repairs that are over and were touched by nobody, of all that are over; minutes of staff from the times of their touches, those no more than ten minutes apart as one sitting of at least one minute.',
  by: ['all', 'product', 'channel', 'agent', 'month'],
} as const

export async function effortRows(core: Core, facts: AsyncIterable<RepairFact[]>, by: Grouping): Promise<Row[]> {
  const groups = new Map<string, Effort[]>()
  for await (const page of facts)
    for (const fact of page) {
      const group = groupOf(fact, by)
      if (group !== null) groups.set(group, [...(groups.get(group) ?? []), await effortOf(core, fact)])
    }
  return [...groups].map(([group, efforts]) => {
    const over = efforts.filter((effort) => effort.over)
    return {
      [by]: group,
      repairs: efforts.length,
      touchesPerRepair: rounded(mean(efforts.map(({ touches }) => touches)), 2),
      messagesPerRepair: rounded(mean(efforts.map(({ messages }) => messages)), 2),
      over: over.length,
      untouched: over.filter(({ untouched }) => untouched).length,
      untouchedShare: rounded(mean(over.map(({ untouched }) => Number(untouched))), 4),
      medianMinutes: rounded(
        quantile(
          efforts.map(({ minutes }) => minutes),
          0.5,
        ),
        1,
      ),
    }
  })
}

async function effortOf(core: Core, { ticket, fixedFirst }: RepairFact): Promise<Effort> {
  const [entries, messages] = await Promise.all([
    core.journal.entries('ticket', ticket._id),
    core.collections.messages.find({ ticket: ticket._id }, { sort: { createdAt: 1 } }),
  ])
  const acts = entries.filter(({ actor }) => actor.kind === 'agent' || actor.kind === 'api').map(({ at }) => Date.parse(at))
  const words = messages.filter((message) => message.direction === 'outbound' && message.cause === 'agent').map(({ createdAt }) => Date.parse(createdAt))
  const touches = [...acts, ...words].toSorted((a, b) => a - b)
  return {
    touches: touches.length,
    minutes: sittings(touches) / 60_000,
    messages: messages.length,
    untouched: touches.length === 0,
    over: fixedFirst !== null,
  }
}

function sittings(touches: readonly number[]): number {
  let total = 0
  let began: number | undefined
  for (const [index, at] of touches.entries()) {
    began ??= at
    const next = touches[index + 1]
    if (next !== undefined && next - at <= sittingMs) continue
    total += Math.max(shortestMs, at - began)
    began = undefined
  }
  return total
}
