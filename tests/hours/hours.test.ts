// Working hours against a model that asks a clock on the wall at every minute, over changes of clocks in several zones.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterWorkingTime, hoursSchema, isOpen, nextOpening, openStretches, readHours, workingTimeBetween, type Hours } from '../../src/hours/index.ts'

const minute = 60_000
const day = 1440 * minute

/** Around changes of clocks: by an hour, by half an hour, at midnight, southern, and a zone without any. */
const places = [
  { timeZone: 'Europe/Berlin', around: ['2026-03-29', '2026-10-25'] },
  { timeZone: 'America/New_York', around: ['2026-03-08', '2026-11-01'] },
  { timeZone: 'Australia/Lord_Howe', around: ['2026-04-05', '2026-10-04'] },
  { timeZone: 'America/Santiago', around: ['2026-04-05', '2026-09-06'] },
  { timeZone: 'Asia/Beirut', around: ['2026-03-29', '2026-10-25'] },
  { timeZone: 'Asia/Shanghai', around: ['2026-05-01'] },
  { timeZone: 'Asia/Kathmandu', around: ['2026-01-01'] },
] as const

const cuts = fc
  .uniqueArray(fc.integer({ min: 0, max: 96 }), { maxLength: 6 })
  .map((quarters) => quarters.toSorted((a, b) => a - b).map((quarter) => quarter * 15))
const spans = cuts.map((points) =>
  points.flatMap((from, index) => (index % 2 === 0 && points[index + 1] !== undefined ? [{ from, to: points[index + 1] ?? 0 }] : [])),
)
const scene = fc.constantFrom(...places).chain(({ timeZone, around }) =>
  fc.record({
    hours: fc.record({
      timeZone: fc.constant(timeZone),
      week: fc.array(spans, { minLength: 7, maxLength: 7 }),
      holidays: fc.subarray(around.flatMap((date) => [-1, 0, 1].map((offset) => Temporal.PlainDate.from(date).add({ days: offset }).toString()))),
    }),
    from: fc
      .tuple(fc.constantFrom(...around), fc.integer({ min: -36 * 60, max: 12 * 60 }))
      .map(([date, minutes]) => Date.parse(`${date}T00:00:00Z`) + minutes * minute),
  }),
)

const formats = new Map<string, Intl.DateTimeFormat>(
  places.map(({ timeZone }) => [
    timeZone,
    new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  ]),
)

