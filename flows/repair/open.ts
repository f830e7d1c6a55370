// Opens the ticket with the first words on a repair.
import type { Effect, FlowContext } from '../../src/flow.ts'
import type { Priority } from '../../src/tickets/status.ts'
import type { RepairFields } from '../../src/tickets/ticket.ts'
import { cut } from '../fields/field.ts'
import { fill } from '../form.ts'
import type { Heard } from '../heard.ts'
import { emptyRepairState, type RepairState } from './state.ts'

export function openTicket(heard: Heard, context: FlowContext): { state: RepairState; effects: Effect[] } {
  const number = context.ticketNumber
  const empty = { ...emptyRepairState(), ticket: number }
  const filled = fill(empty, heard, context).fields
  const fields = filled.symptom === undefined && tellsOfDevice(heard) ? { ...filled, symptom: cut(sentenceOn(heard), 500) } : filled
  const own = ownSubject(heard)
  return {
    state: { ...empty, fields, titled: own !== undefined },
    effects: [
      {
        do: 'open_ticket',
        number,
        subject: own ?? subjectOf(fields, heard.text),
        description: heard.text,
        fields,
        priority: priorityOf(heard),
      },
      { do: 'attach', number, messages: heard.ids },
      ...describeCustomer(fields, context),
    ],
  }
}

/** Trouble in words that no rule knows ("it leaves puddles on the floor") is trouble when it is all that is said of a device. */
function tellsOfDevice({ intent, confidence, text, entities }: Heard): boolean {
  if (intent !== 'report_repair' || confidence >= 0.6 || entities.product === undefined) return false
  const words = text.replace(entities.product, ' ').match(/[\p{L}\p{N}'’]+/gu) ?? []
  return words.length >= 4 || /\p{Script=Han}{4}/u.test(text.replace(entities.product, ''))
}

function sentenceOn({ text, entities: { product = '' } }: Heard): string {
  const sentences = text.split(/(?<=[.!?。！？])\s*|\n+/).map((sentence) => sentence.trim())
  return sentences.find((sentence) => sentence.toLowerCase().includes(product.toLowerCase())) ?? text
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
