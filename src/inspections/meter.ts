// A meter of an asset: hours run, cycles, kilometres; its readings, and what they make of its usage, which never goes back.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Event, MeterEvent } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import { digest } from '../message.ts'
import { defineCollection } from '../storage/collection.ts'

export interface Reading {
  value: number
  at: Timestamp
}

export interface Meter {
  _id: string
  n: number
  asset: string
  /** As plans name it, e.g. `hours`. */
  unit: string
  last: Reading | null
  /** All that was counted, over meters that were replaced; null before the first reading. */
  usage: number | null
  /** What the meters before it had counted. */
  offset: number
  /** When its customer was asked for a reading last. */
  askedAt: Timestamp | null
  /** From which usage each plan counts, by the plan and since when it is as it is. */
  bases: Readonly<Record<string, number>>
  updatedAt: Timestamp
}

export const metersCollection = defineCollection<Meter>('meters', [{ name: 'asset', fields: ['asset'] }])

export function plainUnit(unit: string): string {
  return unit.trim().toLowerCase()
}

export function meterId(asset: string, unit: string): string {
  return `mt_${digest('meter', asset, plainUnit(unit))}`
}

export const meterStream: Stream<Meter> = {
  kind: 'meter',
  collection: metersCollection,
  begin: (id) => ({ _id: id, n: 0, asset: '', unit: '', last: null, usage: null, offset: 0, askedAt: null, bases: {}, updatedAt: timestamp(0) }),
  apply: (meter, event, at) => (isMeterEvent(event) ? { ...applyEvent(meter, event, at), updatedAt: at } : meter),
}

function applyEvent(meter: Meter, event: MeterEvent, at: Timestamp): Meter {
  switch (event.type) {
    case 'meter.read': {
      const { value, at: readAt, replaced } = event
      // A new meter begins where the old one ended; one that seems to run back a little stood still.
      const offset = replaced ? (meter.usage ?? 0) : meter.offset
      const usage = Math.max(meter.usage ?? value, offset + value)
      return { ...meter, asset: event.asset, unit: event.unit, offset, usage, last: { value, at: readAt } }
    }
    case 'meter.asked':
      return { ...meter, asset: event.asset, unit: event.unit, askedAt: at }
    case 'meter.plan_based':
      return { ...meter, bases: { ...meter.bases, [event.plan]: event.usage } }
  }
}

/** Lower than the meter's last reading by more than it may be inexact. Pure. */
export function runsBack({ last }: Pick<Meter, 'last'>, value: number, hysteresis: number): boolean {
  return last !== null && last.value - value > hysteresis
}

function isMeterEvent(event: Event): event is MeterEvent {
  return event.type.startsWith('meter.')
}
