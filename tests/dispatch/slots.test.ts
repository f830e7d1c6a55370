// Free times come out of the real calendar, and customers are offered those that suit them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Booking } from '../../src/dispatch/calendar.ts'
import { dateAt } from '../../src/dispatch/days.ts'
import { chooseOffers, type Offer } from '../../src/dispatch/offers.ts'
import { travelMs } from '../../src/dispatch/place.ts'
import { reminderTimes } from '../../src/dispatch/reminder-times.ts'
import { freeSlots, type SlotSearch } from '../../src/dispatch/slots.ts'
import { readWindows } from '../../src/understanding/times/index.ts'
import { booking, dayOf, engineer, hours } from './engineers.ts'

const ways = { speed: 40, unknownTravelMs: 30 * 60_000, bufferMs: 10 * 60_000 }
const at = (text: string): number => Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Berlin').epochMilliseconds
const local = (moment: number): string =>
  Temporal.Instant.fromEpochMilliseconds(moment).toZonedDateTimeISO('Europe/Berlin').toPlainDateTime().toString({ smallestUnit: 'minute' })
const iso = (text: string): string => new Date(at(text)).toISOString()
const clockOf = (moments: readonly { from: number }[]): string[] => moments.map(({ from }) => local(from))

/** Thursday 5 March 2026. */
function search(booked: Booking[], more: Partial<SlotSearch> = {}): SlotSearch {
  return {
    engineer: engineer('kim'),
    hours,
    days: new Map([['2026-03-05', dayOf('kim', '2026-03-05', booked)]]),
    visit: { workOrder: 'w', point: null, durationMs: 3_600_000 },
    ways,
    from: at('2026-03-05T07:00'),
    until: at('2026-03-05T20:00'),
    ...more,
  }
}

describe('free times', () => {
  it('leave room for the way from the visit before and to the one after', () => {
    const taken = booking('other', iso('2026-03-05T12:00'), iso('2026-03-05T13:00'))
    // Forty minutes away from it on either side.
    const around = ['09:00', '09:30', '10:00', '14:00', '14:30', '15:00', '15:30', '16:00']
    expect(clockOf(freeSlots(search([taken])))).toEqual(around.map((clock) => `2026-03-05T${clock}`))
  })

  it('begin no sooner than asked for, on a working day, and not on a day that is full or off', () => {
    const taken = booking('other', iso('2026-03-05T09:00'), iso('2026-03-05T10:00'))
    expect(clockOf(freeSlots(search([], { from: at('2026-03-05T15:10') })))).toEqual(['2026-03-05T15:30', '2026-03-05T16:00'])
    expect(freeSlots(search([taken], { engineer: engineer('kim', { visitsPerDay: 1 }) }))).toEqual([])
    expect(freeSlots(search([], { engineer: engineer('kim', { daysOff: [{ from: '2026-03-01', until: '2026-03-31' }] }) }))).toEqual([])
    const weekend = freeSlots(search([], { from: at('2026-03-07T00:00'), until: at('2026-03-09T09:00') }))
    expect(clockOf(weekend)).toEqual(['2026-03-09T09:00'])
  })

  it('follow the clock on the wall over the change to summer time', () => {
    const sunday = { ...hours, week: hours.week.map(() => [{ from: 60, to: 300 }]) }
    const slots = freeSlots(search([], { hours: sunday, from: at('2026-03-29T00:00'), until: at('2026-03-29T23:00') }))
    expect(clockOf(slots)).toEqual(['2026-03-29T01:00', '2026-03-29T03:00', '2026-03-29T03:30', '2026-03-29T04:00'])
  })

  it('never overlap what is booked nor leave too little time for the way, whatever is booked', () => {
    const point = fc.option(fc.record({ lat: fc.double({ min: 52.3, max: 52.7, noNaN: true }), lon: fc.double({ min: 13, max: 13.8, noNaN: true }) }))
    const visits = fc.array(fc.record({ start: fc.nat(14), point }), { maxLength: 4 })
    fc.assert(
      fc.property(visits, point, point, (taken, where, base) => {
        const booked: Booking[] = []
        for (const { start, point: place } of taken.toSorted((one, other) => one.start - other.start)) {
          const from = at('2026-03-05T09:00') + start * 1_800_000
          if (Date.parse(booked.at(-1)?.until ?? '') > from) continue
          booked.push(booking(`b${start}`, new Date(from).toISOString(), new Date(from + 3_600_000).toISOString(), place))
        }
        for (const slot of freeSlots(search(booked, { engineer: engineer('kim', { base }), visit: { workOrder: 'w', point: where, durationMs: 3_600_000 } }))) {
          expect(dateAt(slot.from, 'Europe/Berlin')).toBe('2026-03-05')
          expect(booked.some(({ from, until }) => Date.parse(from) < slot.until && slot.from < Date.parse(until))).toBe(false)
          const before = booked.findLast(({ until }) => Date.parse(until) <= slot.from)
          const after = booked.find(({ from }) => Date.parse(from) >= slot.until)
          for (const [neighbour, gap] of [
            [before, slot.from - Date.parse(before?.until ?? '')],
            [after, Date.parse(after?.from ?? '') - slot.until],
          ] as const)
            if (neighbour !== undefined) expect(gap).toBeGreaterThanOrEqual(travelMs(where, neighbour.point, ways) + ways.bufferMs)
        }
      }),
    )
  })
})

