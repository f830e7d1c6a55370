// REST: opportunities for sales, and what somebody makes of them.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { pageOf } from '../../desk/index.ts'
import { judgeOpportunity, opportunityKinds } from '../../insights/opportunities/index.ts'
import type { Verdict } from '../../insights/signals/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { opportunityView, viewOpportunity } from '../insight-views.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { problem } from '../problem.ts'
import { byId, text } from './inputs.ts'
import { doingOf, refusedRecord, withVersion } from './record-replies.ts'

const theOpportunity = { status: 200, description: 'The opportunity as it is now; its version is the ETag', view: opportunityView }
const unknown = 'There is no opportunity with this id.'
const stale = 'It has changed since the version in If-Match.'

export function opportunityEndpoints(core: Core): Endpoint[] {
  const { opportunities } = core.collections
  const judgement = (path: string, verdict: Verdict, summary: string, reason: z.ZodType<string | null>): Endpoint =>
    endpoint(core, {
      method: 'POST',
      path: `/opportunities/{id}/${path}`,
      summary,
      takes: z.object({ params: byId, body: z.strictObject({ reason }) }),
      answers: theOpportunity,
      refuses: { 404: unknown, 412: stale },
      async handle({ params: { id }, body }, deed) {
        const result = await judgeOpportunity(core, id, verdict, body.reason, doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken: stale }) : withVersion(viewOpportunity(result.state))
      },
    })
  return [
    endpoint(core, {
      method: 'GET',
      path: '/opportunities',
      summary: 'Reasons to speak with a customer about more than the repair in hand, the latest first',
      takes: z.object({
        query: listQuery({
          kind: z.enum(opportunityKinds).optional(),
          customer: text(200).optional(),
          asset: text(200).optional(),
          product: text(200).optional(),
        }),
      }),
      answers: { status: 200, description: 'A page of opportunities', view: pageOfViews(opportunityView) },
      handle: async ({ query: { limit, cursor, ...filter } }) => ({
        view: viewPage(await pageOf(opportunities, filter, 'createdAt', { limit, cursor }), viewOpportunity),
      }),
    }),
    endpoint(core, {
      method: 'GET',
      path: '/opportunities/{id}',
      summary: 'One opportunity',
      takes: z.object({ params: byId }),
      answers: theOpportunity,
      refuses: { 404: unknown },
      async handle({ params: { id } }) {
        const opportunity = await opportunities.get(id)
        return opportunity === undefined ? problem(404, 'Not found', unknown) : withVersion(viewOpportunity(opportunity))
      },
    }),
    judgement('acknowledge', 'acknowledged', 'Say that somebody sees to it', text(1000).nullable().default(null)),
    judgement('dismiss', 'dismissed', 'Say that it is no matter, and why; what was not offered yet is not offered', text(1000)),
  ]
}
