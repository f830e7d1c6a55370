// Reports on how much work it was: messages and touches for each repair, and how much went without anybody's hand.
import type { Core } from '../../core.ts'
import { factsOf, type RepairFact } from './facts.ts'
import { groupOf, rounded, type Report } from './report.ts'
import { mean, quantile, shareOf } from './statistics.ts'

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

export const effort: Report = {
  name: 'effort',
  definition:
    'Touches (acts and messages of staff) and messages for each repair reported; repairs touched by nobody from the first word to the survey, of all that are over, with the 95 % interval (Wilson); median minutes of staff of all repairs reported, from the times of their touches, those no more than ten minutes apart as one sitting of at least one minute.',
  by: ['all', 'product', 'channel', 'agent', 'month'],
  async rows(core, period, by) {
    const groups = new Map<string, Effort[]>()
    for await (const page of factsOf(core, period))
      for (const fact of page) {
        const group = groupOf(fact, by)
        if (group === null) continue
        const efforts = groups.get(group) ?? []
        groups.set(group, efforts)
        efforts.push(await effortOf(core, fact))
      }
    return [...groups].map(([group, efforts]) => {
      const over = efforts.filter((each) => each.over)
      const { hits, share, low, high } = shareOf(over.filter(({ untouched }) => untouched).length, over.length)
      return {
        [by]: group,
        repairs: efforts.length,
        touchesPerRepair: rounded(mean(efforts.map(({ touches }) => touches)), 2),
        messagesPerRepair: rounded(mean(efforts.map(({ messages }) => messages)), 2),
        over: over.length,
        untouched: hits,
        untouchedShare: rounded(share, 4),
        untouchedLow: rounded(low, 4),
        untouchedHigh: rounded(high, 4),
        medianMinutes: rounded(
          quantile(
            efforts.map(({ minutes }) => minutes),
            0.5,
          ),
          1,
        ),
      }
    })
  },
}

async function effortOf(core: Core, { ticket, fixedFirst, surveys }: RepairFact): Promise<Effort> {
  const [entries, messages] = await Promise.all([
    core.journal.entries('ticket', ticket._id),
    core.collections.messages.find({ ticket: ticket._id }, { sort: { createdAt: 1 } }),
  ])
  const acts = entries.filter(({ actor }) => actor.kind === 'agent' || actor.kind === 'api').map(({ at }) => Date.parse(at))
  const words = messages.filter((message) => message.direction === 'outbound' && message.cause === 'agent').map(({ createdAt }) => Date.parse(createdAt))
  const touches = [...acts, ...words].toSorted((a, b) => a - b)
  const asked = surveys.map(({ requestedAt }) => Date.parse(requestedAt)).toSorted((a, b) => a - b)[0] ?? Infinity
  return {
    touches: touches.length,
    minutes: sittings(touches) / 60_000,
    messages: messages.length,
    untouched: touches.every((at) => at > asked),
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
