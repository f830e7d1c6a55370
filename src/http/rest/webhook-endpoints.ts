// REST: the endpoints of other systems that are told of events.
import { z } from 'zod'
import { timestamp } from '../../clock.ts'
import type { Core } from '../../core.ts'
import { arm } from '../../alarms/arm.ts'
import { pageOf } from '../../desk/index.ts'
import { duration } from '../../duration.ts'
import { digest } from '../../message.ts'
import {
  changeEndpoint,
  checkUrl,
  createEndpoint,
  deleteEndpoint,
  disableEndpoint,
  enableEndpoint,
  envelope,
  rotateSecret,
  sendTest,
  shapes,
  webhookTypes,
  type WebhookEndpoint,
} from '../../webhooks/index.ts'
import { endpoint, type Endpoint } from '../endpoint.ts'
import { listQuery, pageOfViews, viewPage } from '../list.ts'
import { problem } from '../problem.ts'
import { deliveryView, endpointView, endpointWithSecretView, viewDelivery, viewEndpoint, webhookType } from '../webhook-views.ts'
import { byId, queued, text, ticketNumber } from './inputs.ts'
import { created, doingOf, refusedRecord, stale, withVersion } from './record-replies.ts'

const unknown = 'There is no webhook endpoint with this id.'
const off = 'It is switched off; POST …/enable first.'
const taken = unknown
const url = text(2000).superRefine((given, context) => {
  const wrong = checkUrl(given)
  if (wrong !== undefined) context.addIssue(wrong)
})
const fields = { events: z.array(webhookType).max(100).describe('Empty: everything'), description: text(500).nullable() }
const overlapMaxMs = 30 * 24 * 3_600_000

