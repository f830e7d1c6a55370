// Whether it is an engineer who writes: by their phone or their Slack user, as long as they have work at hand.
import type { Core } from '../core.ts'
import type { EngineerView, JobView, MeantPartView, Query } from '../flow.ts'
import type { Place } from '../message.ts'
import { meantParts } from '../parts/index.ts'
import { survivorOf } from '../tickets/index.ts'
import type { Engineer } from './engineer.ts'
import type { WorkOrder } from './work-order.ts'

/** Theirs to do: `dispatched` waits for their answer. */
const atHand = ['dispatched', 'accepted', 'en_route', 'on_site'] as const

/** Null for customers, and for engineers without work: their own washing machine may leak. */
export async function engineerAt(core: Core, place: Place): Promise<EngineerView | null> {
  const engineer = await engineerWho(core, place)
  if (engineer === undefined) return null
  const orders = await core.collections.workOrders.find({ engineer: engineer._id, status: { $in: atHand } }, { limit: 50 })
  if (orders.length === 0) return null
  const jobs = await Promise.all(orders.map((order) => viewJob(core, order)))
  return { id: engineer._id, name: engineer.name, jobs: jobs.toSorted((one, other) => (one.from ?? 0) - (other.from ?? 0)) }
}

export async function engineerWho(core: Core, { channel, address }: Place): Promise<Engineer | undefined> {
  const { engineers } = core.collections
  if (channel === 'sms' || channel === 'whatsapp') return (await engineers.find({ phone: address, active: true }, { limit: 1 }))[0]
  if (channel === 'slack') return (await engineers.find({ slack: address.slice(address.indexOf(':') + 1), active: true }, { limit: 1 }))[0]
  return undefined
}

/** Null when the words say that there are none. Nobody else learns from it what the catalogue has. */
export async function partsMeant(core: Core, here: Place, { workOrder, words }: Extract<Query, { kind: 'parts' }>): Promise<MeantPartView[] | null> {
  const engineer = await engineerWho(core, here)
  const order = await core.collections.workOrders.get(workOrder)
  if (engineer === undefined || order?.engineer !== engineer._id) return []
  return (await meantParts(core, await survivorOf(core, order.ticket), words)) ?? null
}

async function viewJob(core: Core, order: WorkOrder): Promise<JobView> {
  const ticket = await survivorOf(core, order.ticket)
  const { contactName, phone } = ticket.fields
  return {
    workOrder: order._id,
    ticket: ticket._id,
    subject: order.subject,
    address: order.site.address,
    customer: contactName ?? ticket.customer.name,
    phone: phone ?? null,
    status: order.status,
    from: order.appointment === null ? null : Date.parse(order.appointment.from),
    offer: order.offer?.id ?? null,
    inspection: ticket.inspection?.role === 'visit' ? await inspectionOf(core, ticket._id) : null,
  }
}

async function inspectionOf(core: Core, ticket: string): Promise<JobView['inspection']> {
  const [open] = await core.collections.inspections.find({ ticket, state: 'open' }, { limit: 1 })
  return open === undefined ? null : { name: open.name, items: open.checklist, checks: open.checks }
}
