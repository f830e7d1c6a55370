// What the REST API shows of outgoing webhooks.
import { z } from 'zod'
import { webhookTypes, type WebhookDelivery, type WebhookEndpoint } from '../webhooks/index.ts'

const at = z.iso.datetime()
export const webhookType = z.enum(webhookTypes)

export const endpointView = z.strictObject({
  id: z.string(),
  version: z.int(),
  url: z.string(),
  events: z.array(webhookType).describe('What it is told of; empty: of everything'),
  description: z.string().nullable(),
  state: z.enum(['enabled', 'disabled']),
  disabled: z
    .strictObject({ at, reason: z.enum(['gone', 'failing', 'staff']) })
    .nullable()
    .describe('Since when and why: it answered 410, it failed for five days, or somebody switched it off'),
  oldSecretsUntil: at.nullable().describe('Until then deliveries are signed with the secret before, too'),
  createdAt: at,
  updatedAt: at,
})

/** The secret is shown here and never again. */
export const endpointWithSecretView = endpointView.extend({ secret: z.string().describe('Signs what is sent; shown this once') })

export const deliveryView = z.strictObject({
  id: z.string(),
  endpoint: z.string(),
  event: z.string().describe('The id in the header webhook-id'),
  type: webhookType,
  ticket: z.string().nullable(),
  sequence: z.int(),
  state: z.enum(['waiting', 'delivered', 'failed']),
  nextTryAt: at.nullable().describe('While it waits'),
  tries: z
    .array(
      z.strictObject({
        at,
        durationMs: z.int(),
        status: z.int().nullable().describe('Null: nobody answered'),
        answer: z.string().describe('The beginning of the answer, or why there was none'),
      }),
    )
    .describe('The last twenty, oldest first'),
  createdAt: at.describe('When it happened'),
  doneAt: at.nullable(),
})

export function viewEndpoint({ _id, n, url, events, description, state, disabled, secrets, createdAt, updatedAt }: WebhookEndpoint) {
  const oldSecretsUntil = secrets.reduce<string | null>((latest, { until }) => (until !== null && (latest === null || until > latest) ? until : latest), null)
  const shown = state === 'enabled' ? state : ('disabled' as const)
  return { id: _id, version: n, url, events, description, state: shown, disabled, oldSecretsUntil, createdAt, updatedAt }
}

export function viewDelivery({ _id, endpoint, event, type, ticket, sequence, state, notBefore, tries, createdAt, doneAt }: WebhookDelivery) {
  return { id: _id, endpoint, event, type, ticket, sequence, state, nextTryAt: state === 'waiting' ? notBefore : null, tries, createdAt, doneAt }
}