export function webhookEndpointEndpoints(core: Core): Endpoint[] {
  const { webhookEndpoints, webhookDeliveries } = core.collections
  const there = async (id: string): Promise<WebhookEndpoint | undefined> => {
    const found = await webhookEndpoints.get(id)
    return found === undefined || found.state === 'deleted' ? undefined : found
  }
  const theEndpoint = { status: 200, description: 'The endpoint as it is now; its version is the ETag', view: endpointView }
  const gone = () => problem(404, 'Not found', unknown)
  return [
    endpoint(core, {
      method: 'GET',
      path: '/webhook-endpoints',
      summary: 'Webhook endpoints, newest first',
      takes: z.object({ query: listQuery({ state: z.enum(['enabled', 'disabled']).optional() }) }),
      answers: { status: 200, description: 'A page of endpoints', view: pageOfViews(endpointView) },
      async handle({ query: { limit, cursor, state } }) {
        const filter = { state: state ?? { $in: ['enabled', 'disabled'] } }
        return { view: viewPage(await pageOf(webhookEndpoints, filter, 'createdAt', { limit, cursor }), viewEndpoint) }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/webhook-endpoints',
      summary: 'Have another system told of events; answers its secret, once',
      takes: z.object({ body: z.strictObject({ url, events: fields.events.default([]), description: fields.description.default(null) }) }),
      answers: { status: 201, description: 'The new endpoint, with its secret', view: endpointWithSecretView },
      async handle({ body }, deed) {
        const { endpoint: made, secret } = await createEndpoint(core, body, deed)
        return unkept(created('webhook-endpoints', { ...viewEndpoint(made), secret }))
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/webhook-endpoints/{id}',
      summary: 'One webhook endpoint',
      takes: z.object({ params: byId }),
      answers: theEndpoint,
      refuses: { 404: unknown },
      async handle({ params: { id } }) {
        const found = await there(id)
        return found === undefined ? gone() : withVersion(viewEndpoint(found))
      },
    }),
    endpoint(core, {
      method: 'PATCH',
      path: '/webhook-endpoints/{id}',
      summary: 'Change where it is, what it is told of, or its description',
      takes: z.object({ params: byId, body: z.strictObject({ url, ...fields }).partial() }),
      answers: theEndpoint,
      refuses: { 404: unknown, 412: stale },
      async handle({ params: { id }, body }, deed) {
        const result = await changeEndpoint(core, id, body, doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken }) : withVersion(viewEndpoint(result.state))
      },
    }),
    endpoint(core, {
      method: 'DELETE',
      path: '/webhook-endpoints/{id}',
      summary: 'Tell it nothing more, not even what waits',
      takes: z.object({ params: byId }),
      answers: { status: 204, description: 'It is gone' },
      refuses: { 404: unknown, 412: stale },
      async handle({ params: { id } }, deed) {
        const result = await deleteEndpoint(core, id, doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken }) : { status: 204 }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/webhook-endpoints/{id}/rotate-secret',
      summary: 'A new secret; the old one signs besides for a while',
      takes: z.object({
        params: byId,
        body: z.strictObject({
          overlap: duration
            .refine((ms) => ms <= overlapMaxMs, 'is at most 30d')
            .prefault('24h')
            .describe('How long: 24h, 7d; 0s for a secret that leaked'),
        }),
      }),
      answers: { status: 200, description: 'The endpoint with its new secret', view: endpointWithSecretView },
      refuses: { 404: unknown, 412: stale },
      async handle({ params: { id }, body: { overlap } }, deed) {
        const { changed, secret } = await rotateSecret(core, id, overlap, doingOf(deed))
        if (changed.kind === 'refused' || secret === undefined) return gone()
        return unkept(withVersion({ ...viewEndpoint(changed.state), secret }))
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/webhook-endpoints/{id}/disable',
      summary: 'Switch it off; what happens meanwhile is kept for it',
      takes: z.object({ params: byId }),
      answers: theEndpoint,
      refuses: { 404: unknown, 412: stale },
      async handle({ params: { id } }, deed) {
        const result = await disableEndpoint(core, id, 'staff', doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken }) : withVersion(viewEndpoint(result.state))
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/webhook-endpoints/{id}/enable',
      summary: 'Switch it on; what happened meanwhile is told first',
      takes: z.object({ params: byId }),
      answers: theEndpoint,
      refuses: { 404: unknown, 412: stale },
      async handle({ params: { id } }, deed) {
        const result = await enableEndpoint(core, id, doingOf(deed))
        return result.kind === 'refused' ? refusedRecord(result.refusal, { unknown, taken }) : withVersion(viewEndpoint(result.state))
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/webhook-endpoints/{id}/test',
      summary: 'Send it a webhook.test',
      takes: z.object({ params: byId }),
      answers: { status: 202, description: 'The delivery; read it again to see what came of it', view: deliveryView },
      refuses: { 404: unknown, 409: off },
      async handle({ params: { id } }, { key }) {
        const found = await there(id)
        if (found === undefined) return gone()
        if (found.state !== 'enabled') return problem(409, 'Conflict', off)
        const delivery = await webhookDeliveries.get(await sendTest(core, id, key))
        if (delivery === undefined) return gone()
        return { view: viewDelivery(delivery), headers: { location: `/api/v1/webhook-deliveries/${delivery._id}` } }
      },
    }),
    endpoint(core, {
      method: 'POST',
      path: '/webhook-endpoints/{id}/replay',
      summary: 'Tell it again what happened in a time, or about a ticket',
      takes: z.object({
        params: byId,
        body: z.strictObject({
          from: z.iso.datetime({ offset: true }).optional(),
          until: z.iso.datetime({ offset: true }).optional().describe('Left out: now'),
          ticket: ticketNumber.optional(),
          only: z.enum(['failed']).optional().describe('Left out: what was delivered, too'),
        }),
      }),
      answers: queued,
      refuses: { 404: unknown, 409: off },
      async handle({ params: { id }, body: { from, until, ticket = null, only = null } }, { key }) {
        const found = await there(id)
        if (found === undefined) return gone()
        if (found.state !== 'enabled') return problem(409, 'Conflict', off)
        const now = core.clock.now()
        const range = { from: from === undefined ? null : timestamp(Date.parse(from)), until: timestamp(until === undefined ? now : Date.parse(until)) }
        await arm(core, digest('replay webhooks', key), timestamp(now), { kind: 'replay_webhooks', endpoint: id, only, ...range, ticket }, true)
        return { view: { state: 'queued' as const } }
      },
    }),
    endpoint(core, {
      method: 'GET',
      path: '/webhook-event-types',
      summary: 'What webhooks can tell, and in which shape',
      takes: z.object({}),
      answers: {
        status: 200,
        description: 'Every type, with the JSON schema of the whole body',
        view: z.strictObject({
          data: z.array(z.strictObject({ type: webhookType, schema: z.record(z.string(), z.unknown()) })),
          nextCursor: z.null(),
        }),
      },
      handle: async () => ({ view: { data: webhookTypes.map((type) => ({ type, schema: schemaOf(type) })), nextCursor: null } }),
    }),
  ]
}

/** A secret is in nobody's cache, nor in what is kept of the request. */
function unkept<R extends { headers: Readonly<Record<string, string>> }>(reply: R) {
  return { ...reply, headers: { ...reply.headers, 'cache-control': 'no-store' } }
}

function schemaOf(type: (typeof webhookTypes)[number]): Record<string, unknown> {
  return { ...z.toJSONSchema(envelope.extend({ type: z.literal(type), data: shapes[type] })) }
}
