// The pages behind a link for everybody: nothing that axe finds, by day and by night, in both languages, on a phone, with nothing asked of other sites.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flows } from '../../flows/index.ts'
import { createBot } from '../../src/bot/index.ts'
import { linkTo } from '../../src/links.ts'
import { browserFlags, programs, without } from '../support/browser.ts'
import { newMessage } from '../support/life.ts'
import { eventually } from '../support/processes.ts'
import { begin, quote, survey, texts, type Desk } from './linked-desk.ts'

const jpeg = readFileSync(join(import.meta.dirname, '../labels/photos/qr-link.jpg'))

/** What is not accessible, in axe's words. Handed over as an expression: the page lets no script in. */
async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const found = await page.evaluate("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })")
  const { violations } = z
    .object({ violations: z.array(z.object({ id: z.string(), help: z.string(), nodes: z.array(z.object({ html: z.string() })) })) })
    .parse(found)
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
}

/** A ticket with all that its page can show. */
async function full(): Promise<{ desk: Desk; status: string }> {
  const desk = await begin({ bot: createBot({ texts, flows }), phone: '+4915112345678', serial: 'WM-88413072' })
  await eventually(async () => (desk.provider.sent.length > 0 ? true : undefined), 'the acknowledgement')
  const photo = await desk.life.core.keep(jpeg, { name: 'label.jpg', contentType: 'image/jpeg' })
  await desk.life.core.door.accept({
    kind: 'message',
    message: newMessage('Here is the label. It stops in the middle of every programme, and then it beeps.', 'photo', 'ann@example.org', {
      hints: { tokens: [], references: [], numbers: [desk.number], own: null },
      attachments: [photo],
    }),
  })
  await eventually(
    async () => ((await desk.life.core.collections.messages.count({ direction: 'inbound', state: 'handled' })) > 0 ? true : undefined),
    'its turn',
  )
  return { desk, status: desk.here(linkTo(desk.life.core, 'status', desk.number)) }
}

describe.skipIf(without('browser'))('the pages behind a link', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: programs.browser.path, args: browserFlags })
  }, 60_000)
  afterAll(() => browser?.close())

  it('are there for everybody, and ask nothing of other sites', { timeout: 120_000 }, async () => {
    const { desk, status } = await full()
    const { link: offer } = await quote(desk)
    const { link: asked } = await survey(desk)
    const cutOff = status.slice(0, -1)
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({ viewport: { width: 360, height: 740 }, colorScheme })
      const page = await context.newPage()
      const elsewhere: string[] = []
      const complaints: string[] = []
      page.on('request', (request) => {
        if (!request.url().startsWith(desk.url) && !request.url().startsWith('data:')) elsewhere.push(request.url())
      })
      page.on('console', (message) => message.type() === 'error' && !message.text().includes('404') && complaints.push(message.text()))
      for (const link of [status, offer, asked, cutOff]) {
        for (const lang of ['en', 'zh']) {
          await page.goto(`${link}?lang=${lang}`)
          const where = `${new URL(link).pathname} ${lang} ${colorScheme}`
          expect(await faultsOf(page), where).toEqual([])
          expect(await page.evaluate(() => document.documentElement.scrollWidth), where).toBe(360)
        }
      }
      expect(elsewhere).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    }
  })

  it('let a customer write, read in the other language and open their details by keyboard', { timeout: 120_000 }, async () => {
    const { desk, status } = await full()
    const page = await (await browser.newContext({ viewport: { width: 360, height: 740 } })).newPage()
    await page.goto(status)
    expect(
      await page.getByRole('img', { name: 'Photo 1 that you sent' }).evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth > 0)),
    ).toBe(true)
    await page.getByLabel('Write to us').fill('Please ring twice')
    await page.getByRole('button', { name: 'Send', exact: true }).press('Enter')
    await page.getByRole('status').waitFor()
    await page.reload()
    expect(await desk.life.core.collections.messages.count({ onPage: true })).toBe(1)
    await page.getByRole('button', { name: 'Send me the code' }).press('Enter')
    const code = await eventually(async () => desk.provider.sent.find(({ oneTimeCode: sent }) => sent !== undefined)?.text.match(/\d{6}/)?.[0], 'the code')
    await page.getByLabel('The code of six digits').fill(code)
    await page.keyboard.press('Enter')
    await page.getByText('+4915112345678').waitFor()
    await page.getByRole('link', { name: '中文' }).click()
    await page.getByText('序列号').waitFor()
    expect(await page.getByText('WM-88413072').count()).toBe(1)
  })
})
