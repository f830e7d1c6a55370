// The report on quotes: what customers made of them.
import type { QuoteState, QuoteVersion } from '../../quotes/index.ts'
import { groupOf, rowsOf, shareRow, type Report } from './report.ts'
import { factsOf } from './facts.ts'
import { shareOf } from './statistics.ts'

export const quoteAnswers: Report = {
  name: 'quotes',
  definition:
    'Quotes approved, of all that were approved, declined or expired; each repair reported in the period counts with the last version that was sent. Those still with the customer, and those withdrawn, are counted apart.',
  by: ['all', 'product', 'agent', 'channel', 'month'],
  async rows(core, period, by) {
    const groups = new Map<string, QuoteVersion[]>()
    for await (const facts of factsOf(core, period)) {
      const quotes = await core.collections.quotes.find({ ticket: { $in: facts.map(({ ticket }) => ticket._id) } })
      const byTicket = new Map(quotes.map((each) => [each.ticket, each]))
      for (const fact of facts) {
        const group = groupOf(fact, by)
        const sent = byTicket.get(fact.ticket._id)?.versions.findLast(({ sentAt }) => sentAt !== null)
        if (group !== null && sent !== undefined) groups.set(group, [...(groups.get(group) ?? []), sent])
      }
    }
    return rowsOf(by, groups, (sent) => {
      const count = (state: QuoteState): number => sent.filter((version) => version.state === state).length
      const [approved, declined, expired] = [count('approved'), count('declined'), count('expired')]
      return {
        ...shareRow(shareOf(approved, approved + declined + expired), { n: 'decided', hits: 'approved', share: 'rate' }),
        declined,
        expired,
        waiting: count('sent'),
        withdrawn: count('withdrawn'),
      }
    })
  },
}
