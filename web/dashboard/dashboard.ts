// The dashboard: reads the address, lays out the cards, and keeps both together when something else is to be looked at.
import { element } from '../widget/view/element.ts'
import { createCard, type CardView } from './card-view.ts'
import { cards } from './cards.ts'
import { createFilters } from './filters.ts'
import { createFormat } from './format.ts'
import { createList, lists } from './list-view.ts'
import { listItems, listReports } from './reports.ts'
import { texts as allTexts } from './texts.ts'
import { createTiles } from './tiles-view.ts'
import { readView, writeView, type View } from './view.ts'

let shown: CardView[] = []
let round = 0

await show()
addEventListener('popstate', () => void show())
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => shown.forEach((card) => card.redraw()))

/** Only the last of several that were begun is finished. */
async function show(): Promise<void> {
  const mine = ++round
  const view = readView(location.search, Date.now(), navigator.languages)
  const texts = allTexts[view.language]
  const format = createFormat(view.language, texts)
  document.documentElement.lang = view.language === 'zh' ? 'zh-Hans' : 'en'
  document.title = `${texts.title} · Mendline`
  const [listed, products] = await Promise.all([listReports(), listItems('products')])
  if (mine !== round) return

  const change = (changes: Partial<View>): void => {
    const [top, focused] = [scrollY, document.activeElement instanceof HTMLElement ? nameOf(document.activeElement) : undefined]
    history.pushState(null, '', `${location.pathname}${writeView({ ...view, ...changes }, Date.now(), navigator.languages)}`)
    void show().then(() => {
      if (focused !== undefined) document.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true })
      scrollTo({ top })
    })
  }
  const tiles = createTiles({ view, texts, format })
  shown = cards.flatMap((card) => {
    const report = listed.find(({ name }) => name === card.report)
    if (report === undefined) return []
    return createCard(card, { view, texts, format, groupings: report.by, regroup: (by) => change({ by: { ...view.by, [card.id]: by } }) })
  })
  const noticed = lists.map((list) => createList(list, { view, texts, format }))
  const language = element('button', { type: 'button', class: 'plain', lang: view.language === 'en' ? 'zh-Hans' : 'en' }, texts.language)
  language.addEventListener('click', () => change({ language: view.language === 'en' ? 'zh' : 'en' }))
  const out = element('button', { type: 'button', class: 'plain' }, texts.signOut)
  out.addEventListener('click', () => void fetch('/logout', { method: 'POST' }).then(() => location.assign('/login')))
  const names = (products ?? []).map(({ name }) => String(name))
  document.body.replaceChildren(
    element('a', { class: 'skip', href: '#figures' }, texts.skip),
    element(
      'header',
      {},
      element('div', { class: 'top' }, element('p', { class: 'brand' }, 'Mendline'), language, out),
      element('h1', {}, texts.title),
      element('p', { class: 'lead' }, texts.lead),
      createFilters(view, texts, names, change),
    ),
    element(
      'main',
      { id: 'figures', tabindex: '-1' },
      tiles.node,
      element('div', { class: 'cards' }, ...noticed.map(({ node }) => node), ...shown.map(({ node }) => node)),
    ),
  )
  await Promise.all([tiles.ready, ...noticed.map(({ ready }) => ready), ...shown.map(({ ready }) => ready)])
}

/** How to find it again when the page is laid out anew. */
function nameOf(node: HTMLElement): string | undefined {
  const name = node.getAttribute('name')
  return name === null ? undefined : `[name="${CSS.escape(name)}"]`
}
