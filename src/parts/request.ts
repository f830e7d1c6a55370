// A part request: a requisition from outside, an allocation to a ticket, a transfer between places, a return. What it claims stays at its
// source until it is received.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Event } from '../events.ts'
import type { Actor, Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'

export const requestKinds = ['requisition', 'allocation', 'transfer', 'return'] as const
export const requestStatuses = ['requested', 'allocated', 'received', 'cancelled'] as const
export type RequestKind = (typeof requestKinds)[number]
export type RequestStatus = (typeof requestStatuses)[number]

export interface RequestFields {
  kind: RequestKind
  /** Empty while nobody has said which part of the catalogue is meant by `wanted`. */
  part: string
  /** The words of who asked for a part that the catalogue does not know by them. */
  wanted?: string
  quantity: number
  /** Where it comes from; null for a requisition, which comes from a supplier. */
  from: string | null
  /** Where it goes; null for an allocation, which a repair uses up, and for a return that leaves us. */
  to: string | null
  ticket: string | null
  /** Reserved beforehand as likely to be needed. */
  kit: boolean
}

export interface PartRequest extends RequestFields {
  _id: string
  n: number
  status: RequestStatus
  /** Of an allocation that was received: how many the repair took. */
  used: number | null
  by: Actor
  /** When it was claimed at its source; null while it waits for stock. */
  allocatedAt: Timestamp | null
  createdAt: Timestamp
  updatedAt: Timestamp
}

export const requestsCollection = defineCollection<PartRequest>('part_requests', [
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'ticket', fields: ['ticket', 'status'] },
  { name: 'source', fields: ['from', 'part', 'status'] },
])

export const requestStream: Stream<PartRequest> = {
  kind: 'part_request',
  collection: requestsCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    kind: 'requisition',
    part: '',
    quantity: 0,
    from: null,
    to: null,
    ticket: null,
    kit: false,
    status: 'requested',
    used: null,
    by: { kind: 'system', id: null },
    allocatedAt: null,
    createdAt: timestamp(0),
    updatedAt: timestamp(0),
  }),
  apply(request, event: Event, at, actor) {
    if (event.type === 'part_request.named') return { ...request, part: event.part, updatedAt: at }
    if (event.type !== 'part_request.changed') return request
    const begun = event.request === undefined ? request : { ...request, ...event.request, by: actor, createdAt: at }
    return { ...begun, status: event.to, allocatedAt: event.to === 'allocated' ? at : request.allocatedAt, used: event.used ?? request.used, updatedAt: at }
  },
}

/** A requisition is received as it was requested; what comes from a place of ours is claimed there first. */
export function mayBecome({ kind, status }: Pick<PartRequest, 'kind' | 'status'>, to: RequestStatus): boolean {
  if (to === 'cancelled') return status === 'requested' || status === 'allocated'
  if (to === 'allocated') return status === 'requested' && kind !== 'requisition'
  return to === 'received' && status === (kind === 'requisition' ? 'requested' : 'allocated')
}
