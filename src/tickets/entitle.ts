// What a ticket is entitled to: checked whenever its serial number or product becomes known, in the very entry that says so.
import { entitlementOf, type Entitlement } from '../assets/index.ts'
import type { Core } from '../core.ts'
import type { Event } from '../events.ts'
import type { Consequence } from '../journal/index.ts'
import type { RepairFields, Ticket } from './ticket.ts'

type Described = Pick<Ticket, '_id' | 'fields' | 'createdAt' | 'conversation' | 'entitlement' | 'coverage'>

export interface Entitled {
  entitlement: Entitlement
  events: Event[]
  effects: Consequence[]
}

/** What follows for a ticket that will have these fields; undefined when nothing changes. Changes nothing. */
export async function entitle(core: Core, ticket: Described, fields: RepairFields): Promise<Entitled | undefined> {
  const entitlement = await entitlementOf(core, { serial: fields.serial, product: fields.product, at: ticket.createdAt })
  if (entitlement === undefined || JSON.stringify(entitlement) === JSON.stringify(ticket.coverage)) return undefined
  return { entitlement, events: [{ type: 'ticket.entitlement_checked', entitlement }], effects: tasksFor(ticket, entitlement) }
}

/** The same where the fields have just been told: only if the device is another one now. */
export async function entitleIfTold(core: Core, ticket: Ticket, told: RepairFields): Promise<Entitled | undefined> {
  const fields = { ...ticket.fields, ...told }
  const same = fields.serial === ticket.fields.serial && fields.product === ticket.fields.product
  return same ? undefined : entitle(core, ticket, fields)
}

function tasksFor({ _id, conversation, entitlement: before }: Described, { result }: Entitlement): Consequence[] {
  const once = `no_data/${_id}`
  if (result === 'no_data') return before === 'no_data' ? [] : [{ do: 'open_task', kind: 'no_data', ticket: _id, conversation, message: null, once }]
  return before === 'no_data' ? [{ do: 'settle_task', once }] : []
}
