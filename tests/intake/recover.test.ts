// What no job woke is found by the sweep, whatever else waits.
import { afterEach, describe, expect, it } from 'vitest'
import type { Place } from '../../src/message.ts'
import { createFolder, createProvider, live } from '../support/life.ts'
import { outboundTo } from '../support/outbound.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

describe('the sweep', () => {
  it('sends an answer that can go now though hundreds before it were put off to later', async () => {
    const [folder, provider] = [createFolder(), createProvider()]
    cleanups.push(folder.remove)
    const life = await live({ folder: folder.path, provider })
    cleanups.push(() => life.close())
    const answer = (index: number, dueAt: string) => {
      const place: Place = { channel: 'email', account: 'support@localhost', address: `c${index}@example.org`, thread: '' }
      const _id = `m_${index}`
      return outboundTo(place, { _id, key: _id, state: 'queued', attempts: 0, dueAt, createdAt: new Date(Date.UTC(2024, 0, 1) + index).toISOString() })
    }
    const { messages } = life.core.collections
    await Promise.all(Array.from({ length: 600 }, (_, index) => messages.insert(answer(index, '2100-01-01T00:00:00.000Z'))))
    await messages.insert(answer(600, '2024-01-02T00:00:00.000Z'))
    await eventually(async () => provider.sent[0], 'the answer')
    expect(provider.sent.map(({ _id }) => _id)).toEqual(['m_600'])
  })
})
