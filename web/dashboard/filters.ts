// What is looked at, to be changed: period, product, language.
import { element } from '../widget/view/element.ts'
import type { Texts } from './texts.ts'
import { dayOf, monthsBefore, type View } from './view.ts'

const presets = [1, 3, 12, 24]

export function createFilters(view: View, texts: Texts, products: readonly string[], change: (changes: Partial<View>) => void): HTMLElement {
  const today = dayOf(Date.now())
  const preset = (months: number): HTMLElement => {
    const [from, until] = [monthsBefore(today, months), today]
    const button = element('button', { type: 'button', 'aria-pressed': String(view.from === from && view.until === until) }, texts.months(months))
    button.addEventListener('click', () => change({ from, until }))
    return button
  }
  const day = (name: 'from' | 'until'): HTMLElement => {
    const input = element('input', { type: 'date', name, value: view[name], max: today, required: true })
    input.addEventListener('change', () => {
      if (input.value === '') return
      const both = { from: view.from, until: view.until, [name]: input.value }
      change(both.from <= both.until ? both : { from: both.until, until: both.from })
    })
    return element('label', {}, element('span', {}, texts[name]), input)
  }
  const named = [...new Set([...products, ...(view.product === null ? [] : [view.product])])]
  const select = element(
    'select',
    { name: 'product' },
    element('option', { value: '' }, texts.allProducts),
    ...named.map((each) => element('option', { value: each, selected: each === view.product }, each)),
  )
  select.addEventListener('change', () => change({ product: select.value || null }))
  return element(
    'form',
    { class: 'filters', 'aria-label': texts.period },
    element('div', { class: 'presets', role: 'group', 'aria-label': texts.period }, ...presets.map(preset)),
    day('from'),
    day('until'),
    element('label', { class: 'product' }, element('span', {}, texts.product), select),
  )
}