/** What the clock on the wall says decides, and nothing else. */
function modelIsOpen({ timeZone, week, holidays }: Hours, now: number): boolean {
  const parts = new Map(
    formats
      .get(timeZone)
      ?.formatToParts(now)
      .map(({ type, value }) => [type, value]),
  )
  const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`
  const clock = Number(parts.get('hour')) * 60 + Number(parts.get('minute'))
  const weekday = (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
  return !holidays.includes(date) && (week[weekday] ?? []).some(({ from, to }) => clock >= from && clock < to)
}

function modelMinutes(hours: Hours, from: number, count: number): boolean[] {
  return Array.from({ length: count }, (_, index) => modelIsOpen(hours, from + index * minute))
}

describe('working hours', () => {
  it('say minute by minute what a clock on the wall says, through every change of clocks', () => {
    fc.assert(
      fc.property(scene, ({ hours, from }) => {
        const length = 3 * 1440
        const model = modelMinutes(hours, from, length)
        const open = Array.from({ length }, () => false)
        for (const stretch of openStretches(hours, from)) {
          if (stretch.from >= from + length * minute) break
          for (let at = stretch.from; at < Math.min(stretch.to, from + length * minute); at += minute) open[(at - from) / minute] = true
        }
        expect(open).toEqual(model)
      }),
      { numRuns: 60 },
    )
  })

  it('count working time as the minutes are counted, and find the instant at which it is used up', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: 1, max: 1800 }), ({ hours, from }, wanted) => {
        const length = 4 * 1440
        const model = modelMinutes(hours, from, length)
        const counted = model.filter(Boolean).length
        expect(workingTimeBetween(hours, from, from + length * minute)).toBe(counted * minute)
        const due = afterWorkingTime(hours, from, wanted * minute)
        if (counted >= wanted) {
          let left = wanted
          const index = model.findIndex((open) => open && --left === 0)
          expect(due).toBe(from + (index + 1) * minute)
        } else expect(due === undefined || due > from + length * minute || workingTimeBetween(hours, from, due) === wanted * minute).toBe(true)
        expect(nextOpening(hours, from) ?? Infinity).toBe(nextInModel(model, from) ?? nextOpening(hours, from + length * minute) ?? Infinity)
        expect(isOpen(hours, from)).toBe(model[0])
      }),
      { numRuns: 60 },
    )
  })

  it('are whole: what is counted in two parts is what is counted in one', () => {
    fc.assert(
      fc.property(scene, fc.nat(5 * 1440), fc.nat(5 * 1440), ({ hours, from }, one, other) => {
        const [middle, end] = [from + one * minute, from + (one + other) * minute]
        expect(workingTimeBetween(hours, from, middle) + workingTimeBetween(hours, middle, end)).toBe(workingTimeBetween(hours, from, end))
      }),
    )
  })

  it('are always where none are set, and never where all are closed', () => {
    expect(nextOpening(null, 5)).toBe(5)
    expect(afterWorkingTime(null, 5, day)).toBe(5 + day)
    expect(workingTimeBetween(null, 5, 4)).toBe(0)
    const never = { timeZone: 'UTC', week: [], holidays: [] }
    expect(nextOpening(never, 0)).toBeUndefined()
    expect(afterWorkingTime(never, 0, 1)).toBeUndefined()
    expect(isOpen(never, 0)).toBe(false)
  })

  it('go on after a long holiday', () => {
    const december = Array.from({ length: 31 }, (_, index) => `2026-12-${String(index + 1).padStart(2, '0')}`)
    const hours = { timeZone: 'Europe/Berlin', week: [[{ from: 540, to: 1020 }], [], [], [], [], [], []], holidays: december }
    expect(new Date(nextOpening(hours, Date.parse('2026-12-01T00:00:00Z')) ?? 0).toISOString()).toBe('2027-01-04T08:00:00.000Z')
    // A year of eight hours a week.
    expect(new Date(afterWorkingTime(hours, Date.parse('2026-01-01T00:00:00Z'), 480 * 60 * minute) ?? 0).toISOString()).toBe('2027-03-22T16:00:00.000Z')
  })
})

describe('working hours in mendline.yaml', () => {
  const read = (setting: unknown) => readHours(hoursSchema.parse(setting), 'Europe/Berlin')
  it('are read by weekday; a day not named is closed', () => {
    expect(read({ mon: '09:00-12:00, 13:00-17:00', sat: 'closed', sun: '0:00-24:00', holidays: ['2026-12-25'] })).toEqual({
      timeZone: 'Europe/Berlin',
      week: [
        [
          { from: 540, to: 720 },
          { from: 780, to: 1020 },
        ],
        [],
        [],
        [],
        [],
        [],
        [{ from: 0, to: 1440 }],
      ],
      holidays: ['2026-12-25'],
    })
    expect(read({ timeZone: 'Asia/Shanghai' }).timeZone).toBe('Asia/Shanghai')
  })
  it.each([
    { mon: '9-17' },
    { mon: '17:00-09:00' },
    { mon: '09:00-24:30' },
    { mon: '13:00-17:00, 09:00-12:00' },
    { mon: '09:00-12:00, 11:00-13:00' },
    { monday: '09:00-17:00' },
    { holidays: ['25.12.2026'] },
    { holidays: ['2026-02-30'] },
    { timeZone: 'Berlin' },
  ])('are refused: %j', (setting) => {
    expect(hoursSchema.safeParse(setting).success).toBe(false)
  })
})

function nextInModel(model: readonly boolean[], from: number): number | undefined {
  const index = model.indexOf(true)
  return index < 0 ? undefined : from + index * minute
}
