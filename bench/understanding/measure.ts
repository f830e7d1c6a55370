// Reads every message and counts what was right: intents and values, and names the values that were wrong and taken for certain.
import type { FlowSettings } from '../../src/flow.ts'
import { understand } from '../../src/understanding/index.ts'
import type { Slot, Understanding } from '../../src/understanding/understanding.ts'
import { isRight } from './compare.ts'
import { labelsFor, slotNames, type Label, type Labelled, type SlotName } from './labels.ts'

export interface Count {
  /** Labelled. */
  meant: number
  /** Read. */
  read: number
  right: number
}

export interface Miss {
  line: number
  what: string
  meant: string
  read: string
}

/** A value as it was read. */
export interface Sure {
  line: Labelled
  slot: SlotName
  value: string
}

export interface Measured {
  messages: number
  rightIntents: number
  intents: Map<Label, Count>
  slots: Map<SlotName, Count>
  /** Values of all kinds that were read. */
  values: number
  /** Wrong, and certain enough to be noted without a question. */
  wrongAndSure: Sure[]
  misses: Miss[]
  /** Milliseconds for each message, once warm. */
  times: number[]
}

export function measure(lines: readonly Labelled[], settings: FlowSettings): Measured {
  const result: Measured = {
    messages: lines.length,
    rightIntents: 0,
    intents: new Map(),
    slots: new Map(slotNames.map((slot) => [slot, { meant: 0, read: 0, right: 0 }])),
    values: 0,
    wrongAndSure: [],
    misses: [],
    times: [],
  }
  const labelled = labelsFor(lines)
  // The first pass warms up.
  for (const line of lines) readLine(line, settings)
  for (const line of lines) {
    const began = performance.now()
    const understood = readLine(line, settings)
    result.times.push(performance.now() - began)
    countIntent(line, labelled(understood.intent), result)
    if (line.intent !== 'none') countSlots(line, understood, settings, result)
  }
  return result
}

function readLine({ text, now, timeZone }: Labelled, settings: FlowSettings): Understanding {
  return understand(text, {
    products: settings.products,
    country: settings.country,
    when: { now: now ?? Date.now(), timeZone: timeZone ?? settings.timeZone },
  })
}

function countIntent({ line, intent: meant }: Labelled, read: Label, result: Measured): void {
  const { intents, misses } = result
  countOf(intents, meant).meant++
  countOf(intents, read).read++
  if (read === meant) {
    countOf(intents, meant).right++
    result.rightIntents++
  } else misses.push({ line, what: 'intent', meant, read })
}

function countOf(counts: Map<Label, Count>, label: Label): Count {
  const count = counts.get(label) ?? { meant: 0, read: 0, right: 0 }
  counts.set(label, count)
  return count
}

function countSlots(labelled: Labelled, understood: Understanding, { country }: FlowSettings, result: Measured): void {
  const { line, slots } = labelled
  for (const slot of slotNames) {
    const count = result.slots.get(slot)
    const read = valueOf(slot, understood)
    const meant = slots[slot]
    if (count === undefined) continue
    if (meant !== undefined) count.meant++
    if (read === undefined) {
      if (meant !== undefined) result.misses.push({ line, what: slot, meant, read: '' })
      continue
    }
    count.read++
    result.values++
    if (meant !== undefined && isRight(slot, read.value, meant, country)) count.right++
    else {
      if (read.certain) result.wrongAndSure.push({ line: labelled, slot, value: read.value })
      result.misses.push({ line, what: read.certain ? slot : `${slot} (asked)`, meant: meant ?? '', read: read.value })
    }
  }
}

const places: Readonly<Record<SlotName, Slot>> = {
  product: 'product',
  serial: 'serial',
  errorCode: 'errorCode',
  symptom: 'symptom',
  phone: 'phone',
  email: 'email',
  address: 'address',
  contactName: 'contactName',
  from: 'preferredTime',
  until: 'preferredTime',
  ticketNumber: 'ticketNumber',
  rating: 'rating',
  urgency: 'urgent',
}

function valueOf(slot: SlotName, { entities, places: known }: Understanding): { value: string; certain: boolean } | undefined {
  const value = textOf(slot, entities)
  return value === undefined ? undefined : { value, certain: known[places[slot]]?.certain ?? true }
}

function textOf(slot: SlotName, entities: Understanding['entities']): string | undefined {
  switch (slot) {
    case 'from':
      return entities.windows?.[0]?.from
    case 'until':
      return entities.windows?.[0]?.until
    case 'ticketNumber':
      return entities.ticketNumbers[0]
    case 'rating':
      return entities.rating === undefined ? undefined : String(entities.rating)
    case 'urgency':
      return entities.danger === true ? 'safety' : entities.urgent === true ? 'urgent' : undefined
    case 'product':
    case 'serial':
    case 'errorCode':
    case 'symptom':
    case 'phone':
    case 'email':
    case 'address':
    case 'contactName':
      return entities[slot]
  }
}
