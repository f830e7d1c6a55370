// Wishes for a time become windows in the customer's zone, as people in that zone would mean them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readWindows } from '../../src/understanding/times/index.ts'

const timeZone = 'America/New_York'
/** A Monday, ten in the morning in New York. */
const now = Date.parse('2026-11-23T15:00:00Z')

function said(text: string, context = { now, timeZone }): string[] {
  return readWindows(text, context).map(({ from, until }) => {
    const [start, end] = [from, until].map((instant) => Temporal.Instant.from(instant).toZonedDateTimeISO(context.timeZone))
    return `${start?.toPlainDate().toString().slice(5)} ${start?.toPlainTime().toString().slice(0, 5)}-${end?.toPlainTime().toString().slice(0, 5)}`
  })
}

describe('in English', () => {
  it.each<[string, string[]]>([
    ['Thursday afternoon suits', ['11-26 12:00-18:00']],
    ['not before four, Thursday or Friday', ['11-26 16:00-20:00', '11-27 16:00-20:00']],
    ['Thursday or Friday after 4', ['11-26 16:00-20:00', '11-27 16:00-20:00']],
    ['Thursday afternoon or Friday morning', ['11-26 12:00-18:00', '11-27 08:00-12:00']],
    ['tomorrow morning', ['11-24 08:00-12:00']],
    ['tonight', ['11-23 18:00-21:00']],
    ['today after 3', ['11-23 15:00-20:00']],
    ['any time today', ['11-23 10:00-20:00']],
    ['any time next week except Wednesday', ['11-30 08:00-20:00', '12-01 08:00-20:00', '12-03 08:00-20:00', '12-04 08:00-20:00']],
    ['not on Friday, Thursday is fine', ['11-26 08:00-20:00']],
    ['between 2 and 5 pm on Wednesday', ['11-25 14:00-17:00']],
    ['Saturday 10-12', ['11-28 10:00-12:00']],
    ['10 to 2 tomorrow', ['11-24 10:00-14:00']],
    ['on Tuesday at 9:30', ['11-24 09:30-10:30']],
    ['the 26th of November', ['11-26 08:00-20:00']],
    ['26/11 at 3pm', ['11-26 15:00-16:00']],
    ['Nov 30', ['11-30 08:00-20:00']],
    ['next Thursday', ['12-03 08:00-20:00']],
    ['Tuesday to Thursday mornings', ['11-24 08:00-12:00', '11-25 08:00-12:00', '11-26 08:00-12:00']],
    ['weekdays after 5', ['11-24 17:00-20:00', '11-25 17:00-20:00', '11-26 17:00-20:00', '11-27 17:00-20:00', '11-30 17:00-20:00']],
    ['first thing Tuesday', ['11-24 07:00-09:00']],
    ['this weekend', ['11-28 08:00-20:00', '11-29 08:00-20:00']],
    ['in two weeks', ['12-07 08:00-20:00']],
    ['Wednesday after work', ['11-25 17:00-20:00']],
    ['my T5 stops after ten minutes', []],
    ['call me on 415 555 0100', []],
    ['it broke last Monday', []],
    ['', []],
  ])('%s', (text, windows) => expect(said(text)).toEqual(windows))
})

describe('in Chinese', () => {
  it.each<[string, string[]]>([
    ['周四下午', ['11-26 12:00-18:00']],
    ['週四下午或者週五上午', ['11-26 12:00-18:00', '11-27 08:00-12:00']],
    ['下周三上午', ['12-02 08:00-12:00']],
    ['明早', ['11-24 08:00-12:00']],
    ['明天下午三点半', ['11-24 15:30-16:30']],
    ['后天晚上七点以后', ['11-25 19:00-21:00']],
    ['周四或周五三点到五点', ['11-26 15:00-17:00', '11-27 15:00-17:00']],
    ['11月26日下午3点', ['11-26 15:00-16:00']],
    ['二十六号上午', ['11-26 08:00-12:00']],
    ['不要早于四点，周四', ['11-26 16:00-20:00']],
    ['下周除了周三都可以', ['11-30 08:00-20:00', '12-01 08:00-20:00', '12-03 08:00-20:00', '12-04 08:00-20:00']],
    ['周六周日都行', ['11-28 08:00-20:00', '11-29 08:00-20:00']],
    ['星期二到星期四上午十点前', ['11-24 08:00-10:00', '11-25 08:00-10:00', '11-26 08:00-10:00']],
    ['跑步机坏了', []],
  ])('%s', (text, windows) => expect(said(text)).toEqual(windows))
})

describe('whatever is said', () => {
  const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai', 'Pacific/Apia', 'America/Sao_Paulo']
  const words = fc.array(
    fc.constantFrom(
      'Thursday',
      'Friday',
      'afternoon',
      'morning',
      'not before four',
      'after 5',
      'or',
      'except',
      'tomorrow',
      'next week',
      '周四',
      '下周三',
      '下午',
      '三点到五点',
      '以后',
      'at 2',
      '10-12',
      '29.2.',
      '31/12',
      ',',
      '.',
      'the 30th of March',
    ),
    { maxLength: 9 },
  )
  const moment = fc.integer({ min: Date.parse('2024-01-01'), max: Date.parse('2030-01-01') })

  it('a window begins before it ends, ends in the future, and comes after the one before', () => {
    fc.assert(
      fc.property(words, moment, fc.constantFrom(...zones), (pieces, at, zone) => {
        const windows = readWindows(pieces.join(' '), { now: at, timeZone: zone })
        for (const [index, { from, until }] of windows.entries()) {
          expect(Date.parse(until)).toBeGreaterThan(Date.parse(from))
          expect(Date.parse(until)).toBeGreaterThan(at)
          if (index > 0) expect(from >= (windows[index - 1]?.from ?? '')).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('the hour on the wall is the one that was said, also across a change of the clocks', () => {
    fc.assert(
      fc.property(moment, fc.constantFrom(...zones), (at, zone) => {
        for (const window of said('the day after tomorrow between 2 and 5 pm', { now: at, timeZone: zone })) expect(window.slice(6)).toBe('14:00-17:00')
      }),
      { numRuns: 300 },
    )
  })

  it('nothing makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(readWindows(text, { now, timeZone })).toBeInstanceOf(Array)
      }),
    )
  })
})
