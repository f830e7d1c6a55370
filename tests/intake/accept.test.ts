// What it takes to accept an input: few round trips to the store, files only where they are needed, and nothing half-done that a repetition would not mend.
import { AsyncLocalStorage } from 'node:async_hooks'
import { afterEach, describe, expect, it } from 'vitest'
import type { NewMessage } from '../../src/message.ts'
import { createFolder, createProvider, live, newMessage, type Life, type LifeOptions } from '../support/life.ts'
import { eventually } from '../support/processes.ts'
import { watchStore } from '../support/watch-store.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function begin(options: Partial<LifeOptions> = {}): Promise<Life> {
  const folder = createFolder()
  cleanups.push(folder.remove)
  const life = await live({ folder: folder.path, provider: createProvider(), ...options })
  cleanups.push(() => life.close())
  return life
}

const words = (bytes: number): Uint8Array => new TextEncoder().encode('x'.repeat(bytes))
const rawOf = async (life: Life, id: string): Promise<string | undefined> => {
  const [message] = await life.core.collections.messages.find({ providerId: id })
  const file = message?.direction === 'inbound' ? await life.core.files.read(message.raw) : undefined
  return file && Buffer.concat(await Array.fromAsync(file.content)).toString()
}

describe('accepting', () => {
  it('asks the store for the last position and inserts the message, and no more', async () => {
    // What is asked on behalf of the accept alone: turns go on beside it.
    const asking = new AsyncLocalStorage<string[]>()
    const life = await begin({ watch: (store) => watchStore(store, (asked) => void asking.getStore()?.push(`${asked.collection} ${asked.do}`)) })
    const accept = async (id: string): Promise<string[]> => {
      const asked: string[] = []
      await asking.run(asked, () => life.accept({ kind: 'message', message: newMessage('It leaks', id) }))
      return asked
    }
    expect(await accept('of a new conversation')).toEqual(['messages find', 'messages insert'])
    // The answer to the first may have taken the position in between.
    await eventually(async () => ((await life.core.collections.messages.count({ state: 'sent' })) === 1 ? true : undefined), 'the answer')
    expect(await accept('of a known one')).toEqual(['messages find', 'messages insert'])
    // That it is a repetition the index tells; then the one that is there is looked up, and the position beside it.
    await eventually(async () => ((await life.core.collections.messages.count({ state: 'sent' })) === 2 ? true : undefined), 'the second answer')
    expect(await accept('of a known one')).toEqual(['messages find', 'messages insert', 'messages find', 'messages find'])
  })

  it.each([
    ['small', 300],
    ['just small enough', 8 * 1024],
    ['too large for that', 8 * 1024 + 1],
  ])('keeps the untouched input, %s', async (_, bytes) => {
    const life = await begin()
    await life.accept({
      kind: 'message',
      message: newMessage('It leaks', 'a', 'ann@example.org', { raw: { name: 'ä:b.eml', contentType: 'message/rfc822', content: words(bytes) } }),
    })
    expect((await rawOf(life, 'a'))?.length).toBe(bytes)
    const [message] = await life.core.collections.messages.find({ providerId: 'a' })
    expect(message?.direction === 'inbound' && (await life.core.files.read(message.raw))?.info).toMatchObject({
      name: 'ä:b.eml',
      contentType: 'message/rfc822',
      size: bytes,
    })
  })

  it('is one message however often it comes, with small inputs and with files', async () => {
    const life = await begin()
    const photo = { name: 'leak.png', contentType: 'image/png', content: words(20_000) }
    for (const message of [newMessage('small', 'a'), newMessage('with a photo', 'b', 'ann@example.org', { attachments: [photo] })])
      expect((await Promise.all([1, 2, 3].map(() => life.accept({ kind: 'message', message })))).map(({ kind }) => kind).toSorted()).toEqual([
        'duplicate',
        'duplicate',
        'stored',
      ])
  })

  it('ties later mails to a message whose first try died right after it was stored', async () => {
    const folder = createFolder()
    cleanups.push(folder.remove)
    const mail = (id: string, more: Partial<NewMessage>): NewMessage => newMessage('It leaks', id, 'ann@example.org', { thread: id, ...more })
    const hints = { tokens: [], references: [], numbers: [], own: 'first@example.org' }
    const first = await live({ folder: folder.path, provider: createProvider(), death: { step: 'insert messages #1', fate: 'after' } })
    first.accept({ kind: 'message', message: mail('first', { hints }) }).catch(() => {})
    await first.died
    await first.bury()

    const second = await live({ folder: folder.path, provider: createProvider() })
    cleanups.push(() => second.close())
    await eventually(
      async () => ((await second.core.collections.messages.count({ providerId: 'first' })) === 1 ? true : undefined),
      'the message of the first life',
    )
    const again = await second.accept({ kind: 'message', message: mail('first', { hints }) })
    const reply = await second.accept({
      kind: 'message',
      message: mail('second', { hints: { ...hints, references: ['first@example.org'], own: 'second@example.org' } }),
    })
    expect(again.kind).toBe('duplicate')
    expect('conversation' in reply && reply.conversation).toBe('conversation' in again && again.conversation)
  })
})
