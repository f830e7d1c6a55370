// A maintenance plan: which assets are inspected, how often, how early their customers are asked, and what is looked at.
import { timestamp, type Timestamp } from '../clock.ts'
import type { Event } from '../events.ts'
import type { Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'
import type { ChecklistItem } from './checklist.ts'
import type { Rule } from './recurrence.ts'
import type { HolidayShift } from './workdays.ts'

/** One asset, every asset of a product, or every asset at a site. */
export const covers = ['asset', 'product', 'site'] as const

export type Schedule =
  | ({ by: 'calendar' } & Rule)
  /** All in the meter's unit, but for `askEveryMs`. */
  | {
      by: 'meter'
      unit: string
      every: number
      /** Where a fixed count begins; null: at a multiple of `every`. */
      start: number | null
      /** The job is opened so much before. */
      lead: number
      /** A reading that is lower by no more than this is only inexact. */
      hysteresis: number
      /** How often the customer is asked for a reading; null: never. */
      askEveryMs: number | null
    }

export interface PlanFields {
  name: string
  /** What kind of inspection: an asset has one open job of a kind, whichever plans are due. */
  kind: string
  covers: { by: (typeof covers)[number]; id: string }
  schedule: Schedule
  /** Counted by the calendar or the meter alone, or from the last completion. */
  anchor: 'fixed' | 'floating'
  /** The job is opened, and the customer asked, so long before it is due. */
  leadMs: number
  /** Done so long after it was due at the latest, it was in time; times are offered so long before it too. */
  windowMs: number
  holidays: HolidayShift
  /** Whose hours and holidays count; null: the company's. */
  team: string | null
  checklist: readonly ChecklistItem[]
  skills: readonly string[]
  /** Null: as long as any visit. */
  durationMs: number | null
}

export interface MaintenancePlan extends PlanFields {
  _id: string
  n: number
  /** Where it is kept: one of mendline.yaml is changed there. */
  source: 'settings' | 'api'
  active: boolean
  /** What was due before is none of its business. */
  since: Timestamp
  createdAt: Timestamp
  updatedAt: Timestamp
}

export const plansCollection = defineCollection<MaintenancePlan>('maintenance_plans', [
  { name: 'created', fields: ['createdAt', '_id'] },
  { name: 'covers', fields: ['active', 'covers.by', 'covers.id'] },
])

const nothing: PlanFields = {
  name: '',
  kind: '',
  covers: { by: 'asset', id: '' },
  schedule: { by: 'calendar', rrule: '', timeZone: 'UTC', start: '' },
  anchor: 'fixed',
  leadMs: 0,
  windowMs: 0,
  holidays: 'keep',
  team: null,
  checklist: [],
  skills: [],
  durationMs: null,
}

export const planStream: Stream<MaintenancePlan> = {
  kind: 'maintenance_plan',
  collection: plansCollection,
  begin: (id) => ({
    _id: id,
    n: 0,
    ...nothing,
    source: 'api',
    active: false,
    since: timestamp(0),
    createdAt: timestamp(0),
    updatedAt: timestamp(0),
  }),
  apply(plan, event: Event, at) {
    switch (event.type) {
      case 'plan.described': {
        // Another rhythm, or a plan that rested, begins anew: nothing of the time before was missed.
        const anew =
          !plan.active ||
          JSON.stringify([plan.schedule, plan.anchor, plan.covers]) !== JSON.stringify([event.fields.schedule, event.fields.anchor, event.fields.covers])
        return {
          ...plan,
          ...event.fields,
          source: event.source,
          active: true,
          since: anew ? at : plan.since,
          createdAt: plan.n === 0 ? at : plan.createdAt,
          updatedAt: at,
        }
      }
      case 'plan.stopped':
        return { ...plan, active: false, updatedAt: at }
      default:
        return plan
    }
  },
}
