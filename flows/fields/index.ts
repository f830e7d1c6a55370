// The fields of the repair form, in the order in which chat asks for them; behind them the company's own questions about this product.
import type { FlowContext } from '../../src/flow.ts'
import { formFor, repairFields, type FieldNeed, type RepairField } from '../../src/forms/form.ts'
import type { RepairFields } from '../../src/tickets/ticket.ts'
import { address } from './address.ts'
import { contact } from './contact.ts'
import type { Field, FieldName } from './field.ts'
import { ownField } from './own.ts'
import { photos } from './photos.ts'
import { preferredTime } from './preferred-time.ts'
import { product } from './product.ts'
import { serial } from './serial.ts'
import { symptom } from './symptom.ts'

const fields: readonly Field[] = [symptom, product, serial, address, contact, preferredTime, photos]

const byName: Readonly<Record<RepairField, Field>> = { symptom, product, serial, address, contact, preferredTime, photos }

export function fieldNamed(name: RepairField): Field {
  return byName[name]
}

/** What the form of this product is made of. */
export function fieldsOf(known: RepairFields, { settings }: FlowContext): readonly Field[] {
  return [...fields, ...formFor(settings, known.product).questions.map(ownField)]
}

/** Undefined for a question that this product's form does not have, or has no more since a deploy. */
export function fieldIn(known: RepairFields, name: FieldName | null, context: FlowContext): Field | undefined {
  return name === null ? undefined : fieldsOf(known, context).find((field) => field.name === name)
}

export function needOf(name: FieldName, known: RepairFields, { settings }: FlowContext): FieldNeed {
  const { form, questions } = formFor(settings, known.product)
  const builtIn = repairFields.find((field) => field === name)
  return builtIn === undefined ? (questions.find(({ id }) => `question:${id}` === name)?.need ?? 'hidden') : form[builtIn]
}
