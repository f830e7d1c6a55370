// The queue is an alarm clock, never the only copy: Redis is emptied with everything waiting, and nothing is lost, without a restart.
import { describe, expect, it } from 'vitest'
import { systemClock } from '../../src/clock.ts'
import { SendError } from '../../src/errors.ts'
import { openRedisQueues } from '../../src/queue/redis.ts'
import { createFolder, createProvider, live, newMessage } from '../support/life.ts'
import { without } from '../support/needs.ts'
import { eventually } from '../support/processes.ts'
import { startRedis } from '../support/redis.ts'

describe.skipIf(without('redis'))('Redis flushed', () => {
  it('with 50 inputs, a survey, a reminder and a delivery retry waiting loses none', async () => {
    const redis = await startRedis()
    const folder = createFolder()
    const provider = createProvider()
    let offset = 0
    const clock = { now: () => systemClock.now() + offset }
    const queues = await openRedisQueues({ url: redis.url })
    const life = await live({ folder: folder.path, provider, clock, queues, yaml: 'survey:\n  delay: 1m\npendingReminder: 1m' })
    const { tickets, messages, due } = life.core.collections
    const say = (text: string, from: string) => life.accept({ kind: 'message', message: newMessage(text, `${from}-${text}`, from) })
    const status = (number: string, to: string) =>
      fetch(`http://127.0.0.1:${life.port}/api/v1/tickets/${number}/status`, {
        method: 'POST',
        headers: { authorization: 'Bearer test-key-0123456789' },
        body: JSON.stringify({ status: to }),
      })

    for (const from of ['survey@example.org', 'reminder@example.org']) await say('It leaks', from)
    const [first, second] = await eventually(async () => {
      const all = await tickets.find({}, { sort: { createdAt: 1 } })
      return all.length === 2 ? all : undefined
    }, 'two tickets')
    await status(first?._id ?? '', 'resolved')
    await status(second?._id ?? '', 'pending')
    await eventually(async () => (provider.sent.length === 4 ? true : undefined), 'both to be told')
    provider.onSend = async (message) => {
      if (message.place.address === 'retry@example.org' && message.attempts === 0) throw new SendError('later', 'busy')
    }
    await say('It leaks', 'retry@example.org')
    await eventually(async () => (await messages.find({ state: 'queued', attempts: 1 }))[0], 'a retry that waits')
    expect(await due.count({ state: 'waiting', 'alarm.kind': 'survey' })).toBe(1)
    expect(await due.count({ state: 'waiting', 'alarm.kind': 'reminder' })).toBe(1)

    await Promise.all(Array.from({ length: 50 }, (_, index) => say(`input ${index}`, `c${index}@example.org`)))
    await redis.flushAll()
    provider.onSend = async () => {}
    offset += 120_000

    await eventually(async () => ((await messages.count({ direction: 'inbound', state: 'handled' })) === 53 ? true : undefined), 'all 53 turns', 50)
    await eventually(
      async () => ((await messages.count({ direction: 'outbound', state: 'sent' })) === 57 ? true : undefined),
      'every answer, survey, reminder and retry',
      50,
    )
    expect(provider.sent.filter(({ text }) => text === 'question answer-survey')).toHaveLength(1)
    expect(provider.sent.filter(({ text }) => text === 'reminder.pending')).toHaveLength(1)
    expect(provider.sent.filter(({ place }) => place.address === 'retry@example.org')).toHaveLength(1)
    expect(await tickets.count({})).toBe(53)
    await life.close()
    await redis.remove()
    folder.remove()
  }, 150_000)
})
