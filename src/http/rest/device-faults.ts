// REST: faults that machines report of themselves, with the tickets that they are looked after in.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { pageOf } from '../../desk/index.ts'
import { faultStates, type DeviceFault } from '../../faults/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { text, ticketNumber } from './inputs.ts'

const at = z.iso.datetime()
const faultView = z.strictObject({
  id: z.string(),
  source: z.string().describe('The system that told of it last'),
  serial: z.string(),
  code: z.string(),
  state: z.enum(faultStates),
  ticket: z.string(),
  count: z.int().describe('Times it was raised since its ticket was opened'),
  since: at,
  raisedAt: at.describe('The last time'),
  reportedAt: at.describe('Of its last report, raised or cleared'),
  createdAt: at,
})

export function deviceFaultEndpoints(core: Core): Endpoint[] {
  return [
    endpoint(core, {
      method: 'GET',
      path: '/device-faults',
      summary: 'Faults that machines report of themselves, newest first',
      takes: z.object({ query: listQuery({ state: z.enum(faultStates).optional(), ticket: ticketNumber.optional(), serial: text(200).optional() }) }),
      answers: { status: 200, description: 'A page of faults', view: pageOfViews(faultView) },
      handle: async ({ query: { limit, cursor, ...filter } }) => ({
        view: viewPage(await pageOf(core.collections.deviceFaults, filter, 'createdAt', { limit, cursor }), viewFault),
      }),
    }),
  ]
}

function viewFault({ _id, source, serial, code, state, ticket, count, since, raisedAt, reportedAt, createdAt }: DeviceFault) {
  return { id: _id, source, serial, code, state, ticket, count, since, raisedAt, reportedAt, createdAt }
}
