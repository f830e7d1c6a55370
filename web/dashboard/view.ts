// What is looked at: period, product, language, and by what each chart is grouped. It stands in the address bar, so that it can be sent to a colleague.
export interface View {
  /** Days, `2026-01-31`; both count whole. */
  from: string
  until: string
  /** Null: all of them. */
  product: string | null
  language: 'en' | 'zh'
  /** By the card's id, where it is not as usual. */
  by: Readonly<Record<string, string>>
}

const usualMonths = 12

export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}

/** The same day so many months before. */
export function monthsBefore(day: string, months: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCMonth(date.getUTCMonth() - months)
  return dayOf(date.getTime())
}

/** What is no date, or no order of them, is as if it were not there. `languages`: the reader's, the dearest first. */
export function readView(search: string, now: number, languages: readonly string[]): View {
  const query = new URLSearchParams(search)
  const day = (name: string): string | undefined => {
    const given = query.get(name) ?? ''
    return /^\d{4}-\d\d-\d\d$/.test(given) && !Number.isNaN(Date.parse(given)) ? given : undefined
  }
  const until = day('until') ?? dayOf(now)
  const from = day('from')
  const lang = query.get('lang') ?? languages.find((each) => /^(en|zh)\b/i.test(each)) ?? 'en'
  const known = new Set(['from', 'until', 'product', 'lang'])
  return {
    from: from !== undefined && from <= until ? from : monthsBefore(until, usualMonths),
    until,
    product: query.get('product') || null,
    language: lang.toLowerCase().startsWith('zh') ? 'zh' : 'en',
    by: Object.fromEntries([...query].filter(([name]) => !known.has(name))),
  }
}

/** Only what is not as usual. */
export function writeView(view: View, now: number, languages: readonly string[]): string {
  const usual = readView('', now, languages)
  const query = new URLSearchParams()
  if (view.until !== usual.until) query.set('until', view.until)
  if (view.from !== monthsBefore(view.until, usualMonths)) query.set('from', view.from)
  if (view.product !== null) query.set('product', view.product)
  if (view.language !== usual.language) query.set('lang', view.language)
  for (const [card, by] of Object.entries(view.by)) query.set(card, by)
  return query.size === 0 ? '' : `?${query}`
}
