// What somebody makes of an opportunity: it is seen to, or it is none. What is dismissed before it was offered is not offered.
import type { Doing } from '../../assets/index.ts'
import type { Core } from '../../core.ts'
import { edit } from '../../journal/index.ts'
import type { Verdict } from '../signals/index.ts'
import { opportunityStream, type Opportunity } from './opportunity.ts'

export function judgeOpportunity(core: Core, id: string, verdict: Verdict, reason: string | null, doing: Doing) {
  return edit<Opportunity>(core.journal, opportunityStream, id, {
    ...doing,
    act: ({ judged }) => (judged?.verdict === verdict && judged.reason === reason ? undefined : { events: [{ type: 'opportunity.judged', verdict, reason }] }),
  })
}
