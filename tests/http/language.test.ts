// A ticket opened by another system speaks its customer's language from the first word.
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flows } from '../../flows/index.ts'
import { createBot, loadTexts } from '../../src/bot/index.ts'
import { apiOf } from '../support/api.ts'
import { createFolder, createProvider, live, newMessage } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function desk(yaml = '') {
  const folder = createFolder()
  const provider = createProvider()
  const life = await live({ folder: folder.path, provider, yaml, bot: createBot({ texts: loadTexts(), flows }) })
  cleanups.push(folder.remove, () => life.close())
  const api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  return {
    life,
    /** Opens a ticket; answers its language and the first words its customer reads. */
    async open(description: string, more: Record<string, unknown> = {}, email = 'li@example.org') {
      const before = provider.sent.length
      const response = await api.post('/tickets', { subject: 'T5', description, customer: { name: 'Li Wei', email }, channel: 'email', ...more })
      const { language } = z.object({ language: z.string() }).parse(await response.json())
      const told = await eventually(async () => provider.sent[before], 'the acknowledgement')
      return { language, chinese: /\p{Script=Han}/u.test(told.text) }
    },
    sent: provider.sent,
  }
}

describe('the language of a ticket opened by another system', () => {
  it('is the one named, whatever the description is written in', async () => {
    const { open } = await desk()
    expect(await open('The belt squeaks since Monday and it stops', { language: 'zh' })).toEqual({ language: 'zh', chinese: true })
  })

  it('is the one its customer has spoken before', async () => {
    const { open, life, sent } = await desk()
    await life.accept({ kind: 'message', message: newMessage('我的洗衣机漏水了', 'first', 'li@example.org') })
    await eventually(async () => sent[0], 'an answer')
    expect(await open('The belt squeaks since Monday and it stops')).toEqual({ language: 'zh', chinese: true })
    expect(await open('The belt squeaks since Monday and it stops', {}, 'ann@example.org')).toEqual({ language: 'en', chinese: false })
  })

  it('is the one of the description when its customer is new', async () => {
    const { open } = await desk()
    expect(await open('跑步机从星期一开始有异响')).toEqual({ language: 'zh', chinese: true })
  })

  it("is the company's when nothing tells", async () => {
    expect(await (await desk()).open('E03')).toEqual({ language: 'en', chinese: false })
    expect(await (await desk('language: zh')).open('E03')).toEqual({ language: 'zh', chinese: true })
  })
})
