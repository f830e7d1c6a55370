// What outgoing webhooks can tell, and in which shape: one schema for each type of event. Ids and facts only: what a customer wrote or where
// they live is read through the API, by whoever may. docs/webhooks.md names every field.
import { z } from 'zod'
import { outcomes, workStatuses } from '../dispatch/status.ts'
import { opportunityKinds } from '../insights/opportunities/opportunity.ts'
import { signalKinds } from '../insights/signals/series.ts'
import { itemResults } from '../inspections/checklist.ts'
import { requestKinds, requestStatuses } from '../parts/request.ts'
import { priorities, statuses } from '../tickets/status.ts'

/** Rises when a shape loses a field or a field changes its meaning; new fields and types come without. */
export const payloadVersion = 1

const at = z.iso.datetime()
const id = z.string()
const channel = z.enum(['email', 'webchat', 'sms', 'whatsapp', 'slack', 'botframework', 'webhook'])
const window = { from: at, until: at }
const message = { message: id, conversation: id, channel }
const clock = z.strictObject({ clock: z.enum(['respond', 'restore', 'resolve']), at: at.describe('When it was, perhaps before it was noticed'), due: at })
const quoteDecision = z.strictObject({
  quote: id,
  version: z.int(),
  at,
  onBehalf: z.boolean().describe('Staff wrote down what the customer told them'),
  where: z.enum([...channel.options, 'page', 'elsewhere']),
})
const consent = z.strictObject({ customer: id, channel, words: z.enum(['keyword', 'natural', 'provider', 'link']) })

export const shapes = {
  'ticket.created': z.strictObject({
    status: z.enum(statuses),
    priority: z.enum(priorities),
    channel: z.enum([...channel.options, 'api']),
    subject: z.string(),
    description: z.string(),
    language: z.enum(['en', 'zh']),
    customer: z.strictObject({ id, name: z.string().nullable() }),
    asset: z.strictObject({ serial: z.string().nullable(), product: z.string().nullable() }),
    errorCode: z.string().nullable(),
    follows: z.string().nullable().describe('The repair whose trouble came back'),
  }),
  'ticket.status_changed': z.strictObject({ from: z.enum(statuses), to: z.enum(statuses), comment: z.string().nullable() }),
  'ticket.reopened': z.strictObject({ from: z.enum(statuses), comment: z.string().nullable() }),
  'ticket.assigned': z.strictObject({ assignee: id, name: z.string().nullable() }),
  'ticket.unassigned': z.strictObject({}),
  'ticket.merged': z.strictObject({ from: id, into: id, comment: z.string().nullable() }).describe('Told of both tickets'),
  'work_order.status_changed': z.strictObject({
    workOrder: id,
    from: z.enum(workStatuses),
    to: z.enum(workStatuses),
    comment: z.string().nullable(),
    outcome: z.enum(outcomes).nullable(),
  }),
  'appointment.proposed': z.strictObject({ workOrder: id, slots: z.array(z.strictObject({ engineer: id, ...window })) }),
  'appointment.confirmed': z.strictObject({ workOrder: id, engineer: id, ...window }),
  'appointment.rescheduled': z.strictObject({ workOrder: id, engineer: id, ...window, before: z.strictObject(window) }),
  'appointment.rejected': z.strictObject({ workOrder: id, engineer: id.nullable(), reason: z.string() }).describe('The engineer gave it back'),
  'appointment.canceled': z.strictObject({ workOrder: id, reason: z.string() }),
  'part_request.changed': z.strictObject({
    partRequest: id,
    kind: z.enum(requestKinds),
    part: id,
    quantity: z.int(),
    from: z.enum(requestStatuses).nullable().describe('Null: it was asked for just now'),
    to: z.enum(requestStatuses),
  }),
  'quote.sent': z.strictObject({ quote: id, version: z.int(), validUntil: at }),
  'quote.approved': quoteDecision,
  'quote.declined': quoteDecision,
  'message.received': z.strictObject(message),
  'message.sent': z.strictObject(message),
  'message.delivered': z.strictObject(message),
  'message.failed': z.strictObject({ ...message, reason: z.string().nullable() }),
  'note.created': z.strictObject({ text: z.string() }),
  'conversation.handoff_requested': z.strictObject({
    conversation: id,
    reason: z.enum(['asked', 'not_understood', 'safety', 'not_served', 'loop_guard', 'staff']),
    until: at,
  }),
  'conversation.agent_joined': z.strictObject({ conversation: id, agent: id, until: at }),
  'conversation.returned_to_bot': z.strictObject({ conversation: id, reason: z.enum(['agent', 'timeout']) }),
  'survey.requested': z.strictObject({ survey: id, resolution: z.int(), expiresAt: at }),
  'survey.responded': z.strictObject({ survey: id, score: z.int().nullable(), comment: z.string().nullable() }),
  'survey.expired': z.strictObject({ survey: id }),
  'sla.warning': clock,
  'sla.breached': clock,
  'inspection.due': z.strictObject({
    inspection: id,
    asset: id.nullable(),
    kind: z.string(),
    name: z.string(),
    plan: id.nullable().describe('Null: its customer booked it'),
    due: at,
  }),
  'inspection.completed': z.strictObject({
    inspection: id,
    asset: id.nullable(),
    kind: z.string(),
    results: z.array(
      z.strictObject({ item: z.string(), result: z.enum(itemResults).nullable().describe('Null: not looked at'), value: z.number().nullable() }),
    ),
    repair: id.nullable().describe('The ticket opened for what failed'),
    engineer: id.nullable(),
  }),
  'quality.signal_raised': z.strictObject({
    signal: id,
    kind: z.enum(signalKinds),
    product: z.string(),
    failure: z.strictObject({ component: z.string(), problem: z.string() }).nullable(),
    reason: z.string().describe('In words'),
    samples: z.array(id).describe('Tickets'),
    again: z.boolean().describe('It was open, and has worsened further'),
  }),
  'opportunity.raised': z.strictObject({
    opportunity: id,
    kind: z.enum(opportunityKinds),
    customer: id,
    asset: id.nullable(),
    serial: z.string().nullable(),
    product: z.string().nullable(),
    part: z.string().nullable(),
    reason: z.string().describe('In words'),
  }),
  'customer.merged': z.strictObject({ customer: id, into: id }),
  'customer.opted_out': consent,
  'customer.opted_in': consent,
  'webhook_endpoint.disabled': z.strictObject({
    endpoint: id,
    url: z.string(),
    reason: z.enum(['gone', 'failing', 'staff']).describe('It answered 410; it failed for five days; somebody switched it off'),
  }),
  'webhook.test': z.strictObject({ endpoint: id }),
} as const satisfies Readonly<Record<string, z.ZodObject>>

export type WebhookType = keyof typeof shapes

export const webhookTypes = Object.keys(shapes).filter(isWebhookType)

export function isWebhookType(type: string): type is WebhookType {
  return type in shapes
}

/** Everything that is sent, around the data of its type. */
export const envelope = z.strictObject({
  type: z.enum(webhookTypes),
  id: z.string().describe('Of the event: the same over all tries, replays and endpoints'),
  timestamp: at.describe('When it happened'),
  version: z.literal(payloadVersion),
  sequence: z.int().min(1).describe('Counts what this endpoint is told of this ticket, from 1 without gaps'),
  ticket: z.string().optional().describe('Left out where it is about no ticket'),
  actor: z.strictObject({ kind: z.string(), id: z.string().nullable() }).describe('Who did it'),
})
