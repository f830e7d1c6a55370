// A single date in English and Chinese, as exactly as it is told: a day, a month or a year, past or to come.
import * as chrono from 'chrono-node'
import type { Language } from '../../message.ts'
import { fold } from '../fold.ts'
import type { WhenContext } from './index.ts'

export interface DateContext extends WhenContext {
  /** ISO 3166 code: where 5/3 is the fifth of March, or the third of May. */
  country: string
  /** Where the date must lie; one without a year is read by it. Null: the nearest. */
  when: 'past' | 'future' | null
}

interface Said {
  /** Undefined where it was not told. */
  year: number | undefined
  month?: number
  day?: number
}

/** ISO 8601, `2024-05-03`, `2024-05` or `2024`; undefined when the words name no date, or one that lies on the wrong side of today. */
export function readDate(text: string, { now, timeZone, country, when }: DateContext): string | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone).toPlainDate()
  const folded = fold(text).replace(/[〇零一二三四五六七八九]{4}(?=年)/g, (digits) => Array.from(digits, (digit) => Math.max(0, han.indexOf(digit))).join(''))
  const said = readNumeric(folded, country) ?? readChinese(folded, today) ?? readYear(folded) ?? readEnglish(folded, today, country)
  const date = said === undefined ? undefined : write(said, today, when)
  return date !== undefined && liesRight(date, today, when) ? date : undefined
}

/** "3 May 2024", "May 2024", "2024". */
export function showDate(date: string, language: Language): string {
  const [year = '', month, day] = date.split('-')
  const shown = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    year: 'numeric',
    ...(month === undefined ? {} : { month: 'long' }),
    ...(day === undefined ? {} : { day: 'numeric' }),
    timeZone: 'UTC',
  })
  return shown.format(Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1)))
}

/** 2024-05-03, 3.5.2024, 5/3/2024, 5/2024. */
function readNumeric(text: string, country: string): Said | undefined {
  const [, year, month, day] = /(?<!\d)(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)/.exec(text) ?? []
  if (year !== undefined) return { year: Number(year), month: Number(month), ...(day === undefined ? {} : { day: Number(day) }) }
  const [, first, mark, second, last] = /(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})(?!\d)/.exec(text) ?? []
  if (first !== undefined && second !== undefined && last !== undefined) {
    const monthFirst = country === 'US' && mark !== '.' && Number(first) <= 12
    const [of, on] = monthFirst || Number(second) > 12 ? [first, second] : [second, first]
    return { year: last.length === 4 ? Number(last) : 2000 + Number(last), month: Number(of), day: Number(on) }
  }
  const [, of, its] = /(?<!\d)(\d{1,2})[-/.](\d{4})(?!\d)/.exec(text) ?? []
  return of === undefined ? undefined : { year: Number(its), month: Number(of) }
}

function readYear(text: string): Said | undefined {
  const [, year] = /^(?:[^\d]*\s)?((?:19|20)\d{2})\s*年?[^\d]*$/.exec(text) ?? []
  const named = year !== undefined && /[a-z]{3,}/.test(text) && chrono.en.casual.parse(text).some(({ start }) => start.isCertain('month'))
  return year === undefined || named ? undefined : { year: Number(year) }
}

const han = '零一二三四五六七八九十'
const number = '(?:\\d{1,3}|[零一二两三四五六七八九十]{1,3}|几|半)'
const yearWords = new Map([
  ['大前年', -3],
  ['前年', -2],
  ['去年', -1],
  ['今年', 0],
  ['明年', 1],
])
const dayWords = new Map([
  ['大前天', -3],
  ['前天', -2],
  ['昨天', -1],
  ['今天', 0],
  ['明天', 1],
  ['大后天', 3],
  ['后天', 2],
])

function readChinese(text: string, today: Temporal.PlainDate): Said | undefined {
  if (!/\p{Script=Han}/u.test(text)) return undefined
  const [, word] = /(大前天|前天|昨天|今天|明天|大后天|后天)/.exec(text) ?? []
  if (word !== undefined) return dayOf(today.add({ days: dayWords.get(word) ?? 0 }))
  const [, amount, unit, side] = new RegExp(`(${number})\\s*个?(天|周|星期|礼拜|月|年)多?(?:以|之)?(前|后)`).exec(text) ?? []
  if (amount !== undefined && unit !== undefined && amount !== '几') return ago(today, amount, unit, side === '前' ? -1 : 1)
  const [, which] = /(上上|上|这|本|下)个?月/.exec(text) ?? []
  const [, year, month, day] = new RegExp(`(?:(\\d{4}|大前年|前年|去年|今年|明年)年?的?)?\\s*(${number})月(?:份|(${number})[日号]?)?`).exec(text) ?? []
  if (month !== undefined) {
    const told = day === undefined ? {} : { day: valueOf(day) }
    return { year: year === undefined ? undefined : yearOf(year, today), month: valueOf(month), ...told }
  }
  if (which !== undefined) return monthOf(today.add({ months: which === '上上' ? -2 : which === '上' ? -1 : which === '下' ? 1 : 0 }))
  const [, alone] = /(\d{4}(?=年)|大前年|前年|去年|今年|明年)/.exec(text) ?? []
  return alone === undefined ? undefined : { year: yearOf(alone, today) }
}

