// Delivery through the whole: tried again, given up to a person, held for the budget and merged; states only ever forward.
import { afterEach, describe, expect, it } from 'vitest'
import { SendError } from '../../src/errors.ts'
import type { OutboundMessage } from '../../src/message.ts'
import { movableClock } from '../support/clock.ts'
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

const hear = (life: Life, text: string, id: string, from?: string) => life.accept({ kind: 'message', message: newMessage(text, id, from) })
const outbound = async (life: Life) =>
  (await life.core.collections.messages.find({ direction: 'outbound' }, { sort: { seq: 1 } })).filter(
    (message): message is OutboundMessage => message.direction === 'outbound',
  )
const reaches = (life: Life, state: string) =>
  eventually(async () => (await outbound(life)).find((message) => message.state === state), `a message that is ${state}`)
const api = (life: Life, path: string, body?: unknown) =>
  fetch(`http://127.0.0.1:${life.port}/api/v1${path}`, {
    headers: { authorization: 'Bearer test-key-0123456789' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })

describe('delivery', () => {
  it('tries again when the provider cannot just now, and sends once', async () => {
    const clock = movableClock()
    const { life, provider } = await begin({ clock })
    let refusals = 2
    provider.onSend = async () => {
      if (refusals-- > 0) throw new SendError('later', 'busy')
    }
    await hear(life, 'It leaks', 'a')
    await eventually(async () => ((await outbound(life))[0]?.attempts === 1 ? true : undefined), 'the first attempt')
    clock.move(60_000)
    await eventually(async () => ((await outbound(life))[0]?.attempts === 2 ? true : undefined), 'the second attempt')
    clock.move(600_000)
    await reaches(life, 'sent')
    expect(provider.sent).toHaveLength(1)
  })

  it('gives what can never be delivered to a person, who sends it again once the address is mended', async () => {
    const { life, provider } = await begin()
    let dead = true
    provider.onSend = async () => {
      if (dead) throw new SendError('never', '550 no such mailbox')
    }
    await hear(life, 'It leaks', 'a')
    const failed = await reaches(life, 'failed')
    expect(failed.reason).toBe('550 no such mailbox')
    await eventually(async () => (await life.core.collections.tasks.find({ kind: 'undeliverable' }))[0], 'a task')
    dead = false
    expect((await api(life, `/dead-letters/${failed._id}/retry`, {})).status).toBe(200)
    await reaches(life, 'sent')
    expect(provider.sent).toHaveLength(1)
  })

  it('marks a bounced message failed, its address dead, and sends there no more', async () => {
    const { life, provider } = await begin()
    await hear(life, 'It leaks', 'a')
    const message = await reaches(life, 'sent')
    const receipt = { channel: 'email', providerId: message.providerId ?? '', state: 'failed', reason: '5.1.1 no such user', addressIsBad: true } as const
    const raw = { name: 'dsn', contentType: 'message/rfc822', content: new Uint8Array(3) }
    await life.accept({ kind: 'receipt', receipt, raw })
    await life.accept({ kind: 'receipt', receipt: { ...receipt, state: 'delivered' }, raw })
    expect((await outbound(life))[0]).toMatchObject({ state: 'failed', reason: '5.1.1 no such user' })
    await hear(life, 'Hello?', 'b')
    await eventually(async () => ((await outbound(life))[1]?.state === 'failed' ? true : undefined), 'the second to fail at once')
    expect(provider.sent).toHaveLength(1)
  })

  it('looks a message up at the provider after a crash, and counts what could not be looked up', async () => {
    for (const canFind of [true, false]) {
      const folder = createFolder()
      const provider = createProvider()
      let hang = true
      provider.onSend = async (message) => {
        if (!hang) return
        provider.sent.push(message)
        await new Promise(() => {})
      }
      const first = await live({ folder: folder.path, provider, canFind })
      await hear(first, 'It leaks', 'a')
      await eventually(async () => (provider.sent.length === 1 ? true : undefined), 'the call of the provider')
      // The process is gone from here on: its call never returns, another takes over.
      hang = false
      const second = await live({ folder: folder.path, provider, canFind })
      const message = await reaches(second, 'sent')
      expect(message.maybeTwice).toBe(!canFind)
      expect(provider.sent).toHaveLength(canFind ? 1 : 2)
      await second.close()
      folder.remove()
    }
  })

  it('holds news while the answers of a sender are used up, then sends it as one message', async () => {
    const clock = movableClock()
    const { life, provider } = await begin({ clock, abilities: { budgeted: true } })
    for (const id of ['a', 'b', 'c']) await hear(life, `mail ${id}`, id)
    await eventually(async () => (provider.sent.length === 3 ? true : undefined), 'three answers')
    await hear(life, 'mail d', 'd')
    await reaches(life, 'suppressed')
    await eventually(async () => (await life.core.collections.tasks.find({ kind: 'answers_held' }))[0], 'a person to be told')

    const [ticket] = await life.core.collections.tickets.find({})
    for (const status of ['accepted', 'in_progress', 'resolved']) expect((await api(life, `/tickets/${ticket?._id}/status`, { status })).status).toBe(200)
    await eventually(
      async () => ((await outbound(life)).filter((message) => message.cause === 'news' && message.state === 'queued').length >= 3 ? true : undefined),
      'news that waits',
    )
    expect(provider.sent).toHaveLength(3)
    clock.move(11 * 60_000)
    await eventually(async () => (provider.sent.length >= 4 ? true : undefined), 'the news')
    for (const status of ['accepted', 'in_progress', 'resolved']) expect(provider.sent[3]?.text).toContain(`ticket.status.${status}`)
    const merged = (await outbound(life)).filter((message) => message.reason?.startsWith('merged into') === true)
    expect(merged.length).toBeGreaterThanOrEqual(2)
  })
})

describe('news of a ticket', () => {
  it('reaches its customer once, and resolving asks how it went after the set delay', async () => {
    const { life, provider } = await begin({ yaml: 'survey:\n  delay: 1s' })
    await hear(life, 'It leaks', 'a')
    await reaches(life, 'sent')
    const [ticket] = await life.core.collections.tickets.find({})
    const first = await api(life, `/tickets/${ticket?._id}/status`, { status: 'resolved', comment: 'new seal' })
    expect(await first.json()).toMatchObject({ status: 'resolved', phase: 'closing' })
    // Told again: all is as wished, so nobody hears of it twice.
    expect((await api(life, `/tickets/${ticket?._id}/status`, { status: 'resolved' })).status).toBe(200)
    await eventually(async () => (provider.sent.length === 3 ? true : undefined), 'news and survey')
    expect(provider.sent.map(({ cause }) => cause)).toEqual(['answer', 'news', 'news'])
    expect(provider.sent[2]?.text).toBe('question answer-survey')
    expect(await life.core.collections.surveys.count({ state: 'requested' })).toBe(1)
  })

  it('is refused with what is allowed when the table has no such move', async () => {
    const { life } = await begin()
    await hear(life, 'It leaks', 'a')
    await reaches(life, 'sent')
    const [ticket] = await life.core.collections.tickets.find({})
    const answer = await api(life, `/tickets/${ticket?._id}/status`, { status: 'closed' })
    expect(answer.status).toBe(409)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({ status: 409, detail: 'A ticket that is new can become: accepted, pending, on_hold, resolved, cancelled.' })
  })
})
