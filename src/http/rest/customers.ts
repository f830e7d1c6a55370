// REST: customers and how they can be reached.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { contactPointsOf } from '../../customers/index.ts'
import { pageOf, viewContactPoint, viewCustomer } from '../../desk/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { problem } from '../problem.ts'
import { customerView, customerWithPointsView } from '../views.ts'
import { byId, text } from './inputs.ts'

export function customerEndpoints(core: Core): Endpoint[] {
  const { customers } = core.collections
  return [
    endpoint(core, {
      method: 'GET',
      path: '/customers',
      summary: 'Customers, newest first',
      takes: z.object({ query: listQuery({ email: text(320).toLowerCase().optional(), phone: text(40).optional() }) }),
      answers: { status: 200, description: 'A page of customers', view: pageOfViews(customerView) },
      async handle({ query: { limit, cursor, ...filter } }) {
        return { view: viewPage(await pageOf(customers, filter, 'createdAt', { limit, cursor }), viewCustomer) }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/customers/{id}',
      summary: 'One customer, with every address of theirs',
      takes: z.object({ params: byId }),
      answers: { status: 200, description: 'The customer', view: customerWithPointsView },
      refuses: { 404: 'There is no customer with this id.' },
      async handle({ params: { id } }) {
        const customer = await customers.get(id)
        if (customer === undefined) return problem(404, 'Not found', 'There is no customer with this id.')
        const points = await contactPointsOf(core.collections, id)
        return { view: { ...viewCustomer(customer), contactPoints: points.map(viewContactPoint) } }
      },
    }),
  ]
}
