// Days and times as the reader's language writes them.
export interface Dates {
  /** A heading: today, yesterday, or the date. */
  day(at: number): string
  time(at: number): string
  /** The same for all instants of one day, here. */
  dayKey(at: number): string
}

export function createDates(locale: string, now: () => number): Dates {
  const times = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' })
  const thisYear = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' })
  const otherYear = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const start = (at: number) => new Date(at).setHours(0, 0, 0, 0)
  const capital = (text: string) => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)

  return {
    time: (at) => times.format(at),
    dayKey: (at) => String(start(at)),
    day(at) {
      const ago = Math.round((start(now()) - start(at)) / 86_400_000)
      if (ago === 0 || ago === 1) return capital(relative.format(-ago, 'day'))
      const sameYear = new Date(at).getFullYear() === new Date(now()).getFullYear()
      return (sameYear ? thisYear : otherYear).format(at)
    },
  }
}
