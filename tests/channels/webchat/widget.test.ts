// The widget as a customer meets it: the built script on the demonstration page and on others, in a real browser, under the strict policy of our pages.
import { describe, expect, it } from 'vitest'
import { without } from '../../support/browser.ts'
import { png } from './visitor.ts'
import { answering, conversation, field, photo, shows, write, widgetBench } from './widget-bench.ts'

describe.skipIf(without('browser'))('the widget', { timeout: 30_000 }, () => {
  const { start, open, blank } = widgetBench()

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

  describe('on a page of somebody else', () => {
    it('needs one tag, asks the server for nothing before it is opened, and talks to where it came from', async () => {
      const shop = await start()
      const server = answering(await start({ allowedOrigins: [shop.url] }))
      const page = await blank()
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
