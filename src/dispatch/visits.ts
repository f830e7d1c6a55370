// What a conversation may know of the visits to its customer, and of the times that are free for them.
import type { Core } from '../core.ts'
import type { Query, QueryAnswer, VisitView } from '../flow.ts'
import { isOf, survivorOf, type Ticket } from '../tickets/index.ts'
import { offersFor } from './offers.ts'
import { isOver } from './status.ts'
import type { WorkOrder } from './work-order.ts'
import { workOf } from './work-of.ts'

export async function visitsOf(core: Core, tickets: readonly Ticket[]): Promise<VisitView[]> {
  const all = await Promise.all(tickets.map(async (ticket) => (await workOf(core, ticket._id)).map((order) => ({ order, ticket }))))
  return all
    .flat()
    .filter(({ order }) => order.kind === 'visit' && !isOver(order.status))
    .toSorted((one, other) => one.order.createdAt.localeCompare(other.order.createdAt))
    .map(({ order, ticket }) => viewVisit(core, order, ticket))
}

function viewVisit(core: Core, { _id, round, appointment, engineerName, status, hold }: WorkOrder, ticket: Ticket): VisitView {
  const from = appointment === null ? null : Date.parse(appointment.from)
  const underWay = status === 'en_route' || status === 'on_site'
  return {
    workOrder: _id,
    round,
    ticket: ticket._id,
    subject: ticket.subject,
    appointment: from === null ? null : { from, engineer: engineerName ?? core.company().flow.company },
    mayChange: !underWay && hold === null && (from === null || from - core.clock.now() >= core.company().appointments.changeUntil),
    windows: ticket.fields.preferredWindows ?? [],
    inspection: inspectionOf(ticket),
  }
}

function inspectionOf({ inspection, fields, subject }: Ticket): VisitView['inspection'] {
  if (inspection?.role !== 'visit') return null
  return { name: inspection.name, device: fields.product ?? subject, due: Date.parse(inspection.due) }
}

/** Nobody sees times for another's visit. */
export async function slotsFor(
  core: Core,
  { workOrder, windows, after }: Extract<Query, { kind: 'slots' }>,
  customers: readonly string[],
): Promise<QueryAnswer> {
  const order = await core.collections.workOrders.get(workOrder)
  if (order === undefined || isOver(order.status) || !isOf(await survivorOf(core, order.ticket), customers)) return { kind: 'slots', slots: [], fits: false }
  const { offers, fits } = await offersFor(core, order, windows, core.company().appointments.offered, after ?? undefined)
  return { kind: 'slots', slots: offers.map(({ engineer, from, until }) => ({ engineer, from, until })), fits }
}
