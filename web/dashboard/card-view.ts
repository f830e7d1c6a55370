// One card: a heading, a chart, and the same as a table and as a file. What is grouped otherwise is read anew.
import { element } from '../widget/view/element.ts'
import type { Card } from './cards.ts'
import { drawChart, sayBar, type Drawing } from './charts.ts'
import type { Format } from './format.ts'
import { csvOf, readReport, type Report } from './reports.ts'
import { seriesOf, valueOf } from './series.ts'
import type { Texts } from './texts.ts'
import type { View } from './view.ts'

export interface CardContext {
  view: View
  texts: Texts
  format: Format
  /** What the report can be grouped by. */
  groupings: readonly string[]
  /** Groups this card otherwise from now on. */
  regroup(by: string): void
}

export interface CardView {
  node: HTMLElement
  /** In other colours, when the page has changed its own. */
  redraw(): void
  /** When its figures are shown. */
  ready: Promise<void>
}

export function createCard(card: Card, context: CardContext): CardView {
  const { texts, view } = context
  const said = texts.cards[card.id]
  const choices = card.by.filter((each) => context.groupings.includes(each) && (each !== 'product' || view.product === null || card.kind === 'pareto'))
  const by = choices.find((each) => each === view.by[card.id]) ?? choices[0] ?? 'all'
  const heading = `card-${card.id}`
  const body = element('div', { class: 'card-body' }, element('p', { class: 'quiet' }, texts.loading))
  const node = element(
    'section',
    { class: 'card', id: card.id, 'aria-labelledby': heading, 'aria-busy': 'true' },
    element('div', { class: 'card-head' }, element('h2', { id: heading }, said?.title ?? card.id), grouping(card, choices, by, context)),
    element('p', { class: 'about' }, said?.about ?? ''),
    body,
  )
  let draw = (): void => {}
  let remove = (): void => {}
  const ready = readReport(card.report, by, view)
    .then((report) => {
      body.replaceChildren(...contents(card, report, context, (canvas, drawing) => (draw = () => void (remove = drawChart(canvas, drawing)))))
      draw()
    })
    .catch((error: unknown) => body.replaceChildren(element('p', { role: 'alert' }, texts.failed(error instanceof Error ? error.message : String(error)))))
    .finally(() => node.setAttribute('aria-busy', 'false'))
  return {
    node,
    ready,
    redraw() {
      remove()
      draw()
    },
  }
}

function grouping(card: Card, choices: readonly string[], by: string, { texts, regroup }: CardContext): Node {
  if (choices.length < 2) return document.createDocumentFragment()
  const select = element(
    'select',
    { name: card.id, 'aria-label': `${texts.cards[card.id]?.title ?? card.id}: ${texts.groupBy}` },
    ...choices.map((each) => element('option', { value: each, selected: each === by }, texts.groups[each] ?? each)),
  )
  select.addEventListener('change', () => regroup(select.value))
  return element('label', { class: 'grouping' }, element('span', {}, texts.groupBy), select)
}

function contents(card: Card, report: Report, context: CardContext, show: (canvas: HTMLCanvasElement, drawing: Drawing) => void): Node[] {
  const { texts, format, view } = context
  const foot = element(
    'details',
    { class: 'counted' },
    element('summary', {}, texts.counted),
    element('p', { lang: 'en' }, report.definition),
    ...(card.interval === undefined ? [] : [element('p', {}, texts.interval)]),
  )
  const series = seriesOf(card, report.by, report.rows)
  const empty = series.bars.every(({ values }) => values.every((value) => value === null))
  if (empty) return [element('p', { class: 'nothing' }, texts.nothing), foot]
  const drawing: Drawing = { card, by: report.by, series, format, texts }
  const canvas = element('canvas', { role: 'img', 'aria-label': summaryOf(drawing) })
  const lying = report.by !== 'month' || card.kind === 'pareto'
  const frame = element('div', { class: 'chart' }, canvas)
  const rowHeight = card.kind === 'lines' ? 22 + 14 * card.drawn.length : 44
  frame.style.setProperty('height', `${lying ? Math.max(260, series.bars.length * rowHeight + (card.kind === 'pareto' ? 90 : 40)) : 260}px`)
  show(canvas, drawing)
  return [
    frame,
    ...(series.others === 0 ? [] : [element('p', { class: 'quiet' }, texts.others(series.others))]),
    element(
      'div',
      { class: 'card-foot' },
      element('details', {}, element('summary', {}, texts.table), tableOf(card, report, context)),
      element('a', { href: csvOf(card.report, report.by, view), download: `${card.report}.csv` }, texts.csv),
    ),
    foot,
  ]
}

/** For who hears the page: the chart in words, the rest is in the table. */
function summaryOf(drawing: Drawing): string {
  const { card, by, series, format, texts } = drawing
  const unit = card.drawn[0]?.unit ?? 'count'
  const words = series.bars.slice(0, 6).map((bar) => `${format.group(by, bar.name)} ${sayBar(bar, 0, unit, drawing)}`)
  return `${texts.cards[card.id]?.title ?? card.id}: ${words.join('; ')}${series.bars.length > 6 ? ' …' : ''}`
}

function tableOf(card: Card, { by, rows }: Report, { texts, format }: CardContext): HTMLElement {
  const grouped = by !== 'all'
  const head = [...(grouped ? [texts.groups[by] ?? by] : []), ...card.table.map(({ field }) => texts.columns[field] ?? field)]
  const isText = (index: number): boolean => (grouped && index === 0) || card.table[index - Number(grouped)]?.unit === 'text'
  return element(
    'div',
    { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': `${texts.cards[card.id]?.title ?? card.id}: ${texts.asTable}` },
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...head.map((name, index) => element('th', { scope: 'col', class: isText(index) ? '' : 'number' }, name)))),
      element(
        'tbody',
        {},
        ...rows.map((row) =>
          element(
            'tr',
            {},
            ...(grouped ? [element('th', { scope: 'row' }, format.group(by, String(row[by] ?? '')))] : []),
            ...card.table.map((column) => {
              const value = column.unit === 'text' ? row[column.field] : valueOf(row, column)
              return element('td', { class: column.unit === 'text' ? '' : 'number', 'data-field': column.field }, format.figure(value, column.unit))
            }),
          ),
        ),
      ),
    ),
  )
}
