// A fault that a machine reports of itself: one for each serial number and code, with the ticket that it is looked after in.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'

export const faultStates = ['raised', 'cleared'] as const

export interface DeviceFault {
  _id: string
  n: number
  /** The system that told of it last. */
  source: string
  serial: string
  code: string
  state: (typeof faultStates)[number]
  ticket: string
  /** Times it was raised. */
  count: number
  /** Since the ticket was opened for it. */
  since: Timestamp
  raisedAt: Timestamp
  /** Of its last report, raised or cleared. */
  reportedAt: Timestamp
  /** When the ticket was last told of it. */
  notedAt: Timestamp
  createdAt: Timestamp
}

/** Internal: `opened` with a new ticket; `noted` when its ticket was told. */
export type FaultEvent =
  | { type: 'device_fault.raised'; source: string; serial: string; code: string; ticket: string; opened: boolean; noted: boolean }
  | { type: 'device_fault.cleared' }

export const faultsCollection = defineCollection<DeviceFault>('device_faults', [
  { name: 'ticket', fields: ['ticket'] },
  { name: 'created', fields: ['createdAt', '_id'] },
])

export const faultStream: Stream<DeviceFault> = {
  kind: 'device_fault',
  collection: faultsCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    source: '',
    serial: '',
    code: '',
    state: 'cleared',
    ticket: '',
    count: 0,
    since: timestamp(0),
    raisedAt: timestamp(0),
    reportedAt: timestamp(0),
    notedAt: timestamp(0),
    createdAt: timestamp(0),
  }),
  apply(fault, event, at) {
    switch (event.type) {
      case 'device_fault.raised': {
        const { source, serial, code, ticket, opened, noted } = event
        return {
          ...fault,
          source,
          serial,
          code,
          ticket,
          state: 'raised',
          count: opened ? 1 : fault.count + 1,
          since: opened ? at : fault.since,
          raisedAt: at,
          reportedAt: at,
          notedAt: opened || noted ? at : fault.notedAt,
          createdAt: fault.n === 0 ? at : fault.createdAt,
        }
      }
      case 'device_fault.cleared':
        return { ...fault, state: 'cleared', reportedAt: at }
      default:
        return fault
    }
  },
}
