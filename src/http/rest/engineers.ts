// REST: engineers. Those of mendline.yaml are shown here and changed there.
import { z } from 'zod'
import type { HttpReply } from '../../channel.ts'
import type { Core } from '../../core.ts'
import { pageOf } from '../../desk/index.ts'
import {
  addEngineer,
  changeEngineer,
  engineerId,
  explainEngineer,
  profileChanges,
  profileShape,
  viewEngineer,
  type Engineer,
  type EngineerRefusal,
} from '../../dispatch/index.ts'
import type { Changed } from '../../journal/index.ts'
import { engineerView } from '../dispatch-views.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage, yesOrNo } from '../list.ts'
import { problem } from '../problem.ts'
import { byId } from './inputs.ts'
import { withVersion } from './record-replies.ts'

const newEngineer = z.strictObject({ id: engineerId, ...profileShape })
const theEngineer = { status: 200, description: 'The engineer as they are now; their version is the ETag', view: engineerView }
const none = 'There is no engineer with this id.'

export function engineerEndpoints(core: Core): Endpoint[] {
  const { engineers } = core.collections
  return [
    endpoint(core, {
      method: 'GET',
      path: '/engineers',
      summary: 'Engineers, newest first',
      takes: z.object({ query: listQuery({ active: yesOrNo.optional() }) }),
      answers: { status: 200, description: 'A page of engineers', view: pageOfViews(engineerView) },
      async handle({ query: { limit, cursor, ...filter } }) {
        return { view: viewPage(await pageOf(engineers, filter, 'createdAt', { limit, cursor }), viewEngineer) }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/engineers',
      summary: 'Add an engineer',
      takes: z.object({ body: newEngineer }),
      answers: { ...theEngineer, status: 201 },
      refuses: { 409: "The id, the phone or the Slack user is another's." },
      async handle({ body: { id, ...profile } }, deed) {
        const reply = shown(await addEngineer(core, id, profile, deed))
        return 'view' in reply && 'headers' in reply ? { ...reply, headers: { ...reply.headers, location: `/api/v1/engineers/${id}` } } : reply
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/engineers/{id}',
      summary: 'One engineer',
      takes: z.object({ params: byId }),
      answers: theEngineer,
      refuses: { 404: none },
      async handle({ params: { id } }) {
        const engineer = await engineers.get(id)
        return engineer === undefined ? problem(404, 'Not found', none) : show(engineer)
      },
    }),
    endpoint(core, {
      method: 'PATCH',
      path: '/engineers/{id}',
      summary: 'Change an engineer; with active false they have left and get no more work',
      takes: z.object({ params: byId, body: profileChanges }),
      answers: theEngineer,
      refuses: {
        404: none,
        409: "They are set in mendline.yaml, or the phone or Slack user is another's.",
        412: 'They have changed since the version in If-Match.',
      },
      handle: async ({ params: { id }, body }, deed) => shown(await changeEngineer(core, id, body, deed)),
    }),
  ]
}

function show(engineer: Engineer) {
  return withVersion(viewEngineer(engineer))
}

function shown(result: Changed<Engineer, EngineerRefusal>) {
  return result.kind === 'refused' ? refused(result.refusal) : show(result.state)
}

function refused(refusal: EngineerRefusal): HttpReply {
  const why = explainEngineer(refusal)
  if (refusal.kind === 'unknown') return problem(404, 'Not found', why)
  return refusal.kind === 'stale' ? problem(412, 'Precondition failed', why) : problem(409, 'Conflict', why)
}
