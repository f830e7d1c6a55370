// A journal entry: one committed change of one stream, and all that follows from it.
import type { Timestamp } from '../clock.ts'
import type { Event } from '../events.ts'
import { defineCollection } from '../storage/collection.ts'
import type { Consequence } from './consequence.ts'

/** Every kind of thing with a history. */
export type StreamKind =
  | 'conversation'
  | 'ticket'
  | 'customer'
  | 'contact_point'
  | 'mailbox'
  | 'survey'
  | 'verification'
  | 'merge'
  | 'product'
  | 'site'
  | 'asset'
  | 'import'
  | 'engineer'
  | 'work_order'
  | 'calendar'
  | 'part'
  | 'bill'
  | 'location'
  | 'stock'
  | 'part_request'
  | 'quote'
  | 'quality_signal'
  | 'webhook_endpoint'
  | 'maintenance_plan'
  | 'occurrence'
  | 'inspection'
  | 'meter'
  | 'opportunity'
  | 'api_key'
  | 'device_fault'

/** Who did it. */
export type Actor = { kind: 'customer' | 'agent' | 'engineer' | 'bot' | 'clock' | 'api' | 'system'; id: string | null }

export interface Entry {
  /** `<stream>/<n>`: unique, so of two writers one wins. */
  _id: string
  /** `<kind>/<id>`. */
  stream: string
  /** From 1, without gaps. */
  n: number
  /** What caused it; unique, so that one cause has one effect. */
  key: string
  actor: Actor
  at: Timestamp
  events: Event[]
  /** What follows: carried out after the entry is stored, each exactly once in effect. */
  effects: Consequence[]
  /** False until every effect has been carried out and the snapshot shows it. */
  finished: boolean
}

export const entriesCollection = defineCollection<Entry>('entries', [
  { name: 'key', fields: ['key'], unique: true },
  { name: 'stream', fields: ['stream', 'n'] },
  { name: 'unfinished', fields: ['finished', 'at'] },
])

export function streamOf(kind: StreamKind, id: string): string {
  return `${kind}/${id}`
}

export function entryId(stream: string, n: number): string {
  return `${stream}/${n}`
}
