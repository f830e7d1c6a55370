// A desk with a made-up history, the built pages and a browser, for the tests of what staff see.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { createBuilder } from 'vite'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { load } from '../../src/demo/load.ts'
import { openSqliteStore } from '../../src/storage/sqlite.ts'
import { browserFlags, programs } from '../support/browser.ts'
import { createFolder, createProvider, live, type Life } from '../support/life.ts'
import { historyOf, until } from '../demo/fleet.ts'

export const key = 'test-key-0123456789'
const wish = { seed: 1, products: 6, assets: 120, months: 24 }

export interface DashboardBench {
  url(): string
  /** A page in a browser of its own, not signed in. */
  page(options?: BrowserContextOptions): Promise<Page>
  /** The dashboard with this query, signed in, its figures shown. */
  open(query?: string, options?: BrowserContextOptions): Promise<Page>
  /** A desk in which nothing has happened yet. */
  emptyDesk(): Promise<string>
}

/** To be called inside a `describe`. A page that breaks its policy, or asks anybody else for something, fails its test. */
export function dashboardBench(): DashboardBench {
  let [web, life, browser]: [string, Life | undefined, Browser | undefined] = ['', undefined, undefined]
  const folder = createFolder()
  const others: { close(): Promise<void> }[] = []
  let complaints: string[] = []
  const addressOf = (of: Life | undefined): string => `http://127.0.0.1:${of?.port}`

  beforeAll(async () => {
    web = await mkdtemp(join(tmpdir(), 'mendline-web-'))
    const config = { configFile: join(import.meta.dirname, '../../web/vite.config.ts'), logLevel: 'error', build: { outDir: web } } as const
    await (await createBuilder(config)).buildApp()
    const history = await historyOf(wish)
    const store = await openSqliteStore({ path: join(folder.path, 'mendline.db') })
    await load({ store, world: history.world, wish: { ...wish, until } })
    await history.world.close()
    await store.close()
    life = await live({ folder: folder.path, provider: createProvider(), webFolder: web })
    browser = await chromium.launch({ executablePath: programs.browser.path, args: browserFlags })
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await life?.close()
    folder.remove()
    await rm(web, { recursive: true, force: true })
  })
  afterEach(async () => {
    for (const other of others.splice(0)) await other.close()
    const told = complaints
    complaints = []
    expect(told).toEqual([])
  })

  const page = async (options: BrowserContextOptions = {}): Promise<Page> => {
    if (browser === undefined) throw new Error('there is no browser yet')
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 900 }, ...options })
    others.push(context)
    const opened = await context.newPage()
    opened.setDefaultTimeout(30_000)
    opened.on('pageerror', (error) => complaints.push(error.message))
    opened.on('console', (message) => {
      if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text())
    })
    opened.on('request', (request) => {
      const { protocol, hostname } = new URL(request.url())
      if (protocol !== 'data:' && hostname !== '127.0.0.1') complaints.push(`asked ${request.url()}`)
    })
    return opened
  }

  return {
    url: () => addressOf(life),
    page,
    async open(query = `?from=2024-11-01&until=2026-10-31`, options = {}) {
      const opened = await page(options)
      await signIn(opened, `${addressOf(life)}/dashboard${query}`)
      await settled(opened)
      return opened
    },
    async emptyDesk() {
      const empty = createFolder()
      const desk = await live({ folder: empty.path, provider: createProvider(), webFolder: web })
      others.push({
        async close() {
          await desk.close()
          empty.remove()
        },
      })
      return addressOf(desk)
    },
  }
}

/** By the form, as a person would. */
export async function signIn(page: Page, url: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel(/Admin key|管理密钥/).fill(key)
  await page.getByRole('button', { name: /Sign in|登录/ }).click()
}

/** When every card has been filled. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.card').first().waitFor()
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null)
}
