// Working hours as a company writes them into mendline.yaml: "09:00-12:00, 13:00-17:00" by weekday, and the dates of holidays.
import { z } from 'zod'
import type { Hours, Span } from './hours.ts'

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const spans = z.string().transform((text, context): Span[] => {
  if (text.trim() === '' || text.trim() === 'closed') return []
  const read = text.split(',').map(readSpan)
  const known = read.filter((span) => span !== undefined)
  if (known.length < read.length || known.some((span, index) => span.from < (known[index - 1]?.to ?? 0)))
    context.addIssue({ code: 'custom', message: 'is closed, or hours like 09:00-17:00 or 09:00-12:00, 13:00-17:00, in order, at most to 24:00' })
  return known
})

function readSpan(text: string): Span | undefined {
  const [, fromHour, fromMinute, toHour, toMinute] = /^\s*([01]?\d|2[0-3]):([0-5]\d)\s*[-–]\s*([01]?\d|2[0-4]):([0-5]\d)\s*$/.exec(text) ?? []
  const from = Number(fromHour) * 60 + Number(fromMinute)
  const to = Number(toHour) * 60 + Number(toMinute)
  return from < to && to <= 1440 ? { from, to } : undefined
}

export const hoursSchema = z.strictObject({
  /** IANA name; the company's when left out. */
  timeZone: z.string().refine(isTimeZone, 'is no time zone; use an IANA name such as Europe/Berlin').optional(),
  mon: spans.optional(),
  tue: spans.optional(),
  wed: spans.optional(),
  thu: spans.optional(),
  fri: spans.optional(),
  sat: spans.optional(),
  sun: spans.optional(),
  /** Dates on which nobody works. */
  holidays: z.array(z.string().refine(isDate, 'is no date; write it as 2026-12-25')).default([]),
})

/** A day that is not named is closed. */
export function readHours(setting: z.output<typeof hoursSchema>, timeZone: string): Hours {
  return { timeZone: setting.timeZone ?? timeZone, week: days.map((day) => setting[day] ?? []), holidays: setting.holidays }
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true
}
