// A work order: one piece of work for a ticket, at the customer's or in the shop; and how its history folds into it.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Event, WorkOrderEvent } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'
import type { FailureRecord } from '../tickets/failure.ts'
import type { Priority } from '../tickets/status.ts'
import type { Site } from './place.ts'
import { firstStatus, type Outcome, type WorkKind, type WorkStatus } from './status.ts'

/** When somebody comes, as agreed with the customer. */
export interface Appointment {
  from: Timestamp
  until: Timestamp
  /** The engineer's day it is booked on. */
  day: string
}

/** An engineer who gave the work back, or let an offer of it go by. */
export interface Rejection {
  engineer: string
  reason: string
  at: Timestamp
  /** The time it was for; null where none was agreed upon. */
  from: Timestamp | null
}

export interface WorkOrder {
  _id: string
  n: number
  ticket: string
  kind: WorkKind
  status: WorkStatus
  statusSince: Timestamp
  /** What is to be done, for whoever does it. */
  subject: string
  priority: Priority
  /** All of them are needed. */
  skills: string[]
  /** How long it takes, milliseconds. */
  duration: number
  site: Site
  /** Its ticket is an inspection; left out where it is not. */
  inspection?: string
  /** When it is to be done, where that was planned. */
  window?: { from: Timestamp; until: Timestamp }
  /** Whom the customer would like, or who was there before. */
  preferredEngineer: string | null
  /** Nothing is planned for it as long as that lasts. */
  hold: { reason: string; at: Timestamp } | null
  engineer: string | null
  engineerName: string | null
  appointment: Appointment | null
  /** Counts the agreements on a time: a choice made before the last one is out of date. */
  round: number
  rejections: Rejection[]
  /** That waits for an engineer's answer. */
  offer: { id: string; until: Timestamp } | null
  outcome: Outcome | null
  failure: FailureRecord | null
  /** Files. */
  photos: string[]
  createdAt: Timestamp
  updatedAt: Timestamp
}

/** As it is opened; the rest follows from its history. */
export type FreshWorkOrder = Pick<
  WorkOrder,
  'ticket' | 'kind' | 'subject' | 'priority' | 'skills' | 'duration' | 'site' | 'preferredEngineer' | 'inspection' | 'window' | 'createdAt'
>

export const workOrdersCollection = defineCollection<WorkOrder>('work_orders', [
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'ticket', fields: ['ticket'] },
  { name: 'status', fields: ['status', 'createdAt'] },
  { name: 'engineer', fields: ['engineer', 'status'] },
])

/** More than anybody looks at. */
const rejectionsKept = 50

export const workOrderStream: Stream<WorkOrder> = {
  kind: 'work_order',
  collection: workOrdersCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    ticket: '',
    kind: 'visit',
    status: 'unscheduled',
    statusSince: timestamp(0),
    subject: '',
    priority: 'normal',
    skills: [],
    duration: 0,
    site: { address: null, postcode: null, point: null },
    preferredEngineer: null,
    hold: null,
    engineer: null,
    engineerName: null,
    appointment: null,
    round: 0,
    rejections: [],
    offer: null,
    outcome: null,
    failure: null,
    photos: [],
    createdAt: timestamp(0),
    updatedAt: timestamp(0),
  }),
  apply: (order, event, at) => (isWorkOrderEvent(event) ? { ...applyEvent(order, event, at), updatedAt: at } : order),
}

function applyEvent(order: WorkOrder, event: WorkOrderEvent, at: Timestamp): WorkOrder {
  switch (event.type) {
    case 'work_order.opened':
      return { ...order, ...event.order, status: firstStatus(event.order.kind), statusSince: at }
    case 'work_order.status_changed':
      return { ...order, status: event.to, statusSince: at, offer: event.to === 'dispatched' ? order.offer : null, outcome: event.outcome ?? order.outcome }
    case 'work_order.described': {
      const { type: _, ...described } = event
      return { ...order, ...described }
    }
    case 'work_order.held':
      return { ...order, hold: { reason: event.reason, at } }
    case 'work_order.released':
      return { ...order, hold: null }
    case 'work_order.assigned':
      return { ...order, engineer: event.engineer, engineerName: event.name }
    case 'work_order.offered':
      return { ...order, offer: { id: event.offer, until: event.until } }
    case 'work_order.recorded':
      return { ...order, failure: event.failure ?? order.failure, photos: [...new Set([...order.photos, ...event.photos])] }
    case 'work_order.pooled':
    case 'appointment.wanted':
    case 'appointment.proposed':
    case 'appointment.reminded':
      return order
    case 'appointment.confirmed':
    case 'appointment.rescheduled':
      return {
        ...order,
        appointment: { from: event.from, until: event.until, day: event.day },
        engineer: event.engineer,
        engineerName: event.name,
        round: order.round + 1,
      }
    case 'appointment.rejected':
      return {
        ...order,
        engineer: null,
        engineerName: null,
        rejections:
          event.engineer === null
            ? order.rejections
            : [...order.rejections, { engineer: event.engineer, reason: event.reason, at, from: order.appointment?.from ?? null }].slice(-rejectionsKept),
      }
    case 'appointment.canceled':
      return { ...order, appointment: null, engineer: null, engineerName: null, round: order.round + 1 }
  }
}

function isWorkOrderEvent(event: Event): event is WorkOrderEvent {
  return /^(?:work_order|appointment)\./.test(event.type)
}
