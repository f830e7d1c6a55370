// REST: quality signals, and what somebody makes of them.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { pageOf } from '../../desk/index.ts'
import { judgeSignal, signalKinds, signalStates, type Verdict } from '../../insights/signals/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { signalView, viewSignal } from '../insight-views.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { problem } from '../problem.ts'
import { byId, text } from './inputs.ts'
import { doingOf, refusedRecord, withVersion } from './record-replies.ts'

const theSignal = { status: 200, description: 'The signal as it is now; its version is the ETag', view: signalView }
const unknown = 'There is no quality signal with this id.'
const stale = 'It has changed since the version in If-Match.'

export function qualitySignalEndpoints(core: Core): Endpoint[] {
  const { qualitySignals } = core.collections
  const judgement = (path: string, verdict: Verdict, summary: string, reason: z.ZodType<string | null>): Endpoint =>
    endpoint(core, {
      method: 'POST',
      path: `/quality-signals/{id}/${path}`,
      summary,
      takes: z.object({ params: byId, body: z.strictObject({ reason }) }),
      answers: theSignal,
      refuses: { 404: unknown, 412: stale },
      async handle({ params: { id }, body }, deed) {
        const result = await judgeSignal(core, id, verdict, body.reason, doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken: stale }) : withVersion(viewSignal(result.state))
      },
    })
  return [
    endpoint(core, {
      method: 'GET',
      path: '/quality-signals',
      summary: 'Products that have got worse beyond chance, the latest first',
      takes: z.object({
        query: listQuery({ state: z.enum(signalStates).optional(), kind: z.enum(signalKinds).optional(), product: text(200).optional() }),
      }),
      answers: { status: 200, description: 'A page of quality signals', view: pageOfViews(signalView) },
      handle: async ({ query: { limit, cursor, ...filter } }) => ({
        view: viewPage(await pageOf(qualitySignals, filter, 'createdAt', { limit, cursor }), viewSignal),
      }),
    }),
    endpoint(core, {
      method: 'GET',
      path: '/quality-signals/{id}',
      summary: 'One quality signal',
      takes: z.object({ params: byId }),
      answers: theSignal,
      refuses: { 404: unknown },
      async handle({ params: { id } }) {
        const signal = await qualitySignals.get(id)
        return signal === undefined ? problem(404, 'Not found', unknown) : withVersion(viewSignal(signal))
      },
    }),
    judgement('acknowledge', 'acknowledged', 'Say that somebody sees to it', text(1000).nullable().default(null)),
    judgement('dismiss', 'dismissed', 'Say that it is no matter, and why; it is raised again only when it worsens further', text(1000)),
  ]
}
