// Engineers, work and calendars as data, for tests of pure decisions.
import type { Booking, CalendarDay } from '../../src/dispatch/calendar.ts'
import { engineerStream, type Engineer } from '../../src/dispatch/engineer.ts'
import type { Point } from '../../src/dispatch/place.ts'
import { workOrderStream, type WorkOrder } from '../../src/dispatch/work-order.ts'
import { readHours } from '../../src/hours/index.ts'

export const office = { from: 9 * 60, to: 17 * 60 }
export const weekdays = { mon: [office], tue: [office], wed: [office], thu: [office], fri: [office], holidays: [] }
export const hours = readHours(weekdays, 'Europe/Berlin')

export function engineer(id: string, more: Partial<Engineer> = {}): Engineer {
  return { ...engineerStream.begin(id), n: 1, name: id, active: true, visitsPerDay: 6, hours: weekdays, ...more }
}

export function order(id: string, more: Partial<WorkOrder> = {}): WorkOrder {
  return { ...workOrderStream.begin(id), n: 1, duration: 3_600_000, ...more }
}

export function booking(workOrder: string, from: string, until: string, point: Point | null = null): Booking {
  return { id: workOrder, workOrder, round: 0, from, until, point }
}

export function dayOf(id: string, date: string, booked: Booking[]): CalendarDay {
  return { _id: `${id}/${date}`, n: 1, engineer: id, date, booked }
}
