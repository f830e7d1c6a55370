// The widget loses and doubles nothing: offline, without a server, over reloads and days, in two windows; in a real browser.
import { describe, expect, it } from 'vitest'
import { without } from '../../support/browser.ts'
import { testClock } from './visitor.ts'
import { answering, bubbles, conversation, photo, shows, write, widgetBench } from './widget-bench.ts'

describe.skipIf(without('browser'))('the widget', { timeout: 30_000 }, () => {
  const { start, open, watch } = widgetBench()

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
      const other = watch(await page.context().newPage())
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
})

/** Runs in the page: for how many messages files wait in the browser's store. */
async function filesKept(): Promise<number> {
  const [database] = await indexedDB.databases()
  // Opening what the widget has not made yet would make it, and without its store.
  if (database?.name === undefined) return 0
  const { name } = database
  return new Promise((resolve) => {
    const opening = indexedDB.open(name)
    opening.addEventListener('success', () => {
      const counting = opening.result.transaction('files').objectStore('files').count()
      counting.addEventListener('success', () => resolve(counting.result))
    })
  })
}
