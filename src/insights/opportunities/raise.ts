// Raises what was found, once: not again for the same of the same customer before the set time is over, and never after a no.
import { timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { digest } from '../../message.ts'
import { opportunityStream, type Opportunity, type RaisedOpportunity } from './opportunity.ts'

export type Found = Omit<RaisedOpportunity, 'offer'>

export async function raiseOpportunity(core: Core, found: Found): Promise<void> {
  const { every, offers } = core.company().insights.opportunities
  const before = await core.collections.opportunities.find({ scope: found.scope })
  const since = timestamp(core.clock.now() - every)
  if (before.some(({ createdAt, answered }) => createdAt > since || answered?.answer === 'no')) return
  // Two who find it at once count the same ones before it.
  const id = `op_${digest('opportunity', found.scope, String(before.length))}`
  await core.journal.change<Opportunity>(opportunityStream, id, {
    key: `opportunity/${id}`,
    decide: ({ n }) =>
      n > 0
        ? { kind: 'nothing' }
        : {
            kind: 'entry',
            actor: { kind: 'clock', id: null },
            events: [{ type: 'opportunity.raised', opportunity: { ...found, offer: offers.some((kind) => kind === found.kind) } }],
            effects: [],
          },
  })
}
