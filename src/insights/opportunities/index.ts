// Opportunities: what goes to sales.
import { timestamp, type Timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { findAskedFor, findFailing, findLoved, findWorn } from './find.ts'
import { sendOffers } from './offer.ts'
import { raiseOpportunity } from './raise.ts'

export { judgeOpportunity } from './judge.ts'
export { answerOffer } from './offer.ts'
export { offerAnswers, opportunitiesCollection, opportunityKinds, opportunityStream, type Opportunity, type OpportunityEvent } from './opportunity.ts'

/** Looks at what came since, and with `archive` at every installed part; then offers what is to be offered. Repeated, it finds its work done. */
export async function evaluateOpportunities(core: Core, from: Timestamp, until: number, archive: boolean): Promise<void> {
  const since = { from, until: timestamp(until) }
  const finders = [findFailing(core, since), findAskedFor(core, since), findLoved(core, since), ...(archive ? [findWorn(core, until)] : [])]
  for (const finder of finders) for await (const found of finder) await raiseOpportunity(core, found)
  await sendOffers(core)
}
