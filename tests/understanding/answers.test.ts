// Amounts and dates in answers, as people write them in both languages.
import { describe, expect, it } from 'vitest'
import { readAmount } from '../../src/understanding/answers/number.ts'
import { readDate, showDate } from '../../src/understanding/times/date.ts'

describe('an amount', () => {
  it.each([
    ['12', 12],
    ['about 12,5', 12.5],
    ['1,200', 1200],
    ['1.200,50', 1200.5],
    ['1.2k', 1200],
    ['-5', -5],
    ['twenty-five or so', 25],
    ['a hundred and twenty', 120],
    ['twelve thousand four hundred and fifty', 12_450],
    ['two hundred thousand and one', 200_001],
    ['a thousand', 1000],
    ['十二', 12],
    ['三百五十', 350],
    ['两万', 20_000],
    ['2万左右', 20_000],
    ['３０', 30],
  ])('is read from %s', (words, amount) => {
    expect(readAmount(words, [])).toBe(amount)
  })

  it.each([
    ['12 km', ['km'], 12],
    ['3 miles', ['km', '公里'], 4.83],
    ['二十公里', ['km', '公里'], 20],
    ['2 years and 3 months', ['months', '个月'], 27],
    ['2年', ['months', '个月'], 24],
    ['半年', ['months', '个月'], 6],
    ['half an hour', ['hours'], 0.5],
    ['10 hours a week', ['hours', '小时'], 10],
    ['每周十个小时', ['hours', '小时'], 10],
    ['5 °C', ['°C'], 5],
  ])('is turned into the wanted unit: %s in %s', (words, unit, amount) => {
    expect(readAmount(words, unit)).toBe(amount)
  })

  it.each([
    ['no idea', ['km']],
    ['3 kg', ['km']],
    ['2 or 3', []],
    ['between 2 and 3 hours', ['hours']],
    ['KP-20391', []],
    ['the T5', []],
  ])('is none in %s', (words, unit) => {
    expect(readAmount(words, unit)).toBeUndefined()
  })
})

describe('a date', () => {
  // A Monday.
  const context = { now: Date.parse('2026-03-02T09:00:00Z'), timeZone: 'Europe/Berlin', country: 'DE' } as const

  it.each([
    ['3 May 2024', '2024-05-03'],
    ['May 3rd, 2024', '2024-05-03'],
    ['12th of August 2022', '2022-08-12'],
    ['I think it was around March 2021', '2021-03'],
    ['last May', '2025-05'],
    ['in May', '2025-05'],
    ['March 3rd', '2025-03-03'],
    ['2019', '2019'],
    ['I bought it in 2019', '2019'],
    ['yesterday', '2026-03-01'],
    ['two years ago', '2024'],
    ['3 months ago', '2025-12'],
    ['2 weeks ago', '2026-02-16'],
    ['last year', '2025'],
    ['2024-05-03', '2024-05-03'],
    ['3.5.2024', '2024-05-03'],
    ['05/2023', '2023-05'],
    ['2024年5月3日', '2024-05-03'],
    ['二〇二四年', '2024'],
    ['二零二四年五月', '2024-05'],
    ['去年五月', '2025-05'],
    ['5月3号', '2025-05-03'],
    ['前年', '2024'],
    ['三年前', '2023'],
    ['两个月前', '2026-01'],
    ['上个月', '2026-02'],
    ['昨天', '2026-03-01'],
    ['a few years ago', undefined],
    ['2021 or 2022', undefined],
    ['at 19:30', undefined],
    ['31 February 2024', undefined],
    ['3 May 2030', undefined],
    ['no idea', undefined],
  ])('in the past: %s', (words, date) => {
    expect(readDate(words, { ...context, when: 'past' })).toBe(date)
  })

  it.each([
    ['3 May', '2026-05-03'],
    ['in January', '2027-01'],
    ['tomorrow', '2026-03-03'],
    ['明天', '2026-03-03'],
    ['五月三号', '2026-05-03'],
    ['last year', undefined],
  ])('to come: %s', (words, date) => {
    expect(readDate(words, { ...context, when: 'future' })).toBe(date)
  })

  it('is the nearest where nothing says which side of today it lies on', () => {
    expect(readDate('in May', { ...context, when: null })).toBe('2026-05')
    expect(readDate('in December', { ...context, when: null })).toBe('2025-12')
  })

  it('has the month before the day in America alone', () => {
    expect(readDate('5/3/2024', { ...context, when: 'past' })).toBe('2024-03-05')
    expect(readDate('5/3/2024', { ...context, country: 'US', when: 'past' })).toBe('2024-05-03')
    expect(readDate('25/3/2024', { ...context, country: 'US', when: 'past' })).toBe('2024-03-25')
  })

  it('is shown as exactly as it was told', () => {
    expect(['2024-05-03', '2024-05', '2024'].map((date) => showDate(date, 'en'))).toEqual(['3 May 2024', 'May 2024', '2024'])
    expect(['2024-05-03', '2024-05', '2024'].map((date) => showDate(date, 'zh'))).toEqual(['2024年5月3日', '2024年5月', '2024年'])
  })
})
