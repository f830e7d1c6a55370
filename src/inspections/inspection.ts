// An inspection: the visit with its checklist. An asset has one open inspection of a kind at a time: they are numbered, and the next can begin only when the one before is over.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Event, InspectionEvent } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import { digest } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'
import { joinLists, withCheck, type Check, type ChecklistItem } from './checklist.ts'

export interface InspectionFields {
  /** Null for one that a customer booked for a device of which there is no record. */
  asset: string | null
  kind: string
  /** As people call it. */
  name: string
  product: string | null
  serial: string | null
  site: string | null
  customer: string
  ticket: string
  due: Timestamp
  until: Timestamp
  checklist: readonly ChecklistItem[]
}

export interface Inspection extends InspectionFields {
  _id: string
  n: number
  state: 'open' | 'completed' | 'canceled'
  /** Those it is done for; none where the customer booked it. */
  occurrences: readonly string[]
  plans: readonly string[]
  checks: readonly Check[]
  /** Opened for what failed. */
  repair: string | null
  engineer: string | null
  /** Why it was called off. */
  reason: string | null
  overAt: Timestamp | null
  createdAt: Timestamp
  updatedAt: Timestamp
}

export const inspectionsCollection = defineCollection<Inspection>('inspections', [
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'asset', fields: ['asset', 'kind', 'state'] },
  { name: 'ticket', fields: ['ticket'] },
])

/** `number`: how many of this kind were over before it. */
export function inspectionId(asset: string, kind: string, number: number): string {
  return `in_${digest('inspection', asset, kind.toLowerCase(), String(number))}`
}

export const inspectionStream: Stream<Inspection> = {
  kind: 'inspection',
  collection: inspectionsCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    asset: null,
    kind: '',
    name: '',
    product: null,
    serial: null,
    site: null,
    customer: '',
    ticket: '',
    due: timestamp(0),
    until: timestamp(0),
    checklist: [],
    state: 'open',
    occurrences: [],
    plans: [],
    checks: [],
    repair: null,
    engineer: null,
    reason: null,
    overAt: null,
    createdAt: timestamp(0),
    updatedAt: timestamp(0),
  }),
  apply: (inspection, event, at) => (isInspectionEvent(event) ? { ...applyEvent(inspection, event, at), updatedAt: at } : inspection),
}

function applyEvent(inspection: Inspection, event: InspectionEvent, at: Timestamp): Inspection {
  switch (event.type) {
    case 'inspection.due':
      return { ...inspection, ...event.inspection, createdAt: at, ...forOccurrence(inspection, event) }
    case 'inspection.joined':
      return { ...inspection, checklist: joinLists(inspection.checklist, event.checklist), ...forOccurrence(inspection, event) }
    case 'inspection.item_checked':
      return { ...inspection, checks: withCheck(inspection.checks, event.check) }
    case 'inspection.completed':
      return { ...inspection, state: 'completed', repair: event.repair, engineer: event.engineer, overAt: at }
    case 'inspection.canceled':
      return { ...inspection, state: 'canceled', reason: event.reason, overAt: at }
  }
}

function forOccurrence({ occurrences, plans }: Inspection, { occurrence, plan }: { occurrence: string | null; plan: string | null }) {
  return {
    occurrences: occurrence === null ? occurrences : [...new Set([...occurrences, occurrence])],
    plans: plan === null ? plans : [...new Set([...plans, plan])],
  }
}

function isInspectionEvent(event: Event): event is InspectionEvent {
  return event.type.startsWith('inspection.')
}
