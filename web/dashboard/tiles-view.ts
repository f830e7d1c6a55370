// The figures of the whole period, at a glance.
import { element } from '../widget/view/element.ts'
import { tiles, type Tile } from './cards.ts'
import type { Format } from './format.ts'
import { readReport, type Row } from './reports.ts'
import { valueOf } from './series.ts'
import type { Texts } from './texts.ts'
import type { View } from './view.ts'

export function createTiles({ view, texts, format }: { view: View; texts: Texts; format: Format }): { node: HTMLElement; ready: Promise<void> } {
  const figures = tiles.map((tile) => ({ tile, figure: element('dd', { class: 'figure' }, '…'), range: element('dd', { class: 'range' }) }))
  const node = element(
    'dl',
    { class: 'tiles' },
    ...figures.map(({ tile, figure, range }) => element('div', { 'data-tile': tile.id }, element('dt', {}, texts.tiles[tile.id]), figure, range)),
  )
  const names = [...new Set(tiles.map(({ report }) => report))]
  const reading = Promise.all(names.map(async (name) => [name, (await readReport(name, 'all', view)).rows[0]] as const))
  const ready = reading
    .then((rows) => {
      const all = new Map(rows)
      for (const { tile, figure, range } of figures) {
        const row = all.get(tile.report)
        figure.textContent = format.figure(row === undefined ? null : valueOf(row, tile.column), tile.column.unit)
        range.replaceChildren(...rangeOf(tile, row, texts, format).map((line) => element('span', {}, line)))
      }
    })
    .catch(() => {
      for (const { figure } of figures) figure.textContent = '–'
    })
  return { node, ready }
}

function rangeOf({ interval, n, column }: Tile, row: Row | undefined, texts: Texts, format: Format): string[] {
  const figure = (field: string | undefined, unit = column.unit): string | undefined => {
    const value = field === undefined ? undefined : row?.[field]
    return typeof value === 'number' ? format.figure(value, unit) : undefined
  }
  const [low, high, of] = [figure(interval?.low), figure(interval?.high), figure(n, 'count')]
  return [low === undefined || high === undefined ? undefined : texts.range(low, high), of === undefined ? undefined : texts.of(of)].filter(
    (each) => each !== undefined,
  )
}
