// A provider took a message and its word was lost on the way: it is asked before the message is sent again.
import { afterEach, describe, expect, it } from 'vitest'
import { SendError } from '../../src/errors.ts'
import type { OutboundMessage } from '../../src/message.ts'
import { createFolder, createProvider, live, newMessage, type Life, type LifeOptions, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

async function begin(provider: Provider, options: Partial<LifeOptions> = {}): Promise<Life> {
  const folder = createFolder()
  cleanups.push(folder.remove)
  const life = await live({ folder: folder.path, provider, ...options })
  cleanups.push(() => life.close())
  return life
}

const outgoing = async (life: Life): Promise<OutboundMessage[]> =>
  (await life.core.collections.messages.find({ direction: 'outbound' }, { sort: { seq: 1 } })).flatMap((message) =>
    message.direction === 'outbound' ? [message] : [],
  )
const allSent = (life: Life, count: number) =>
  eventually(async () => {
    const messages = await outgoing(life)
    return messages.length === count && messages.every(({ state }) => state === 'sent') ? messages : undefined
  }, `${count} messages to be sent`)

describe('a message', () => {
  it('that the provider took without our hearing of it is not sent again', async () => {
    const provider = createProvider()
    provider.onSend = async (message) => {
      provider.sent.push(message)
      throw new SendError('later', 'no answer', { retryAfterMs: 1 })
    }
    const life = await begin(provider)
    await life.accept({ kind: 'message', message: newMessage('It leaks', 'a') })
    const [message] = await allSent(life, 1)
    expect(message).toMatchObject({ attempts: 2, providerId: `provider-${message?._id}` })
    expect(provider.sent).toHaveLength(1)
  })

  it('is sent, where what the provider has with the same words is an earlier one', async () => {
    const provider = createProvider()
    provider.isSame = (sent, message) => sent.text === message.text
    const life = await begin(provider)
    await life.accept({ kind: 'message', message: newMessage('It leaks', 'a') })
    await allSent(life, 1)
    let failures = 1
    provider.onSend = async () => {
      if (failures-- > 0) throw new SendError('later', 'no answer', { retryAfterMs: 1 })
    }
    await life.accept({ kind: 'message', message: newMessage('It leaks', 'b') })
    const [first, second] = await allSent(life, 2)
    expect(provider.sent.map(({ _id, text }) => [_id, text])).toEqual([
      [first?._id, 'heard It leaks'],
      [second?._id, 'heard It leaks'],
    ])
    expect(second?.providerId).not.toBe(first?.providerId)
  })

  it('keeps what a receipt told, where it overtook the provider’s answer, and learns its id all the same', async () => {
    const provider = createProvider()
    const life = await begin(provider)
    provider.onSend = async ({ _id }) => {
      const raw = { name: 'receipt', contentType: 'text/plain', content: new Uint8Array([1]) }
      await life.accept({ kind: 'receipt', receipt: { channel: 'email', messageId: _id, state: 'delivered' }, raw })
    }
    await life.accept({ kind: 'message', message: newMessage('It leaks', 'a') })
    const [message] = await eventually(async () => {
      const messages = await outgoing(life)
      return messages[0]?.providerId?.startsWith('provider-') ? messages : undefined
    }, 'the answer')
    expect(message).toMatchObject({ state: 'delivered', providerId: `provider-${message?._id}` })
  })

  it('that was delivered is not sent elsewhere because a late word says it failed', async () => {
    const provider = createProvider()
    const life = await begin(provider)
    await life.accept({ kind: 'message', message: newMessage('It leaks', 'a') })
    const [message] = await allSent(life, 1)
    const tell = (state: 'delivered' | 'failed') =>
      life.accept({
        kind: 'receipt',
        receipt: { channel: 'email', messageId: message?._id ?? '', state },
        raw: { name: 'receipt', contentType: 'text/plain', content: new Uint8Array([1]) },
      })
    await tell('delivered')
    await tell('failed')
    expect((await outgoing(life))[0]).toMatchObject({ state: 'delivered', reason: null })
    expect(await life.core.collections.due.count({ 'alarm.kind': 'undelivered' })).toBe(0)
  })
})

describe('a long answer', () => {
  it('goes in parts that fit, each once, and all of it', async () => {
    const provider = createProvider()
    const life = await begin(provider, { abilities: { textLimit: 120 } })
    const words = Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ')
    await life.accept({ kind: 'message', message: newMessage(words, 'a') })
    await eventually(async () => (provider.sent.map(({ text }) => text).join(' ') === `heard ${words}` ? true : undefined), 'all of it')
    for (const { text } of provider.sent) expect(text.length).toBeLessThanOrEqual(120)
    expect(provider.sent.map(({ acknowledgement }) => acknowledgement)).toEqual(provider.sent.map((_, n) => n === 0))
  })
})
