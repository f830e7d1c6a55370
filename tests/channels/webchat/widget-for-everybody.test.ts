// The widget for everybody: by keyboard, on a phone, for screen readers, in Chinese, in light and dark; in a real browser.
import { describe, expect, it } from 'vitest'
import { without } from '../../support/browser.ts'
import { contrasts } from './contrasts.ts'
import { answering, conversation, field, shows, write, widgetBench } from './widget-bench.ts'

describe.skipIf(without('browser'))('the widget', { timeout: 30_000 }, () => {
  const { start, open } = widgetBench()

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
})
