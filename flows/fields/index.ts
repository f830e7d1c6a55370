// The fields of the repair form, in the order in which chat asks for them.
import type { RepairField } from '../../src/flow.ts'
import { address } from './address.ts'
import { contact } from './contact.ts'
import type { Field } from './field.ts'
import { photos } from './photos.ts'
import { preferredTime } from './preferred-time.ts'
import { product } from './product.ts'
import { serial } from './serial.ts'
import { symptom } from './symptom.ts'

export const fields: readonly Field[] = [symptom, product, serial, address, contact, preferredTime, photos]

const byName: Readonly<Record<RepairField, Field>> = { symptom, product, serial, address, contact, preferredTime, photos }

export function fieldNamed(name: RepairField): Field {
  return byName[name]
}
