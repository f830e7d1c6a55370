// What is told of an event: the data of its type, made from its journal entry each time it is sent.
import type { z } from 'zod'
import type { Collections } from '../core.ts'
import type { Event } from '../events.ts'
import type { StoredMessage } from '../message.ts'
import type { shapes, WebhookType } from './shapes.ts'

type Data<T extends WebhookType> = z.input<(typeof shapes)[T]>

/** `id`: of the record whose entry it is. Undefined for an event that nobody outside is told of. */
export async function describe(event: Event, id: string, collections: Collections): Promise<Data<WebhookType> | undefined> {
  switch (event.type) {
    case 'ticket.created': {
      const { priority, channel, subject, description, language, customer, fields, follows = null } = event.ticket
      const { serial = null, product = null, errorCode = null } = fields
      const asset = { serial, product }
      return data(event.type, { status: 'new', priority, channel, subject, description, language, customer, asset, errorCode, follows })
    }
    case 'ticket.status_changed':
      return data(event.type, { from: event.from, to: event.to, comment: event.comment })
    case 'ticket.reopened':
      return data(event.type, { from: event.from, comment: event.comment })
    case 'ticket.assigned':
      return data(event.type, { assignee: event.assignee, name: event.name ?? null })
    case 'ticket.unassigned':
      return data(event.type, {})
    case 'ticket.merged':
      return data(event.type, { from: event.from, into: event.into, comment: event.comment })
    case 'work_order.status_changed':
      return data(event.type, { workOrder: id, from: event.from, to: event.to, comment: event.comment, outcome: event.outcome ?? null })
    case 'appointment.proposed':
      return data(event.type, { workOrder: id, slots: event.slots })
    case 'appointment.confirmed':
      return data(event.type, { workOrder: id, engineer: event.engineer, from: event.from, until: event.until })
    case 'appointment.rescheduled': {
      const { engineer, from, until, before } = event
      return data(event.type, { workOrder: id, engineer, from, until, before })
    }
    case 'appointment.rejected':
      return data(event.type, { workOrder: id, engineer: event.engineer, reason: event.reason })
    case 'appointment.canceled':
      return data(event.type, { workOrder: id, reason: event.reason })
    case 'part_request.changed': {
      const request = event.request ?? (await collections.partRequests.get(id))
      if (request === undefined) return undefined
      const { kind, part, quantity } = request
      return data(event.type, { partRequest: id, kind, part, quantity, from: event.from, to: event.to })
    }
    case 'quote.sent':
      return data(event.type, { quote: id, version: event.version, validUntil: event.validUntil })
    case 'quote.approved':
    case 'quote.declined': {
      const { at, onBehalf, where } = event.evidence
      return data(event.type, { quote: id, version: event.version, at, onBehalf, where })
    }
    case 'note.created':
      return data(event.type, { text: event.text })
    case 'conversation.handoff_requested':
      return data(event.type, { conversation: id, reason: event.reason, until: event.until })
    case 'conversation.agent_joined':
      return data(event.type, { conversation: id, agent: event.agent, until: event.until })
    case 'conversation.returned_to_bot':
      return data(event.type, { conversation: id, reason: event.reason })
    case 'survey.requested':
      return data(event.type, { survey: id, resolution: event.resolution, expiresAt: event.expiresAt })
    case 'survey.responded':
      return data(event.type, { survey: id, score: event.score, comment: event.comment })
    case 'survey.expired':
      return data(event.type, { survey: id })
    case 'sla.warning':
    case 'sla.breached':
      return data(event.type, { clock: event.clock, at: event.at, due: event.due })
    case 'inspection.due': {
      const { asset, kind, name, due } = event.inspection
      return data(event.type, { inspection: id, asset, kind, name, plan: event.plan, due })
    }
    case 'inspection.completed': {
      const inspection = await collections.inspections.get(id)
      if (inspection === undefined) return undefined
      const { asset, kind, checklist } = inspection
      const results = checklist.map(({ id: item, text }) => {
        const check = event.results.find((each) => each.item === item)
        return { item: text, result: check?.result ?? null, value: check?.value ?? null }
      })
      return data(event.type, { inspection: id, asset, kind, results, repair: event.repair, engineer: event.engineer })
    }
    case 'quality.signal_raised': {
      const { kind, product, failure, reason, samples } = event.signal
      return data(event.type, { signal: id, kind, product, failure, reason, samples, again: event.again })
    }
    case 'opportunity.raised': {
      const { kind, customer, asset, serial, product, part, reason } = event.opportunity
      return data(event.type, { opportunity: id, kind, customer, asset, serial, product, part, reason })
    }
    case 'customer.merged':
      return data(event.type, { customer: id, into: event.into })
    case 'customer.opted_out':
    case 'customer.opted_in': {
      const point = await collections.contactPoints.get(id)
      return point === undefined || point.channel === null || point.customer === null
        ? undefined
        : data(event.type, { customer: point.customer, channel: point.channel, words: event.words })
    }
    case 'webhook_endpoint.disabled':
      return data(event.type, { endpoint: id, url: event.url, reason: event.reason })
    default:
      return undefined
  }
}

/** Its words are read through the API. */
export function describeMessage(message: StoredMessage, type: WebhookType): Data<'message.sent' | 'message.failed'> {
  const { _id, conversation, channel } = message
  const about = { message: _id, conversation, channel }
  return type === 'message.failed' ? { ...about, reason: message.direction === 'outbound' ? message.reason : null } : about
}

function data<T extends WebhookType>(_: T, fields: Data<T>): Data<T> {
  return fields
}
