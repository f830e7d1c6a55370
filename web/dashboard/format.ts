// Figures as people read them, in the language of the page. A figure that is not there is a dash, never a zero.
import type { Texts } from './texts.ts'

export type Unit = 'share' | 'count' | 'mean' | 'hours' | 'text'

export interface Format {
  figure(value: string | number | null | undefined, unit: Unit): string
  /** The name of a group: months in words, channels as people call them. */
  group(by: string, name: string): string
  /** Of an instant. */
  day(at: string): string
}

export function createFormat(language: 'en' | 'zh', texts: Texts): Format {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB'
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const whole = new Intl.NumberFormat(locale)
  const mean = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 })
  const hours = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
  const month = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' })

  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })

  return {
    day: (at) => day.format(new Date(at)),
    figure(value, unit) {
      if (value === null || value === undefined) return '–'
      if (typeof value === 'string') return value
      if (unit === 'share') return percent.format(value)
      if (unit === 'hours') return `${hours.format(value)} h`
      return unit === 'count' ? whole.format(value) : mean.format(value)
    },
    group(by, name) {
      if (by === 'month' && /^\d{4}-\d\d$/.test(name)) return month.format(Date.parse(`${name}-01T00:00:00Z`))
      return by === 'channel' ? (texts.channels[name] ?? name) : name
    },
  }
}
