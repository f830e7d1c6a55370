// The widget as a customer meets it: the built script on the demonstration page, in a real browser, under the strict policy of our pages.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { browserFlags, programs, without } from '../../support/browser.ts'
import { startWebchat, type WebchatServer, type WebchatServerOptions } from '../../support/webchat-server.ts'
import { png, testClock } from './visitor.ts'

const photo = { name: 'leak 1.png', mimeType: 'image/png', buffer: png }

describe.skipIf(without('browser'))('the widget', { timeout: 30_000 }, () => {
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

  async function start(options: WebchatServerOptions = {}): Promise<WebchatServer> {
    const server = await startWebchat({ web, ...options })
    servers.push(server)
    return server
  }

  /** A bot that repeats what it hears, and asks for a time. */
  function answering(server: WebchatServer): WebchatServer {
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

  async function watch(page: Page): Promise<Page> {
    pages.push(page)
    page.setDefaultTimeout(10_000)
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      if (/Content Security Policy|Trusted/i.test(message.text())) complaints.push(message.text())
    })
    return page
  }

  async function open(server: WebchatServer, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ locale: 'en-US', ...options })
    const page = await watch(await context.newPage())
    await page.goto(`${server.url}/chat`)
    return page
  }

  const field = (page: Page) => page.getByRole('textbox', { name: 'Your message' })
  /** What is to be read; what the server has not taken yet is marked. */
  const bubbles = (page: Page) =>
    page.locator('mendline-chat .bubble').evaluateAll((all) => all.map((one) => `${one.textContent}${one.closest('.waiting') === null ? '' : ' (waiting)'}`))
  const shows = (page: Page, texts: string[]) => expect.poll(() => bubbles(page), { timeout: 15_000 }).toEqual(texts)
  const conversation = (server: WebchatServer) => server.door.conversations().at(-1) ?? ''
  const write = async (page: Page, text: string) => {
    await field(page).fill(text)
    await field(page).press('Enter')
  }

  describe('talks', () => {
    it('by keyboard alone: a message, its answer, a suggested reply', async () => {
      const server = answering(await start())
      const page = await open(server)
      await field(page).focus()
      await page.keyboard.type('My washer leaks')
      await page.keyboard.press('Shift+Enter')
      await page.keyboard.type('since Monday')
      await page.keyboard.press('Enter')
      await shows(page, ['My washer leaks\nsince Monday', 'Bot: My washer leaks\nsince Monday'])
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Shift+Tab')
      expect(await page.evaluate(() => document.querySelector('mendline-chat')?.shadowRoot?.activeElement?.textContent)).toBe('Thursday, 9–11')
      await page.keyboard.press('Enter')
      await shows(page, ['My washer leaks\nsince Monday', 'Bot: My washer leaks\nsince Monday', 'Thursday, 9–11', 'Bot: slot-1'])
      expect(server.door.all(conversation(server))[2]).toMatchObject({ text: 'Thursday, 9–11', choice: 'slot-1', locale: 'en-US' })
    })

    it('offers only the choices of the last word', async () => {
      const server = answering(await start())
      const page = await open(server)
      await write(page, 'hello')
      const replies = page.getByRole('group', { name: 'Suggested replies' }).getByRole('button')
      await expect.poll(() => replies.allTextContents()).toEqual(['Thursday, 9–11', 'Friday'])
      server.door.say(conversation(server), { text: 'Never mind', speaker: 'Ana Torres' })
      await expect.poll(() => replies.count()).toBe(0)
      expect(await page.locator('.name', { hasText: 'Ana Torres' }).count()).toBe(1)
    })

    it('shows who is typing until they have spoken', async () => {
      const server = await start()
      const page = await open(server)
      await write(page, 'hello')
      await shows(page, ['hello'])
      server.door.typing(conversation(server))
      await page.getByText('Repair desk is typing').waitFor()
      server.door.say(conversation(server), { text: 'Hi' })
      await shows(page, ['hello', 'Hi'])
      expect(await page.getByText('is typing').count()).toBe(0)
    })

    it('shows what is written as text, and links only what is an address', async () => {
      const server = await start()
      const page = await open(server)
      await write(page, 'hello')
      await shows(page, ['hello'])
      const nasty = '<img src=x onerror="alert(1)"> javascript:alert(1) see (https://help.example.com/a?b=1), or ana@example.com.'
      server.door.say(conversation(server), { text: nasty })
      const bubble = page.locator('.bubble').last()
      await bubble.getByRole('link').first().waitFor()
      expect(await bubble.evaluate((node) => [...node.querySelectorAll('a')].map(({ href, rel, target }) => [href, rel, target]))).toEqual([
        ['https://help.example.com/a?b=1', 'noopener noreferrer nofollow', '_blank'],
        ['mailto:ana@example.com', 'noopener noreferrer nofollow', '_blank'],
      ])
      expect(await bubble.locator('img').count()).toBe(0)
    })
  })

  describe('sends photos', () => {
    it('chosen, seen beforehand, taken back, and shown afterwards', async () => {
      const server = answering(await start())
      const page = await open(server)
      await page.locator('input[type=file]').setInputFiles([photo, { ...photo, name: 'other.png' }])
      await page.getByRole('img', { name: 'Photo: leak 1.png' }).waitFor()
      await page.getByRole('button', { name: 'Remove other.png' }).click()
      await write(page, 'look')
      await shows(page, ['look', 'Bot: look +1'])
      await page.reload()
      const shown = page.getByRole('log').getByRole('img', { name: 'Photo: leak 1.png' })
      await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
      expect(server.door.files.names.filter((name) => name.endsWith('.png'))).toEqual(['leak 1.png'])
    })

    it('pasted and dropped', async () => {
      const server = answering(await start())
      const page = await open(server)
      await page.getByRole('dialog').waitFor()
      await page.evaluate((base64) => {
        const root = document.querySelector('mendline-chat')?.shadowRoot
        const give = (name: string) => {
          const data = new DataTransfer()
          data.items.add(new File([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))], name, { type: 'image/png' }))
          return data
        }
        root?.querySelector('textarea')?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: give('pasted.png'), bubbles: true, cancelable: true }))
        root?.querySelector('.panel')?.dispatchEvent(new DragEvent('drop', { dataTransfer: give('dropped.png'), bubbles: true, cancelable: true }))
      }, png.toString('base64'))
      await page.getByRole('button', { name: 'Send' }).click()
      await shows(page, ['Bot:  +2'])
      expect(server.door.all(conversation(server))[0]?.attachments.map(({ name }) => name)).toEqual(['pasted.png', 'dropped.png'])
    })

    it('and says which it cannot take, before and after', async () => {
      const server = await start()
      const page = await open(server)
      await page.locator('input[type=file]').setInputFiles([{ name: 'a.zip', mimeType: 'application/zip', buffer: Buffer.from('PK') }])
      await expect.poll(() => page.getByRole('alert').textContent()).toBe('Please send photos, videos, PDF or text files.')
      await page.locator('input[type=file]').setInputFiles([{ ...photo, buffer: Buffer.from('MZ\0\x01') }])
      await write(page, 'no photo')
      await page.getByText('Please send photos, videos, PDF or text files.').waitFor()
      expect(await page.locator('.message.rejected').count()).toBe(1)
      await write(page, 'goes on')
      await expect.poll(() => server.door.texts(conversation(server))).toEqual(['goes on'])
      await shows(page, ['no photo', 'goes on'])
    })
  })

  describe('loses and doubles nothing', () => {
    it('offline: what was written waits, and arrives once and in order', async () => {
      const server = answering(await start())
      const page = await open(server)
      await write(page, 'one')
      await shows(page, ['one', 'Bot: one'])
      await page.context().setOffline(true)
      await page.getByText('You are offline.').waitFor()
      await write(page, 'two')
      await write(page, 'three')
      await expect.poll(() => page.getByText('Waiting to be sent').count()).toBe(2)
      await page.context().setOffline(false)
      await shows(page, ['one', 'Bot: one', 'two', 'Bot: two', 'three', 'Bot: three'])
      expect(server.door.texts(conversation(server))).toEqual(await bubbles(page))
      await expect.poll(() => page.getByText('You are offline.').count()).toBe(0)
    })

    it('written while the server cannot be reached, also a photo, through a reload', async () => {
      const server = answering(await start())
      const page = await open(server)
      await write(page, 'one')
      await shows(page, ['one', 'Bot: one'])
      await page.route('**/v3/directline/**', (route) => route.abort())
      await page.locator('input[type=file]').setInputFiles([photo])
      await write(page, 'two')
      await write(page, 'three')
      await expect.poll(() => page.evaluate(filesKept)).toBe(1)
      await page.reload()
      await shows(page, ['two (waiting)', 'three (waiting)'])
      expect(await page.getByRole('log').getByRole('img', { name: 'Photo: leak 1.png' }).count()).toBe(1)
      await page.unroute('**/v3/directline/**')
      await expect
        .poll(() => server.door.texts(conversation(server)), { timeout: 15_000 })
        .toEqual(['one', 'Bot: one', 'two', 'Bot: two +1', 'three', 'Bot: three'])
      await shows(page, server.door.texts(conversation(server)))
    })

    it('stored without an answer: the next try is no second message', async () => {
      const server = answering(await start())
      const page = await open(server)
      server.door.failures.push('before', 'after')
      await write(page, 'one')
      await expect.poll(() => server.door.accepts, { timeout: 15_000 }).toBeGreaterThanOrEqual(2)
      await write(page, 'two')
      await expect.poll(() => bubbles(page), { timeout: 15_000 }).toContain('Bot: two')
      expect(server.door.texts(conversation(server)).filter((text) => !text.startsWith('Bot'))).toEqual(['one', 'two'])
      expect((await bubbles(page)).toSorted()).toEqual(server.door.texts(conversation(server)).toSorted())
    })

    it('over a reload and the next day, when the token has long expired', async () => {
      const clock = testClock(Date.now())
      const server = answering(await start({ clock }))
      const page = await open(server)
      await write(page, 'one')
      await shows(page, ['one', 'Bot: one'])
      clock.pass(26 * 60 * 60)
      server.door.say(conversation(server), { text: 'Good morning' })
      await page.reload()
      await shows(page, ['one', 'Bot: one', 'Good morning'])
      await write(page, 'two')
      await shows(page, ['one', 'Bot: one', 'Good morning', 'two', 'Bot: two'])
      expect(server.door.conversations()).toHaveLength(1)
    })

    it('after more than a month: a new conversation, and it works', async () => {
      const clock = testClock(Date.now())
      const server = answering(await start({ clock }))
      const page = await open(server)
      await write(page, 'one')
      await shows(page, ['one', 'Bot: one'])
      clock.pass(32 * 24 * 60 * 60)
      await page.reload()
      await write(page, 'two')
      await shows(page, ['two', 'Bot: two'])
      expect(server.door.conversations()).toHaveLength(2)
    })

    it('while the server restarts', async () => {
      const first = await start()
      const page = await open(first)
      await write(page, 'one')
      await shows(page, ['one'])
      await first.stop()
      first.door.say(conversation(first), { text: 'said meanwhile' })
      await write(page, 'two')
      const second = await start({ door: first.door, port: first.port })
      await expect.poll(() => second.door.texts(conversation(second)), { timeout: 15_000 }).toEqual(['one', 'said meanwhile', 'two'])
      await shows(page, ['one', 'said meanwhile', 'two'])
      // It goes on from the watermark: it does not read all of it again.
      const opened = second.seen.filter((asked) => asked.includes('?watermark='))
      expect(opened[0]).toMatch(/^GET .*\?watermark=1$/)
      second.door.say(conversation(second), { text: 'after' })
      await shows(page, ['one', 'said meanwhile', 'two', 'after'])
    })

    it('where no WebSocket passes', async () => {
      const server = answering(await start({ noSockets: true }))
      const page = await open(server)
      await write(page, 'one')
      await shows(page, ['one', 'Bot: one'])
      server.door.say(conversation(server), { text: 'later' })
      await shows(page, ['one', 'Bot: one', 'later'])
    })

    it('in two windows at once', async () => {
      const server = answering(await start())
      const page = await open(server)
      const other = await watch(await page.context().newPage())
      await other.goto(`${server.url}/chat`)
      await write(page, 'one')
      await shows(other, ['one', 'Bot: one'])
      await write(other, 'two')
      for (const each of [page, other]) await shows(each, ['one', 'Bot: one', 'two', 'Bot: two'])
      expect(server.door.conversations()).toHaveLength(1)
    })

    it('in a conversation of hundreds, of which the page shows the last', async () => {
      const server = await start()
      const page = await open(server)
      await write(page, 'm0')
      await shows(page, ['m0'])
      for (let said = 1; said <= 250; said++) server.door.say(conversation(server), { text: `m${said}` })
      const all = Array.from({ length: 251 }, (_, index) => `m${index}`)
      await shows(page, all.slice(-100))
      await page.getByRole('button', { name: 'Show earlier messages' }).click()
      await shows(page, all.slice(-200))
      await page.getByRole('button', { name: 'Show earlier messages' }).click()
      await shows(page, all)
    })
  })

  describe('is for everybody', () => {
    it('has names for all its parts, and the log speaks up politely', async () => {
      const server = answering(await start())
      const page = await open(server)
      const dialog = page.getByRole('dialog', { name: 'Repair help' })
      for (const name of ['Close chat', 'Add photos or files', 'Send']) await dialog.getByRole('button', { name, exact: true }).waitFor()
      expect(await dialog.getByRole('log', { name: 'Conversation' }).getAttribute('aria-live')).toBe('polite')
      expect(await dialog.getAttribute('aria-modal')).toBe('false')
      await write(page, 'hello')
      await shows(page, ['hello', 'Bot: hello'])
      expect(await page.locator('.message').allInnerTexts()).toEqual([expect.stringMatching(/^You:/), expect.stringMatching(/^Repair desk:/)])
    })

    it('closes by Escape, gives the focus back, says what is new, and stays closed', async () => {
      const server = await start()
      const page = await open(server)
      await write(page, 'hello')
      await shows(page, ['hello'])
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      const launcher = page.getByRole('button', { name: 'Chat with us' })
      expect(await page.evaluate(() => document.querySelector('mendline-chat')?.shadowRoot?.activeElement?.className)).toContain('launcher')
      server.door.say(conversation(server), { text: 'one' })
      server.door.say(conversation(server), { text: 'two' })
      await page.getByRole('button', { name: 'Chat with us, 2 new messages' }).waitFor()
      await page.reload()
      await page.getByRole('button', { name: 'Chat with us, 2 new messages' }).waitFor()
      expect(await page.getByRole('dialog').count()).toBe(0)
      await launcher.press('Enter')
      await shows(page, ['hello', 'one', 'two'])
      expect(await field(page).evaluate((node) => node.matches(':focus'))).toBe(true)
      await page.reload()
      await page.getByRole('button', { name: 'Chat with us', exact: true }).waitFor()
    })

    it('fills a phone, holds the focus inside, and does not bring the keyboard up by itself', async () => {
      const server = await start()
      const page = await open(server, { viewport: { width: 375, height: 667 }, hasTouch: true, isMobile: true })
      const dialog = page.getByRole('dialog')
      await expect.poll(() => dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 375, height: 667 })
      expect(await dialog.getAttribute('aria-modal')).toBe('true')
      await page.getByRole('button', { name: 'Close chat' }).tap()
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(375)
      await page.getByRole('button', { name: 'Start a repair' }).tap()
      const focused = () => page.evaluate(() => document.querySelector('mendline-chat')?.shadowRoot?.activeElement?.tagName)
      expect(await focused()).toBe('H2')
      for (let count = 0; count < 12; count++) {
        await page.keyboard.press('Tab')
        expect(await focused()).toBeDefined()
      }
    })

    it('speaks Chinese to a Chinese browser, and leaves Enter to the input method', async () => {
      const server = await start()
      const page = await open(server, { locale: 'zh-CN' })
      await page.getByRole('dialog', { name: '维修服务' }).waitFor()
      await page.getByText('需要维修什么？').waitFor()
      const input = page.getByRole('textbox', { name: '您的消息' })
      await input.fill('洗衣机漏')
      await input.evaluate((node) => node.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })))
      expect(await input.inputValue()).toBe('洗衣机漏')
      await input.press('Enter')
      await shows(page, ['洗衣机漏'])
      await page.getByText('今天').waitFor()
      expect(await page.locator('mendline-chat').getAttribute('lang')).toBe('zh-CN')
      expect(server.door.all(conversation(server))[0]).toMatchObject({ locale: 'zh-CN' })
    })

    it.each(['light', 'dark'] as const)('can be read in the %s: contrast of at least 4.5 everywhere', async (colorScheme) => {
      const server = answering(await start())
      const page = await open(server, { colorScheme })
      await page.locator('input[type=file]').setInputFiles([{ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('E18') }])
      await write(page, 'see https://example.com')
      await page.getByRole('button', { name: 'Friday' }).waitFor()
      server.door.say(conversation(server), { text: 'see https://example.com', speaker: 'Ana Torres', choices: [{ value: 'y', label: 'Yes' }] })
      server.door.typing(conversation(server))
      await page.getByText('is typing').waitFor()
      await page.context().setOffline(true)
      await page.getByText('You are offline.').waitFor()
      await write(page, 'still here')
      await page.getByText('Waiting to be sent').waitFor()
      const ratios = await page.evaluate(contrasts)
      expect(ratios.length).toBeGreaterThan(12)
      expect(ratios.filter(([, ratio]) => ratio < 4.5)).toEqual([])
    })

    it('stands still where motion is not wanted', async () => {
      const server = await start()
      const page = await open(server, { reducedMotion: 'reduce' })
      const moving = () => page.locator('.panel').evaluate((node) => getComputedStyle(node).animationName)
      expect(await moving()).toBe('none')
      await page.emulateMedia({ reducedMotion: 'no-preference' })
      expect(await moving()).toBe('appear')
    })
  })

  describe('on a page of somebody else', () => {
    it('needs one tag, asks the server for nothing before it is opened, and talks to where it came from', async () => {
      const shop = await start()
      const server = answering(await start({ allowedOrigins: [shop.url] }))
      const context = await browser.newContext({ locale: 'en-US' })
      const page = await watch(await context.newPage())
      await page.goto(`${shop.url}/blank`)
      await page.addScriptTag({ url: `${server.url}/widget.js` })
      const launcher = page.getByRole('button', { name: 'Chat with us' })
      await launcher.waitFor()
      expect(server.seen).toEqual(['GET /widget.js'])
      await launcher.click()
      await page.locator('input[type=file]').setInputFiles([photo])
      await write(page, 'across')
      await shows(page, ['across', 'Bot: across +1'])
      expect(shop.door.conversations()).toEqual([])
      expect(await page.evaluate(() => Object.keys(window).filter((name) => /mendline/i.test(name)))).toEqual([])
    })
  })
})