function ago(today: Temporal.PlainDate, amount: string, unit: string, side: 1 | -1): Said {
  if (unit === '年') {
    const half = amount === '半'
    return half ? monthOf(today.add({ months: side * 6 })) : { year: today.year + side * valueOf(amount) }
  }
  const count = side * (amount === '半' ? 0.5 : valueOf(amount))
  if (unit === '月') return amount === '半' ? dayOf(today.add({ days: side * 15 })) : monthOf(today.add({ months: count }))
  return dayOf(today.add({ days: Math.round(count * (unit === '天' ? 1 : 7)) }))
}

function yearOf(word: string, today: Temporal.PlainDate): number {
  return /^\d/.test(word) ? Number(word) : today.year + (yearWords.get(word) ?? 0)
}

/** 0–99, in either kind of digits. */
function valueOf(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  const digits = text.replaceAll('两', '二')
  if (!digits.includes('十')) return Math.max(0, han.indexOf(digits))
  const [tens = '', ones = ''] = digits.split('十')
  return (tens === '' ? 1 : han.indexOf(tens)) * 10 + (ones === '' ? 0 : han.indexOf(ones))
}

/** What chrono reads that is a time of day or a length, and no date. */
function readEnglish(text: string, today: Temporal.PlainDate, country: string): Said | undefined {
  const reader = country === 'US' ? chrono.en.casual : chrono.en.GB
  const noon = new Date(today.year, today.month - 1, today.day, 12)
  const [, count, unit, side] =
    /\b(an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3}) (months?|years?)\b.{0,8}\b(ago|before|back|from now)\b/.exec(text) ??
    /\b(last|this|next) (month|year)\b/.exec(text) ??
    []
  if (count !== undefined && unit !== undefined) {
    const by = byWord.get(count) ?? Number(count)
    const steps = side === undefined || side === 'from now' ? by : -by
    return unit.startsWith('year') ? { year: today.year + steps } : monthOf(today.add({ months: steps }))
  }
  // "Last May", which chrono leaves alone.
  const alone = /^\D*\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[a-z]{1,6})?\b\D*$/.exec(text)?.[1]
  if (alone !== undefined) return { year: undefined, month: months.indexOf(alone) / 3 + 1 }
  for (const { start } of reader.parse(text, noon)) {
    const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')]
    const exact = start.isCertain('day') || start.isCertain('weekday')
    if (month === null || day === null || year === null || !(exact || start.isCertain('month'))) continue
    return { year: start.isCertain('year') || !start.isCertain('month') ? year : undefined, month, ...(exact ? { day } : {}) }
  }
  return undefined
}

const months = 'janfebmaraprmayjunjulaugsepoctnovdec'
const byWord = new Map([
  ...'one two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, index) => [word, index + 1] as const),
  ['a', 1] as const,
  ['an', 1] as const,
  ['last', -1] as const,
  ['this', 0] as const,
  ['next', 1] as const,
])

function dayOf({ year, month, day }: Temporal.PlainDate): Said {
  return { year, month, day }
}

function monthOf({ year, month }: Temporal.PlainDate): Said {
  return { year, month }
}

/** Without a year it is the last one, the coming one, or the nearest. */
function write(said: Said, today: Temporal.PlainDate, when: DateContext['when']): string | undefined {
  if (said.year !== undefined) return iso(said.year, said)
  const years = [today.year - 1, today.year, today.year + 1]
  const possible = years.flatMap((year) => iso(year, said) ?? []).filter((date) => liesRight(date, today, when))
  const distance = (date: string): number => Math.abs(today.until(firstDay(date)).total('days'))
  return possible.toSorted((one, other) => distance(one) - distance(other))[0]
}

/** Undefined where there is no such day. */
function iso(year: number, { month, day }: Said): string | undefined {
  const parts = [String(year).padStart(4, '0'), ...[month, day].flatMap((part) => (part === undefined ? [] : [String(part).padStart(2, '0')]))]
  try {
    Temporal.PlainDate.from({ year, month: month ?? 1, day: day ?? 1 }, { overflow: 'reject' })
    return parts.join('-')
  } catch {
    return undefined
  }
}

function firstDay(date: string): Temporal.PlainDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  return Temporal.PlainDate.from({ year, month, day })
}

function liesRight(date: string, today: Temporal.PlainDate, when: DateContext['when']): boolean {
  const now = today.toString().slice(0, date.length)
  return when === null || (when === 'past' ? date <= now : date >= now)
}
