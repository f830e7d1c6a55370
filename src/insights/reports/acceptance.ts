// The report on work offers: how many engineers took, gave back or let go by, and why.
import type { Core } from '../../core.ts'
import { workOrderStream } from '../../dispatch/index.ts'
import type { Entry } from '../../journal/index.ts'
import { pagesOf } from '../pages.ts'
import { isOfProduct, type Period } from './facts.ts'
import { rowsOf, shareRow, type Report } from './report.ts'
import { shareOf } from './statistics.ts'

interface WorkOffer {
  engineer: string
  at: string
  answer: 'accepted' | 'rejected' | 'timedOut'
  reason: string | null
}

export const acceptance: Report = {
  name: 'acceptance',
  definition:
    'Offers of visits accepted by their engineer, of all offers that were accepted, rejected or timed out; offers taken back before an answer, and those still open, are not counted. Counted in the period in which the work order was opened.',
  by: ['engineer', 'month', 'all'],
  async rows(core, period, by) {
    const groups = new Map<string, WorkOffer[]>()
    for await (const offer of offersIn(core, period)) {
      const group = by === 'engineer' ? offer.engineer : by === 'month' ? offer.at.slice(0, 7) : 'all'
      groups.set(group, [...(groups.get(group) ?? []), offer])
    }
    return rowsOf(by, groups, (offers) => {
      const count = (answer: WorkOffer['answer']): number => offers.filter((offer) => offer.answer === answer).length
      return {
        ...shareRow(shareOf(count('accepted'), offers.length), { n: 'offers', hits: 'accepted', share: 'rate' }),
        rejected: count('rejected'),
        timedOut: count('timedOut'),
        reasons: reasonsOf(offers),
      }
    })
  },
}

async function* offersIn(core: Core, { from, until, product }: Period): AsyncGenerator<WorkOffer> {
  for await (const page of pagesOf(core.collections.workOrders, { createdAt: { $gte: from, $lt: until } }, 'createdAt')) {
    const counts = await isOfProduct(
      core,
      page.map(({ ticket }) => ticket),
      product,
    )
    for (const { _id, ticket } of page) if (counts(ticket)) yield* offersOf(_id, await core.journal.entries('work_order', _id))
  }
}

/** Read off the history of a work order. Pure. */
export function offersOf(id: string, entries: readonly Entry[]): WorkOffer[] {
  const offers: WorkOffer[] = []
  let order = workOrderStream.begin(id)
  for (const { events, at, actor } of entries)
    for (const event of events) {
      const engineer = order.engineerName ?? order.engineer
      if (order.offer !== null && engineer !== null) {
        if (event.type === 'work_order.status_changed' && event.to === 'accepted') offers.push({ engineer, at, answer: 'accepted', reason: null })
        // Nobody but the clock gives back for somebody else.
        if (event.type === 'appointment.rejected')
          offers.push({ engineer, at, answer: actor.kind === 'clock' ? 'timedOut' : 'rejected', reason: actor.kind === 'clock' ? null : event.reason })
      }
      order = workOrderStream.apply(order, event, at, actor)
    }
  return offers
}

/** "too far away (2), ill (1)", the most frequent first; null where none was given. */
function reasonsOf(offers: readonly WorkOffer[]): string | null {
  const counts = new Map<string, number>()
  for (const { reason } of offers) if (reason !== null) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  const named = [...counts].toSorted(([one, a], [other, b]) => b - a || one.localeCompare(other, 'en')).map(([reason, count]) => `${reason} (${count})`)
  return named.length === 0 ? null : named.join(', ')
}
