// What the intent of a message says of the values in it: the time of a visit that is called off is no wish, and what a complaint calls broken is no fault of a device.
import type { Fit } from './clues.ts'
import type { FoundSlots, ReadEntities } from './read-entities.ts'
import type { Entities, Intent, Slot } from './understanding.ts'

/** Times in these are of what was agreed or has been. */
const ofThePast: readonly Intent[] = ['cancel', 'cancel_visit', 'complain', 'thank', 'greet']

/** What is not right in these is no fault of a device. */
const noFault: readonly Intent[] = [
  'ask_status',
  'reschedule',
  'cancel',
  'cancel_visit',
  'approve',
  'decline',
  'order_part',
  'book_inspection',
  'complain',
  'change_channel',
  'thank',
  'greet',
]

/** A thing that is perhaps a device is none in these. */
const aboutNoDevice: readonly Intent[] = ['approve', 'decline', 'add_information', 'complain', 'thank', 'greet', 'none', 'change_channel']

/** So sure one must be before a value is left out. */
const sure = 0.6

export function inLightOf({ intent, confidence }: Fit, { entities: read, found: places, guess }: ReadEntities): { entities: Entities; found: FoundSlots } {
  const entities = { ...read }
  const found = { ...places }
  const drop = (slot: Exclude<Slot, 'ticketNumber'>): void => {
    delete entities[slot]
    delete found[slot]
  }
  if (ofThePast.includes(intent) && confidence >= sure) drop('preferredTime')
  if (noFault.includes(intent)) drop('symptom')
  // Somebody who wants a person may say what for, of a device.
  if (intent === 'talk_to_person' && entities.product === undefined) drop('symptom')
  if (ofThePast.includes(intent) || intent === 'ask_status') delete entities.windows
  // "The gate is open" tells how to get in.
  if (aboutNoDevice.includes(intent) && found.product?.certain === false) drop('product')
  if (intent === 'report_repair') {
    for (const slot of ['product', 'symptom'] as const) {
      const value = guess[slot]
      if (entities[slot] !== undefined || value === undefined) continue
      entities[slot] = value.value
      found[slot] = value
    }
  }
  return { entities, found }
}
