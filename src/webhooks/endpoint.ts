// A webhook endpoint: an address of another system that is told of events, and how its history folds into it. Its secrets are not in the
// history, which many may read: they are kept apart, by their numbers.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Event } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'
import type { WebhookType } from './shapes.ts'

/** It answered 410; it failed for days; somebody switched it off. */
export type DisabledReason = 'gone' | 'failing' | 'staff'

export interface WebhookEndpoint {
  _id: string
  n: number
  url: string
  /** What it is told of; nothing named: of everything. */
  events: WebhookType[]
  description: string | null
  state: 'enabled' | 'disabled' | 'deleted'
  disabled: { at: Timestamp; reason: DisabledReason } | null
  /** Newest first; an older one signs besides until its time is over. */
  secrets: { number: number; until: Timestamp | null }[]
  createdAt: Timestamp
  updatedAt: Timestamp
}

export type WebhookEndpointEvent =
  /** Internal. */
  | { type: 'webhook_endpoint.created'; url: string; events: WebhookType[]; description: string | null }
  /** Internal. */
  | { type: 'webhook_endpoint.changed'; url?: string; events?: WebhookType[]; description?: string | null }
  /** Internal: those before the new one sign until then. */
  | { type: 'webhook_endpoint.secret_rotated'; number: number; until: Timestamp }
  | { type: 'webhook_endpoint.disabled'; url: string; reason: DisabledReason }
  /** Internal. */
  | { type: 'webhook_endpoint.enabled' }
  /** Internal. */
  | { type: 'webhook_endpoint.deleted' }

export const webhookEndpointsCollection = defineCollection<WebhookEndpoint>('webhook_endpoints', [
  { name: 'state', fields: ['state'] },
  { name: 'created', fields: ['createdAt', '_id'] },
])

export const webhookEndpointStream: Stream<WebhookEndpoint> = {
  kind: 'webhook_endpoint',
  collection: webhookEndpointsCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    url: '',
    events: [],
    description: null,
    state: 'enabled',
    disabled: null,
    secrets: [],
    createdAt: timestamp(0),
    updatedAt: timestamp(0),
  }),
  apply: (endpoint, event, at) => ({ ...applyEvent(endpoint, event, at), updatedAt: at }),
}

function applyEvent(endpoint: WebhookEndpoint, event: Event, at: Timestamp): WebhookEndpoint {
  switch (event.type) {
    case 'webhook_endpoint.created': {
      const { url, events, description } = event
      return { ...endpoint, url, events, description, secrets: [{ number: 1, until: null }], createdAt: at }
    }
    case 'webhook_endpoint.changed': {
      const { type: _, ...changes } = event
      return { ...endpoint, ...changes }
    }
    case 'webhook_endpoint.secret_rotated': {
      const { number, until } = event
      const older = endpoint.secrets.map((secret) => ({ ...secret, until: secret.until !== null && secret.until < until ? secret.until : until }))
      return { ...endpoint, secrets: [{ number, until: null }, ...older.filter((secret) => secret.until > at)] }
    }
    case 'webhook_endpoint.disabled':
      return { ...endpoint, state: 'disabled', disabled: { at, reason: event.reason } }
    case 'webhook_endpoint.enabled':
      return { ...endpoint, state: 'enabled', disabled: null }
    case 'webhook_endpoint.deleted':
      return { ...endpoint, state: 'deleted' }
    default:
      return endpoint
  }
}

/** Whether it is to be told of it. */
export function hears({ state, events }: WebhookEndpoint, type: WebhookType): boolean {
  return state !== 'deleted' && (events.length === 0 || events.includes(type))
}
