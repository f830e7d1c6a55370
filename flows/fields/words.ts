// How a field is spoken of: in its question, in a list, in the summary, and among the things to change.
import type { FlowContext } from '../../src/flow.ts'
import type { Choice } from '../../src/message.ts'
import type { RepairFields } from '../../src/tickets/ticket.ts'
import { isDoubtful, type DoubtfulKey } from '../doubt.ts'
import type { Field, FieldName, Words } from './field.ts'

export function askOf({ name, own }: Field, context: FlowContext): Words {
  return own?.ask(context) ?? { text: `ask.${name}`, with: {} }
}

export function itemOf({ name, own }: Field, context: FlowContext): Words {
  return own?.item(context) ?? { text: `form.item.${name}`, with: {} }
}

/** Undefined while it is not known. */
export function summaryOf(field: Field, known: Known, context: FlowContext): Words | undefined {
  if (field.own !== undefined) return field.own.summary(known.fields, context)
  const value = field.show(known.fields, context)
  return value === undefined ? undefined : { text: summaryText(field.name, known), with: { value } }
}

interface Known {
  fields: RepairFields
  doubtful: readonly DoubtfulKey[]
  onLabel: string | null
}

/** A guess is asked about; what was read on a label says so. */
function summaryText(name: FieldName, { doubtful, fields: { serial }, onLabel }: Known): string {
  const guessed = isDoubtful(name, doubtful)
  if (name === 'serial' && serial === onLabel) return guessed ? 'check.serial_photo' : 'summary.serial_photo'
  return `${guessed ? 'check' : 'summary'}.${name}`
}

/** Named by itself, to be chosen. */
export function choiceOf({ name, own }: Field, context: FlowContext): Choice {
  return { value: name, label: own?.label(context) ?? `@field.${name}` }
}
