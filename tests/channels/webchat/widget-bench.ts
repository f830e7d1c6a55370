// A browser with the built widget for the tests of what a customer meets: pages, a bot that answers, and an eye on the pages' policy.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { browserFlags, programs } from '../../support/browser.ts'
import { startWebchat, type WebchatServer, type WebchatServerOptions } from '../../support/webchat-server.ts'
import { png } from './visitor.ts'

export const photo = { name: 'leak 1.png', mimeType: 'image/png', buffer: png }

export interface WidgetBench {
  /** A server with the pages, until the end of the test. */
  start(options?: WebchatServerOptions): Promise<WebchatServer>
  /** The demonstration page in a browser of its own. */
  open(server: WebchatServer, options?: BrowserContextOptions): Promise<Page>
  /** An empty page in a browser of its own. */
  blank(): Promise<Page>
  /** Ends the page with the test, and fails the test where the page breaks its policy. */
  watch(page: Page): Page
}

/** To be called inside a `describe`: builds the widget and starts the browser once for all tests there. */
export function widgetBench(): WidgetBench {
  let web: string
  let browser: Browser
  const servers: WebchatServer[] = []
  const pages: Page[] = []
  let complaints: string[] = []

  beforeAll(async () => {
    web = await mkdtemp(join(tmpdir(), 'mendline-web-'))
    await build({ configFile: join(import.meta.dirname, '../../../web/vite.config.ts'), logLevel: 'error', build: { outDir: web } })
    browser = await chromium.launch({ executablePath: programs.browser.path, args: browserFlags })
  })
  afterAll(async () => {
    await browser?.close()
    await rm(web, { recursive: true, force: true })
  })
  afterEach(async () => {
    for (const page of pages.splice(0)) await page.context().close()
    for (const server of servers.splice(0)) await server.stop()
    const told = complaints
    complaints = []
    expect(told).toEqual([])
  })

  const watch = (page: Page): Page => {
    pages.push(page)
    page.setDefaultTimeout(10_000)
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text())
    })
    return page
  }
  const newPage = async (options: BrowserContextOptions): Promise<Page> => {
    const context = await browser.newContext({ locale: 'en-US', ...options })
    return watch(await context.newPage())
  }
  return {
    async start(options = {}) {
      const server = await startWebchat({ web, ...options })
      servers.push(server)
      return server
    },
    async open(server, options = {}) {
      const page = await newPage(options)
      await page.goto(`${server.url}/chat`)
      return page
    },
    blank: () => newPage({}),
    watch,
  }
}

/** A bot that repeats what it hears, and asks for a time. */
export function answering(server: WebchatServer): WebchatServer {
  server.door.onMessage = ({ conversation, text, choice, attachments }) => {
    server.door.say(conversation, {
      text: `Bot: ${choice ?? text}${attachments.length === 0 ? '' : ` +${attachments.length}`}`,
      choices: [
        { value: 'slot-1', label: 'Thursday, 9–11' },
        { value: 'slot-2', label: 'Friday' },
      ],
    })
  }
  return server
}

export const field = (page: Page): Locator => page.getByRole('textbox', { name: 'Your message' })

/** What is to be read; what the server has not taken yet is marked. */
export const bubbles = (page: Page): Promise<string[]> =>
  page.locator('mendline-chat .bubble').evaluateAll((all) => all.map((one) => `${one.textContent}${one.closest('.waiting') === null ? '' : ' (waiting)'}`))

export const shows = (page: Page, texts: string[]) => expect.poll(() => bubbles(page), { timeout: 15_000 }).toEqual(texts)

export const conversation = (server: WebchatServer): string => server.door.conversations().at(-1) ?? ''

export async function write(page: Page, text: string): Promise<void> {
  await field(page).fill(text)
  await field(page).press('Enter')
}
