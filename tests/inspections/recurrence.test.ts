// When a rule comes: by the clock on the wall of its place, whatever the clocks do there, and wherever the server stands.
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instantOf, nextWallTime, ruleProblem, wallAt, wallOf, wallTimes, type Rule } from '../../src/inspections/recurrence.ts'
import { shifted } from '../../src/inspections/workdays.ts'

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Santiago', 'Asia/Beirut', 'Asia/Kathmandu', 'Pacific/Apia', 'UTC']
const rule = (rrule: string, start: string, timeZone = 'Europe/Berlin'): Rule => ({ rrule, start, timeZone })
const days = (given: Rule, from: string, to: string): string[] => wallTimes(given, wallOf(from), wallOf(to)).map((wall) => wall.toPlainDate().toString())

describe('a rule', () => {
  it('keeps the day and the time on the wall over every change of clocks, in every zone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        fc.constantFrom(0, 15, 30),
        fc.integer({ min: 1, max: 40 }),
        (timeZone, hour, minute, interval) => {
          const start = Temporal.PlainDateTime.from({ year: 2026, month: 1, day: 1, hour, minute })
          const given = rule(`FREQ=DAILY;INTERVAL=${interval}`, start.toString(), timeZone)
          const walls = wallTimes(given, start, start.add({ years: 1 }))
          expect(walls.map(String)).toEqual(walls.map((_, index) => start.add({ days: interval * (index + 1) }).toString()))
          for (const wall of walls) {
            const at = wallAt(instantOf(wall, timeZone), timeZone)
            // Where the clock jumps over it, it is as much later as the clock jumped; never on a day before.
            const late = at.since(wall, { largestUnit: 'minutes' }).minutes
            expect([0, 30, 60, 24 * 60]).toContain(late)
          }
        },
      ),
    )
  })

  it('comes on the last day of each month, however long that is, in both spellings', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2020, max: 2100 }), fc.constantFrom(...zones), (year, timeZone) => {
        const lasts = Array.from({ length: 12 }, (_, index) => {
          const month = Temporal.PlainYearMonth.from({ year, month: index + 1 })
          return month.toPlainDate({ day: month.daysInMonth }).toString()
        })
        for (const rrule of ['FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1', 'FREQ=MONTHLY;BYMONTHDAY=-1'])
          expect(days(rule(rrule, `${year - 1}-12-31T02:30`, timeZone), `${year}-01-01T00:00`, `${year}-12-31T23:59`)).toEqual(lasts)
      }),
      { numRuns: 25 },
    )
  })

  it('ends with its day, by the clock there, or with its number', () => {
    const start = '2026-03-01T09:00'
    expect(days(rule('FREQ=DAILY;UNTIL=20260303', start), '2026-01-01T00:00', '2026-12-31T00:00')).toEqual(['2026-03-01', '2026-03-02', '2026-03-03'])
    expect(days(rule('FREQ=DAILY;UNTIL=20260303T075959Z', start), '2026-01-01T00:00', '2026-12-31T00:00')).toEqual(['2026-03-01', '2026-03-02'])
    expect(days(rule('FREQ=DAILY;UNTIL=20260303T080000Z', start), '2026-01-01T00:00', '2026-12-31T00:00')).toEqual(['2026-03-01', '2026-03-02', '2026-03-03'])
    expect(days(rule('RRULE:FREQ=WEEKLY;BYDAY=MO;COUNT=2', start), '2026-01-01T00:00', '2026-12-31T00:00')).toEqual(['2026-03-02', '2026-03-09'])
    expect(nextWallTime(rule('FREQ=WEEKLY;COUNT=2', start), { after: wallOf('2026-03-08T09:00') })).toBeUndefined()
  })

  it('gives the same instants wherever the server stands', async () => {
    const module = join(import.meta.dirname, '../../src/inspections/recurrence.ts')
    const script = `const { wallTimes, wallOf, instantOf } = await import(${JSON.stringify(module)})
      const rules = [['FREQ=DAILY', '2026-01-01T02:30'], ['FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1', '2026-01-31T23:30'], ['FREQ=WEEKLY;BYDAY=SU', '2026-01-04T00:15']]
      const at = []
      for (const [rrule, start] of rules) for (const timeZone of ['Europe/Berlin', 'America/Santiago'])
        for (const wall of wallTimes({ rrule, start, timeZone }, wallOf(start), wallOf('2026-12-31T23:59'))) at.push(instantOf(wall, timeZone))
      console.log(JSON.stringify(at))`
    const under = async (zone: string): Promise<string> =>
      (await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, TZ: zone } })).stdout
    const here = await under('UTC')
    expect(JSON.parse(here)).toHaveLength(2 * (364 + 11 + 51))
    expect(await Promise.all(['America/Los_Angeles', 'Pacific/Apia', 'Europe/Berlin'].map(under))).toEqual([here, here, here])
  })

  it.each([
    ['every month', 'names no FREQ; write for example FREQ=MONTHLY;INTERVAL=6'],
    ['FREQ=HOURLY', 'FREQ=HOURLY is too often for inspections; FREQ is DAILY, WEEKLY, MONTHLY or YEARLY'],
    ['FREQ=MONTHLY;INTERVAL=0', 'INTERVAL is a whole number from 1; "0" is none of these'],
    ['FREQ=WEEKLY;BYDAY=MON', 'BYDAY names days such as MO,TH or, of the month, 1MO or -1FR; "MON" is none of these'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY holds numbers from 1 to 31, or from -31 to -1; "32" is none of these'],
    ['FREQ=MONTHLY;BYHOUR=9', 'BYHOUR is not for plans; the time of the day is that of start'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20270101', 'has both COUNT and UNTIL; keep one of them'],
    ['DTSTART:20260101T090000 RRULE:FREQ=DAILY', 'leave DTSTART and TZID out of it; they are start and timeZone'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'never comes: no day from start on fits it'],
    ['FREQ=DAILY;UNTIL=20200101', 'never comes: no day from start on fits it'],
    ['FREQ=DAILY;FREQ=WEEKLY', 'has two of FREQ'],
    ['FREQ=MONTHLY;EVERY=2', 'knows no part EVERY; there are FREQ, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYMONTH, BYSETPOS, WKST'],
  ])('that is wrong says what is wrong: %s', (rrule, problem) => {
    expect(ruleProblem(rule(rrule, '2026-03-31T09:00'))).toBe(problem)
  })
})

describe('a day on which nobody works', () => {
  const hours = {
    timeZone: 'Europe/Berlin',
    week: [...Array.from({ length: 5 }, () => [{ from: 540, to: 1020 }]), [], []],
    holidays: ['2026-12-25', '2026-12-28'],
  }

  it('moves an inspection to the working day after or before it, at the same time', () => {
    const christmas = wallOf('2026-12-25T09:30')
    expect(shifted(christmas, 'after', hours).toString()).toBe('2026-12-29T09:30:00')
    expect(shifted(christmas, 'before', hours).toString()).toBe('2026-12-24T09:30:00')
    expect(shifted(christmas, 'keep', hours)).toBe(christmas)
    expect(shifted(christmas, 'after', null)).toBe(christmas)
    expect(shifted(christmas, 'after', { ...hours, week: [[], [], [], [], [], [], []] })).toBe(christmas)
  })
})
