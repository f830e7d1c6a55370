// Values that were guessed rather than read: they are kept apart from the ticket until the customer has seen them.
import type { FieldName } from './fields/field.ts'
import type { RepairFields } from '../src/tickets/ticket.ts'

export const doubtfulKeys = ['product', 'serial', 'errorCode', 'symptom', 'address', 'contactName', 'phone', 'email', 'preferredTime'] as const
export type DoubtfulKey = (typeof doubtfulKeys)[number]

/** What may be stored without asking. */
export function certainOnly(fields: RepairFields, doubtful: readonly DoubtfulKey[]): RepairFields {
  const kept = { ...fields }
  for (const key of doubtful) delete kept[key]
  if (doubtful.includes('preferredTime')) delete kept.preferredWindows
  return kept
}

/** What the customer has confirmed by confirming the summary. */
export function doubtfulOnly(fields: RepairFields, doubtful: readonly DoubtfulKey[]): RepairFields {
  return Object.fromEntries(doubtful.flatMap((key) => (fields[key] === undefined ? [] : [[key, fields[key]]])))
}

const shownBy: ReadonlyMap<FieldName, readonly DoubtfulKey[]> = new Map<FieldName, readonly DoubtfulKey[]>([
  ['symptom', ['symptom', 'errorCode']],
  ['product', ['product']],
  ['serial', ['serial']],
  ['address', ['address']],
  ['contact', ['contactName', 'phone', 'email']],
  ['preferredTime', ['preferredTime']],
])

/** Does this line of the summary hold a guess? */
export function isDoubtful(field: FieldName, doubtful: readonly DoubtfulKey[]): boolean {
  return (shownBy.get(field) ?? []).some((key) => doubtful.includes(key))
}
