// The dashboard in a real browser, over a made-up history: its figures are those of the reports, for every reader and on every screen.
import { readFile } from 'node:fs/promises'
import axe from 'axe-core'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiOf } from '../support/api.ts'
import { without } from '../support/browser.ts'
import { cards, tiles } from '../../web/dashboard/cards.ts'
import { createFormat } from '../../web/dashboard/format.ts'
import { valueOf } from '../../web/dashboard/series.ts'
import { texts } from '../../web/dashboard/texts.ts'
import { dashboardBench, key, settled, signIn } from './bench.ts'

const rows = z.object({ rows: z.array(z.record(z.string(), z.union([z.string(), z.number(), z.null()]))) })
const phone = { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true }
const format = createFormat('en', texts.en)

/** What is not accessible, in axe's words. It is handed over as an expression: a script of ours is all that the page's policy lets in. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate('axe.run(document)')
  const { violations } = z
    .object({ violations: z.array(z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) })) })
    .parse(found)
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}

describe.skipIf(without('browser'))('the dashboard', () => {
  const bench = dashboardBench()
  const report = async (name: string, by: string, more = '') =>
    (await apiOf(bench.url, key).read(`/reports/${name}?by=${by}&from=2024-11-01&until=2026-11-01${more}`, rows)).rows

  /** Of a card's table: the fields of each row, as they are shown. */
  const shownIn = (page: Page, card: string): Promise<Record<string, string>[]> =>
    page
      .locator(`#${card} tbody tr`)
      .evaluateAll((found) =>
        found.map((row) => Object.fromEntries([...row.querySelectorAll('td')].map((cell) => [cell.dataset['field'] ?? '', cell.textContent ?? '']))),
      )

  it('shows in every card the figures of its report, and at the top those of all repairs', async () => {
    const page = await bench.open()
    for (const card of cards) {
      const by = card.by[0] ?? 'all'
      const wanted = (await report(card.report, by)).map((row) =>
        Object.fromEntries(
          card.table.map((column) => [column.field, format.figure(column.unit === 'text' ? row[column.field] : valueOf(row, column), column.unit)]),
        ),
      )
      expect(await shownIn(page, card.id), card.id).toEqual(wanted)
      if (wanted.length > 0) expect(await page.locator(`#${card.id} canvas`).getAttribute('aria-label')).toContain(texts.en.cards[card.id]?.title)
    }
    for (const { id, report: name, column } of tiles) {
      const [row] = await report(name, 'all')
      expect(await page.locator(`[data-tile="${id}"] .figure`).textContent()).toBe(format.figure(row === undefined ? null : valueOf(row, column), column.unit))
    }
  })

  it('keeps period, product and grouping in its address, and goes back with the browser', async () => {
    const page = await bench.open()
    await page.getByLabel('Satisfaction: By').selectOption('channel')
    await page.waitForURL(/satisfaction=channel/)
    await settled(page)
    expect((await shownIn(page, 'satisfaction')).map(({ answers }) => answers)).toEqual(
      (await report('satisfaction', 'channel')).map((row) => format.figure(row['answers'], 'count')),
    )
    await page.locator('select[name="product"]').selectOption('W700 washing machine')
    await page.waitForURL(/product=W700/)
    await settled(page)
    const [washers] = await report('effort', 'all', '&product=W700%20washing%20machine')
    expect(await page.locator('[data-tile="repairs"] .figure').textContent()).toBe(format.figure(washers?.['repairs'], 'count'))
    const address = page.url()

    await page.goBack()
    await settled(page)
    expect(new URL(page.url()).searchParams.get('product')).toBeNull()
    const colleague = await bench.open(new URL(address).search)
    expect(await colleague.locator('[data-tile="repairs"] .figure').textContent()).toBe(format.figure(washers?.['repairs'], 'count'))

    await page.getByRole('button', { name: '3 months' }).click()
    await settled(page)
    expect(await page.getByRole('button', { name: '3 months' }).getAttribute('aria-pressed')).toBe('true')
  })

  it('gives every chart as a file that is the report itself', async () => {
    const page = await bench.open()
    const coming = page.waitForEvent('download')
    await page.locator('#satisfaction').getByRole('link', { name: 'CSV' }).click()
    const download = await coming
    expect(download.suggestedFilename()).toBe('satisfaction.csv')
    const answer = await apiOf(bench.url, key).get('/reports/satisfaction?by=product&from=2024-11-01&until=2026-11-01&format=csv')
    expect((await readFile(await download.path())).equals(Buffer.from(await answer.arrayBuffer()))).toBe(true)
  })

  it.each([
    ['a desktop by day', {}],
    ['a phone by night, in Chinese', { ...phone, colorScheme: 'dark', locale: 'zh-CN' }],
    ['a phone by day', { ...phone, colorScheme: 'light' }],
  ] as const)('is there for everybody on %s: axe finds nothing, and nothing is cut off', async (_, options) => {
    const page = await bench.open(undefined, options)
    for (const summary of await page.locator('summary').all()) await summary.click()
    expect(await faultsOf(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    const language = 'locale' in options ? 'zh' : 'en'
    expect(await page.locator('html').getAttribute('lang')).toBe(language === 'zh' ? 'zh-Hans' : 'en')
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(texts[language].title)
    expect(await page.locator('[role="alert"]').count()).toBe(0)
  })

  it('speaks the other language at a press and says so in its address', async () => {
    const page = await bench.open()
    await page.getByRole('button', { name: '中文' }).click()
    await settled(page)
    expect(page.url()).toContain('lang=zh')
    expect(await page.getByRole('heading', { name: '满意度' }).count()).toBe(1)
  })

  it('says honestly that there is nothing yet where nothing has happened', async () => {
    const page = await bench.page()
    await signIn(page, `${await bench.emptyDesk()}/dashboard`)
    await settled(page)
    expect(await page.locator('.nothing').count()).toBe(await page.locator('.card').count())
    expect(await page.locator('[data-tile="csat"] .figure').textContent()).toBe('–')
    expect(await faultsOf(page)).toEqual([])
  })
})
