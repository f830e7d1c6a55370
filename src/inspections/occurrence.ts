// An occurrence: one planned date of one plan for one asset. It is written before any job, under a name that follows from what it is: so it can be there only once.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Event, OccurrenceEvent } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import { digest } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'

/** `missed`: a later one was due already when it was planned. `cannot`: whoever came could not do it. */
export const skipReasons = ['missed', 'declined', 'gone', 'cancelled', 'plan_stopped'] as const
export type SkipReason = (typeof skipReasons)[number]

export interface OccurrenceFields {
  plan: string
  asset: string
  kind: string
  /** The planned local time, the meter's mark, or the how-manieth it is where it counts from completion. */
  occurrence: string
  /** Counts those of this plan and asset, from 1. */
  ordinal: number
  /** When it is to be done: after the shift from holidays. */
  due: Timestamp
  /** Done later than this it is not in time. */
  until: Timestamp
}

export interface Occurrence extends OccurrenceFields {
  _id: string
  n: number
  state: 'planned' | 'open' | 'done' | 'skipped'
  reason: SkipReason | null
  /** The visit it is part of. */
  inspection: string | null
  ticket: string | null
  /** It joined one that was open already. */
  merged: boolean
  doneAt: Timestamp | null
  /** What the meter said when it was over. */
  usage: number | null
  createdAt: Timestamp
  updatedAt: Timestamp
}

export const occurrencesCollection = defineCollection<Occurrence>('occurrences', [
  { name: 'unique', fields: ['plan', 'asset', 'kind', 'occurrence'], unique: true },
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'order', fields: ['plan', 'asset', 'ordinal'] },
  { name: 'due', fields: ['due', '_id'] },
  { name: 'inspection', fields: ['inspection'] },
])

export function occurrenceId({ plan, asset, kind, occurrence }: Pick<OccurrenceFields, 'plan' | 'asset' | 'kind' | 'occurrence'>): string {
  return `oc_${digest('occurrence', plan, asset, kind, occurrence)}`
}

export function isOverOccurrence({ state }: Pick<Occurrence, 'state'>): boolean {
  return state === 'done' || state === 'skipped'
}

export const occurrenceStream: Stream<Occurrence> = {
  kind: 'occurrence',
  collection: occurrencesCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    plan: '',
    asset: '',
    kind: '',
    occurrence: '',
    ordinal: 0,
    due: timestamp(0),
    until: timestamp(0),
    state: 'planned',
    reason: null,
    inspection: null,
    ticket: null,
    merged: false,
    doneAt: null,
    usage: null,
    createdAt: timestamp(0),
    updatedAt: timestamp(0),
  }),
  apply: (occurrence, event, at) => (isOccurrenceEvent(event) ? { ...applyEvent(occurrence, event, at), updatedAt: at } : occurrence),
}

function applyEvent(occurrence: Occurrence, event: OccurrenceEvent, at: Timestamp): Occurrence {
  switch (event.type) {
    case 'occurrence.planned':
      return { ...occurrence, ...event.occurrence, createdAt: at }
    case 'occurrence.opened':
      return { ...occurrence, state: 'open', inspection: event.inspection, ticket: event.ticket, merged: event.merged }
    case 'occurrence.done':
      return { ...occurrence, state: 'done', doneAt: event.at, usage: event.usage }
    case 'occurrence.skipped':
      return { ...occurrence, state: 'skipped', reason: event.reason }
  }
}

function isOccurrenceEvent(event: Event): event is OccurrenceEvent {
  return event.type.startsWith('occurrence.')
}
