// REST: the log of what other systems were told, and telling it again.
import { z } from 'zod'
import type { Core } from '../../core.ts'
import { pageOf } from '../../desk/index.ts'
import { replayDelivery } from '../../webhooks/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { problem } from '../problem.ts'
import { deliveryView, viewDelivery, webhookType } from '../webhook-views.ts'
import { byId, text, ticketNumber } from './inputs.ts'

const unknown = 'There is no webhook delivery with this id.'
const off = 'Its endpoint is switched off; POST /api/v1/webhook-endpoints/{id}/enable first.'

export function webhookDeliveryEndpoints(core: Core): Endpoint[] {
  const { webhookDeliveries, webhookEndpoints } = core.collections
  return [
    endpoint(core, {
      method: 'GET',
      path: '/webhook-deliveries',
      summary: 'What endpoints were told, newest first',
      takes: z.object({
        query: listQuery({
          endpoint: text(100).optional(),
          ticket: ticketNumber.optional(),
          type: webhookType.optional(),
          state: z.enum(['waiting', 'delivered', 'failed']).optional(),
        }),
      }),
      answers: { status: 200, description: 'A page of deliveries', view: pageOfViews(deliveryView) },
      handle: async ({ query: { limit, cursor, ...filter } }) => ({
        view: viewPage(await pageOf(webhookDeliveries, filter, 'createdAt', { limit, cursor }), viewDelivery),
      }),
    }),
    endpoint(core, {
      method: 'GET',
      path: '/webhook-deliveries/{id}',
      summary: 'One delivery, with its tries',
      takes: z.object({ params: byId }),
      answers: { status: 200, description: 'The delivery', view: deliveryView },
      refuses: { 404: unknown },
      async handle({ params: { id } }) {
        const delivery = await webhookDeliveries.get(id)
        return delivery === undefined ? problem(404, 'Not found', unknown) : { view: viewDelivery(delivery) }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/webhook-deliveries/{id}/replay',
      summary: 'Tell it again, now, under the same event id',
      takes: z.object({ params: byId }),
      answers: { status: 202, description: 'The delivery, on its way', view: deliveryView },
      refuses: { 404: unknown, 409: off },
      async handle({ params: { id } }, { key }) {
        const delivery = await webhookDeliveries.get(id)
        if (delivery === undefined) return problem(404, 'Not found', unknown)
        if ((await webhookEndpoints.get(delivery.endpoint))?.state !== 'enabled') return problem(409, 'Conflict', off)
        await replayDelivery(core, delivery, key)
        return { view: viewDelivery((await webhookDeliveries.get(id)) ?? delivery) }
      },
    }),
  ]
}