/** Runs in the page: for how many messages files wait in the browser's store. */
async function filesKept(): Promise<number> {
  const [database] = await indexedDB.databases()
  return new Promise((resolve) => {
    const opening = indexedDB.open(database?.name ?? '')
    opening.addEventListener('success', () => {
      const counting = opening.result.transaction('files').objectStore('files').count()
      counting.addEventListener('success', () => resolve(counting.result))
    })
  })
}

/** Runs in the page: the contrast (WCAG 2.2) of every text that is shown, opacity included. */
function contrasts(): [string, number][] {
  const root = document.querySelector('mendline-chat')?.shadowRoot
  if (!root) return []
  const channels = (color: string) => {
    const [r = 0, g = 0, b = 0, a = 1] = (color.match(/[\d.]+/g) ?? []).map(Number)
    return { r, g, b, a }
  }
  const over = (top: ReturnType<typeof channels>, below: ReturnType<typeof channels>, alpha = top.a) => ({
    r: top.r * alpha + below.r * (1 - alpha),
    g: top.g * alpha + below.g * (1 - alpha),
    b: top.b * alpha + below.b * (1 - alpha),
    a: 1,
  })
  const linear = (value: number) => (value <= 10.31475 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
  const light = (color: ReturnType<typeof channels>) => 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b)
  const background = (node: Element | null): ReturnType<typeof channels> => {
    if (node === null) return channels('255, 255, 255, 1')
    const own = channels(getComputedStyle(node).backgroundColor)
    return own.a === 1 ? own : over(own, background(node.parentElement))
  }
  const found: [string, number][] = []
  for (const node of root.querySelectorAll('*')) {
    const text = [...node.childNodes]
      .filter((child) => child instanceof Text)
      .map((child) => child.textContent)
      .join('')
      .trim()
    if (text === '' || node.closest('.spoken, [hidden], .drop, :disabled') !== null || !node.checkVisibility()) continue
    const behind = background(node)
    const faded = Number(getComputedStyle(node).opacity)
    const front = over(channels(getComputedStyle(node).color), behind, faded)
    const [a, b] = [light(front), light(behind)]
    found.push([`${node.className || node.tagName}: ${text}`, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)])
  }
  return found
}
