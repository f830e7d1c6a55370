// Opens a work order for a ticket: a visit, or work in the shop on what is sent or brought in.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Core } from '../core.ts'
import type { Deed } from '../desk/change-ticket.ts'
import type { Changed, Decision } from '../journal/index.ts'
import { digest } from '../message.ts'
import { categoryOf, survivorOf, type Priority, type Ticket } from '../tickets/index.ts'
import type { WorkRefusal } from './change-work-order.ts'
import { plainPostcode, siteOf, type Point, type Site } from './place.ts'
import type { WorkKind } from './status.ts'
import { tellCustomers } from './tell.ts'
import { workOrderStream, type FreshWorkOrder, type WorkOrder } from './work-order.ts'

/** What is left out follows from the ticket and the settings. */
export interface NewWorkOrder {
  ticket: string
  kind: WorkKind
  subject?: string | undefined
  priority?: Priority | undefined
  skills?: readonly string[] | undefined
  /** Milliseconds. */
  duration?: number | undefined
  site?: { address?: string | undefined; postcode?: string | undefined; point?: Point | undefined } | undefined
  preferredEngineer?: string | undefined
  /** When it is to be done. */
  window?: { from: Timestamp; until: Timestamp } | undefined
}

/** Of the one that a cause opens. */
export function workOrderId(key: string): string {
  return `wo_${digest('work order', key)}`
}

/** Once per key. */
export async function openWorkOrder(core: Core, wanted: NewWorkOrder, deed: Deed): Promise<Changed<WorkOrder, WorkRefusal>> {
  const ticket = await survivorOf(core, wanted.ticket)
  const id = workOrderId(deed.key)
  return core.journal.change<WorkOrder, WorkRefusal>(workOrderStream, id, {
    key: deed.key,
    decide(order): Decision<WorkRefusal> {
      if (order.n > 0) return { kind: 'nothing' }
      const refusal = checkTicket(ticket)
      if (refusal !== undefined) return { kind: 'refused', refusal }
      return {
        kind: 'entry',
        actor: deed.actor,
        events: [{ type: 'work_order.opened', order: freshOf(core, wanted, ticket) }],
        effects: wanted.kind === 'visit' ? [] : tellCustomers(core, ticket, `work_order.awaiting_item.${wanted.kind}`),
      }
    },
  })
}

function checkTicket(ticket: Ticket): WorkRefusal | undefined {
  if (ticket.n === 0) return { kind: 'unknown_ticket' }
  return categoryOf(ticket.status) === 'done' ? { kind: 'ticket_over', status: ticket.status } : undefined
}

function freshOf(core: Core, wanted: NewWorkOrder, ticket: Ticket): FreshWorkOrder {
  const { dispatch, productSkills } = core.company()
  const { product } = ticket.fields
  return {
    ticket: ticket._id,
    kind: wanted.kind,
    subject: wanted.subject ?? ([product, ticket.fields.symptom].filter(Boolean).join(': ') || ticket.subject),
    priority: wanted.priority ?? ticket.priority,
    skills: [...(wanted.skills ?? productSkills.get(product?.trim().toLowerCase() ?? '') ?? [])],
    duration: wanted.duration ?? dispatch.visit,
    site: readSite(core, wanted.site, ticket.fields.address ?? null),
    preferredEngineer: wanted.preferredEngineer ?? null,
    ...(ticket.inspection?.role === 'visit' ? { inspection: ticket.inspection.name } : {}),
    ...(wanted.window === undefined ? {} : { window: wanted.window }),
    createdAt: timestamp(core.clock.now()),
  }
}

/** What the caller knows better counts. */
function readSite(core: Core, given: NewWorkOrder['site'], written: string | null): Site {
  const { places } = core.company().dispatch
  const known = siteOf(given?.address ?? written, places)
  const postcode = given?.postcode === undefined ? known.postcode : plainPostcode(given.postcode)
  const located = postcode === known.postcode ? known.point : siteOf(postcode, places).point
  return { address: known.address, postcode, point: given?.point ?? located }
}