describe('what a customer is offered', () => {
  const free: Offer[] = [
    '2026-03-04T09:00',
    '2026-03-04T09:30',
    '2026-03-04T14:00',
    '2026-03-05T10:00',
    '2026-03-05T15:00',
    '2026-03-05T16:00',
    '2026-03-06T16:30',
  ].map((text) => ({
    engineer: 'kim',
    name: 'Kim',
    day: `kim/${text.slice(0, 10)}`,
    from: at(text),
    until: at(text) + 3_600_000,
  }))
  const now = at('2026-03-03T12:00')
  const wished = (words: string) => readWindows(words, { now, timeZone: 'Europe/Berlin' })

  it('is spread over days and their halves, soonest first', () => {
    const { offers, fits } = chooseOffers(free, [], 4, 'Europe/Berlin')
    expect(fits).toBe(true)
    expect(clockOf(offers)).toEqual(['2026-03-04T09:00', '2026-03-04T14:00', '2026-03-05T10:00', '2026-03-05T15:00'])
  })

  it('is what was wished for, in free words', () => {
    const { offers, fits } = chooseOffers(free, wished('not before four, Thursday or Friday'), 4, 'Europe/Berlin')
    expect(fits).toBe(true)
    expect(clockOf(offers)).toEqual(['2026-03-05T16:00', '2026-03-06T16:30'])
  })

  it('is the nearest where nothing fits, and says so', () => {
    const { offers, fits } = chooseOffers(free, wished('Saturday morning'), 3, 'Europe/Berlin')
    expect(fits).toBe(false)
    expect(clockOf(offers)).toEqual(['2026-03-05T15:00', '2026-03-05T16:00', '2026-03-06T16:30'])
  })
})

describe('a reminder', () => {
  const times = (visit: string, ...hoursBefore: number[]): string[] =>
    reminderTimes(
      at(visit),
      hoursBefore.map((each) => each * 3_600_000),
      'Europe/Berlin',
    ).map(local)

  it('comes by day: in the morning where that is soon enough, else on the evening before', () => {
    expect(times('2026-03-05T15:00', 24, 2)).toEqual(['2026-03-04T15:00', '2026-03-05T13:00'])
    expect(times('2026-03-05T09:30', 24, 2)).toEqual(['2026-03-04T09:30', '2026-03-05T08:00'])
    expect(times('2026-03-05T08:30', 2)).toEqual(['2026-03-04T20:00'])
    expect(times('2026-03-05T23:00', 24)).toEqual(['2026-03-05T08:00'])
    expect(times('2026-03-05T07:00', 24, 2)).toEqual(['2026-03-04T08:00', '2026-03-04T20:00'])
  })

  it('is never sent at night and never after the visit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 365 * 48 }), fc.array(fc.integer({ min: 1, max: 200 }), { maxLength: 4 }), (half, leads) => {
        const visit = at('2026-01-01T00:00') + half * 1_800_000
        for (const each of reminderTimes(
          visit,
          leads.map((lead) => lead * 900_000),
          'Europe/Berlin',
        )) {
          const hour = Number(local(each).slice(11, 13))
          expect(hour >= 8 && hour < 21 && each < visit).toBe(true)
        }
      }),
    )
  })
})
