// Opens the ticket with the first words on a repair.
import type { Effect, FlowContext } from '../../src/flow.ts'
import type { Priority } from '../../src/tickets/status.ts'
import type { RepairFields, TicketView } from '../../src/tickets/ticket.ts'
import { cut } from '../fields/field.ts'
import { certainOnly } from '../doubt.ts'
import { fill } from '../form.ts'
import type { Heard } from '../heard.ts'
import { emptyRepairState, type RepairState } from './state.ts'

/** With `follows` it is the trouble of that one again: its device, place and person are known. */
export function openTicket(heard: Heard, context: FlowContext, follows?: TicketView): { state: RepairState; effects: Effect[] } {
  const number = context.ticketNumber
  const empty = { ...emptyRepairState(), ticket: number, fields: follows === undefined ? {} : lastingOf(follows.fields) }
  const { fields, doubtful, onLabel } = fill(empty, heard, context)
  const own = ownSubject(heard)
  const certain = certainOnly(fields, doubtful)
  // A choice from the menu says nothing of the repair.
  const words = heard.choice === undefined ? heard.text : ''
  return {
    state: { ...empty, fields, doubtful, onLabel, titled: own !== undefined },
    effects: [
      {
        do: 'open_ticket',
        number,
        subject: own ?? subjectOf(certain, words),
        description: words,
        fields: certain,
        priority: priorityOf(heard),
        ...(follows === undefined ? {} : { follows: follows._id }),
      },
      { do: 'attach', number, messages: heard.ids },
      ...describeCustomer(certain, context),
    ],
  }
}

/** What is the same when the trouble comes back. */
function lastingOf({ product, serial, address, contactName, phone, email }: RepairFields): RepairFields {
  return Object.fromEntries(Object.entries({ product, serial, address, contactName, phone, email }).filter(([, value]) => value !== undefined))
}

/** What a conversation teaches about the customer, where nothing was known. */
export function describeCustomer(learned: RepairFields, { customer }: FlowContext): Effect[] {
  const news = {
    ...(learned.contactName !== undefined && customer.name === null ? { name: learned.contactName } : {}),
    ...(learned.email !== undefined && customer.email === null ? { email: learned.email } : {}),
    ...(learned.phone !== undefined && customer.phone === null ? { phone: learned.phone } : {}),
  }
  return Object.keys(news).length === 0 ? [] : [{ do: 'describe_customer', ...news }]
}

/** "T5 treadmill: stops after ten minutes"; the bot names what says nothing of itself. */
export function subjectOf({ product, symptom }: RepairFields, text = ''): string {
  const trouble = symptom?.split('\n')[0]
  const saysBoth = product !== undefined && trouble?.toLowerCase().includes(product.toLowerCase())
  const known = saysBoth ? trouble : [product, trouble].filter((part) => part !== undefined).join(': ')
  const first = text
    .split('\n')
    .map((line) => line.trim())
    .find((line) => /[\p{L}\p{N}]/u.test(line))
  return cut(known || first || '@ticket.untitled', 80)
}

function ownSubject({ subject }: Heard): string | undefined {
  const plain = subject?.replace(/^(?:\s*(?:re|fw|fwd|aw|wg|sv|回复|答复|转发|回覆|轉寄)\s*(?:\[\d+\])?\s*[:：])+/i, '').trim()
  return plain === undefined || !/[\p{L}\p{N}]{2}/u.test(plain) || /^\(?no subject\)?$/i.test(plain) ? undefined : cut(plain, 120)
}

function priorityOf({ entities }: Heard): Priority {
  if (entities.danger === true) return 'urgent'
  return entities.urgent === true ? 'high' : 'normal'
}
