// What routes about one work order answer.
import type { HttpReply } from '../../channel.ts'
import { explainWork, viewWorkOrder, type WorkOrder, type WorkRefusal } from '../../dispatch/index.ts'
import type { Changed } from '../../journal/index.ts'
import { workOrderView } from '../dispatch-views.ts'
import { problem } from '../problem.ts'
import { withVersion } from './record-replies.ts'

export const theWorkOrder = { status: 200, description: 'The work order as it is now; its version is the ETag', view: workOrderView }
export const noWorkOrder = 'There is no work order with this id.'

/** With the version, for If-Match. */
export function shownWork(order: WorkOrder) {
  return withVersion(viewWorkOrder(order))
}

export function changedWork(result: Changed<WorkOrder, WorkRefusal>) {
  return result.kind === 'refused' ? refusedWork(result.refusal) : shownWork(result.state)
}

export function refusedWork(refusal: WorkRefusal): HttpReply {
  const why = explainWork(refusal)
  switch (refusal.kind) {
    case 'unknown_work_order':
    case 'unknown_ticket':
      return problem(404, 'Not found', why)
    case 'stale':
      return problem(412, 'Precondition failed', why)
    case 'unknown_engineer':
    case 'wants_reason':
    case 'wants_outcome':
    case 'bad_record':
      return problem(400, 'Bad request', why)
    default:
      return problem(409, 'Conflict', why)
  }
}
