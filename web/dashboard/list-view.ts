// What was noticed: quality signals and opportunities, in the words in which they were raised, with the tickets behind them.
import { element } from '../widget/view/element.ts'
import type { Format } from './format.ts'
import { listItems, type Item } from './reports.ts'
import type { Texts } from './texts.ts'
import type { View } from './view.ts'

export interface List {
  id: 'signals' | 'opportunities'
  /** Below `/api/v1`. */
  path: string
}

export const lists: readonly List[] = [
  { id: 'signals', path: 'quality-signals' },
  { id: 'opportunities', path: 'opportunities' },
]

/** Shown at once. */
const latest = 3

export function createList(
  { id, path }: List,
  { texts, format, view }: { texts: Texts; format: Format; view: View },
): { node: HTMLElement; ready: Promise<void> } {
  const body = element('div', { class: 'card-body' }, element('p', { class: 'quiet' }, texts.loading))
  const node = element(
    'section',
    { class: 'card', id, 'aria-labelledby': `list-${id}`, 'aria-busy': 'true' },
    element('h2', { id: `list-${id}` }, texts.lists[id].title),
    element('p', { class: 'about' }, texts.lists[id].about),
    body,
  )
  const ready = listItems(path, view.product === null ? {} : { product: view.product })
    .then((items) => {
      const shown = (items ?? []).map((item) => itemView(item, texts, format))
      const rest = shown.splice(latest)
      body.replaceChildren(
        shown.length === 0 ? element('p', { class: 'nothing' }, texts.nothingNoticed) : element('ul', { class: 'noticed' }, ...shown),
        ...(rest.length === 0
          ? []
          : [element('details', {}, element('summary', {}, texts.earlier(rest.length)), element('ul', { class: 'noticed' }, ...rest))]),
      )
    })
    .catch((error: unknown) => body.replaceChildren(element('p', { role: 'alert' }, texts.failed(error instanceof Error ? error.message : String(error)))))
    .finally(() => node.setAttribute('aria-busy', 'false'))
  return { node, ready }
}

function itemView(item: Item, texts: Texts, format: Format): HTMLElement {
  const kind = textOf(item['kind'])
  const at = textOf(item['raisedAt']) ?? textOf(item['createdAt'])
  const state = textOf(item['state'])
  const samples = Array.isArray(item['samples']) ? item['samples'].map(String) : []
  const heads = [textOf(item['product']), kind === undefined ? undefined : (texts.kinds[kind] ?? kind.replaceAll('_', ' '))].filter(
    (each) => each !== undefined,
  )
  return element(
    'li',
    {},
    element('h3', {}, heads.join(' · ')),
    element(
      'p',
      { class: 'quiet' },
      [at === undefined ? undefined : format.day(at), state === undefined ? undefined : (texts.states[state] ?? state)]
        .filter((each) => each !== undefined)
        .join(' · '),
    ),
    element('p', { lang: 'en' }, textOf(item['reason']) ?? ''),
    ...(samples.length === 0 ? [] : [element('p', { class: 'quiet samples' }, `${texts.samples} ${samples.join(', ')}`)]),
  )
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
