// Intake through its front door: stored once, in order, one turn at a time, and nothing vanishes.
import { afterEach, describe, expect, it } from 'vitest'
import type { InboundMessage } from '../../src/message.ts'
import { createFolder, createProvider, live, newMessage, type Life, type LifeOptions } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function begin(options: Partial<LifeOptions> = {}): Promise<{ life: Life; provider: LifeOptions['provider'] }> {
  const folder = createFolder()
  const provider = createProvider()
  cleanups.push(folder.remove)
  const life = await live({ folder: folder.path, provider, ...options })
  cleanups.push(() => life.close())
  return { life, provider }
}

const message = (text: string, id: string, from?: string) => ({ kind: 'message' as const, message: newMessage(text, id, from) })
const handled = async (life: Life, count: number) =>
  eventually(
    async () => ((await life.core.collections.messages.count({ direction: 'inbound', state: { $ne: 'received' } })) === count ? true : undefined),
    `${count} turns`,
  )
const sent = (provider: LifeOptions['provider'], count: number) =>
  eventually(async () => (provider.sent.length >= count ? true : undefined), `${count} answers`)

describe('intake', () => {
  it('makes one message, one ticket and one answer of twenty identical inputs at once', async () => {
    const { life, provider } = await begin()
    const results = await Promise.all(Array.from({ length: 20 }, () => life.accept(message('It leaks', 'same'))))
    expect(results.filter(({ kind }) => kind === 'stored')).toHaveLength(1)
    expect(new Set(results.map((result) => ('messageId' in result ? result.messageId : ''))).size).toBe(1)
    await handled(life, 1)
    await sent(provider, 1)
    expect(await life.core.collections.messages.count({ direction: 'inbound' })).toBe(1)
    expect(await life.core.collections.tickets.count({})).toBe(1)
    expect(provider.sent.map(({ text }) => text)).toEqual(['heard It leaks'])
  })

  it('gives each message of a conversation its turn in the order of arrival', async () => {
    const { life, provider } = await begin()
    for (let index = 0; index < 12; index++) await life.accept(message(`word ${index}`, `id-${index}`))
    await sent(provider, 12)
    expect(provider.sent.map(({ text }) => text)).toEqual(Array.from({ length: 12 }, (_, index) => `heard word ${index}`))
  })

  it('puts a message that always throws aside for a person while its conversation goes on, and runs it again when asked', async () => {
    const { life, provider } = await begin()
    await life.accept(message('It leaks', 'a'))
    await life.accept(message('throw up', 'b'))
    await life.accept(message('and it smells', 'c'))
    await sent(provider, 2)
    expect(provider.sent.map(({ text }) => text)).toEqual(['heard It leaks', 'heard and it smells'])
    const [task] = await life.core.collections.tasks.find({ kind: 'needs_review', state: 'open' })
    const stored = await life.core.collections.messages.get(task?.message ?? '')
    expect(stored).toMatchObject({ state: 'needs_review', failures: 3, text: 'throw up' })
    // The fault is mended: here, the words.
    await life.core.collections.messages.update(stored?._id ?? '', { $set: { text: 'now it can be read' } })
    const replay = await fetch(`http://127.0.0.1:${life.port}/api/v1/needs-review/${task?._id}/replay`, {
      method: 'POST',
      headers: { authorization: 'Bearer test-key-0123456789' },
    })
    expect(replay.status).toBe(200)
    await sent(provider, 3)
    expect(provider.sent.at(-1)?.text).toBe('heard now it can be read')
    expect(await life.core.collections.messages.get(stored?._id ?? '')).toMatchObject({ state: 'handled' })
  })

  it('answers no machine and opens no ticket for it, yet keeps what it wrote', async () => {
    const { life, provider } = await begin()
    await life.accept({ kind: 'message', message: newMessage('Out of office', 'auto', 'bob@example.org', { author: 'machine' }) })
    await life.accept(message('It leaks', 'human'))
    await sent(provider, 1)
    expect(provider.sent).toHaveLength(1)
    expect(await life.core.collections.tickets.count({})).toBe(1)
    expect(await life.core.collections.messages.count({ author: 'machine', state: 'handled' })).toBe(1)
  })

  it('opens the ticket of somebody who wants no automatic answer, and says nothing', async () => {
    const { life, provider } = await begin()
    await life.accept({ kind: 'message', message: newMessage('It leaks', 'quiet', 'bob@example.org', { author: 'person_no_reply' }) })
    await handled(life, 1)
    expect(await life.core.collections.tickets.count({})).toBe(1)
    const [answer] = await life.core.collections.messages.find({ direction: 'outbound' })
    expect(answer).toMatchObject({ state: 'suppressed' })
    expect(provider.sent).toHaveLength(0)
  })

  it('hands a chat that goes round in circles to a person and falls silent', async () => {
    const { life, provider } = await begin({ yaml: 'loopGuard: 3' })
    for (let index = 0; index < 6; index++) await life.accept(message(`word ${index}`, `id-${index}`))
    await handled(life, 6)
    await sent(provider, 4)
    expect(provider.sent.map(({ text }) => text)).toEqual(['heard word 0', 'heard word 1', 'heard word 2', 'handover.loop'])
    expect(await life.core.collections.tasks.count({ kind: 'handover' })).toBe(1)
  })

  it('commits each turn once when two workers are forced into one conversation', async () => {
    const { life, provider } = await begin()
    const { handleConversation } = await import('../../src/intake/handle.ts')
    const first = await life.accept(message('one', 'id-0'))
    if (first.kind === 'noted') throw new Error('a message is stored')
    const storm = Array.from({ length: 8 }, async (_, index) => {
      await life.accept(message(`more ${index}`, `more-${index}`))
      // No lock at all: as many workers as there are messages.
      await Promise.all([handleConversation(life.core, first.conversation), handleConversation(life.core, first.conversation)])
    })
    await Promise.all(storm)
    await handled(life, 9)
    await sent(provider, 9)
    const inbound = (await life.core.collections.messages.find({ direction: 'inbound' }, { sort: { seq: 1 } })).filter(
      (each): each is InboundMessage => each.direction === 'inbound',
    )
    expect(provider.sent.map(({ text }) => text)).toEqual(inbound.map(({ text }) => `heard ${text}`))
    expect(await life.core.collections.tickets.count({})).toBe(1)
  })
})
