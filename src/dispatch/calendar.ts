// An engineer's day: one stream for each, so that a booking is one insert and no two visits can ever overlap, however many choose at once.
import type { Timestamp } from '../clock.ts'
import type { Stream } from '../journal/index.ts'
import { defineCollection } from '../storage/collection.ts'
import type { Point } from './place.ts'

export interface Booking {
  /** Unique: of one choice. */
  id: string
  workOrder: string
  /** Its round when the time was chosen: a booking for an earlier one is out of date. */
  round: number
  from: Timestamp
  until: Timestamp
  point: Point | null
}

export interface CalendarDay {
  /** `<engineer>/<date>`: the date by the engineer's clock. */
  _id: string
  n: number
  engineer: string
  date: string
  /** In order of time. */
  booked: Booking[]
}

export const calendarCollection = defineCollection<CalendarDay>('calendar', [{ name: 'engineer', fields: ['engineer', 'date'] }])

export function dayId(engineer: string, date: string): string {
  return `${engineer}/${date}`
}

export const calendarStream: Stream<CalendarDay> = {
  kind: 'calendar',
  collection: calendarCollection,
  begin(id) {
    const [engineer = '', date = ''] = id.split('/')
    return { _id: id, n: 0, engineer, date, booked: [] }
  },
  apply(day, event) {
    switch (event.type) {
      case 'calendar.booked':
        return { ...day, booked: [...day.booked, event.booking].toSorted((one, other) => one.from.localeCompare(other.from)) }
      case 'calendar.released':
        return { ...day, booked: day.booked.filter(({ id }) => id !== event.booking) }
      default:
        return day
    }
  },
}
