// A desk with engineers and customers in one process, for tests of field service.
import { afterAll } from 'vitest'
import { z } from 'zod'
import type { Clock } from '../../src/clock.ts'
import type { OutboundMessage } from '../../src/message.ts'
import { apiOf, type Api } from '../support/api.ts'
import { movableClock } from '../support/clock.ts'
import { chatting, settled, texting, write } from '../support/customers.ts'
import { createFolder, createProvider, live, type Life, type LifeOptions, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => unknown)[] = []
afterAll(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

export const workOrder = z.looseObject({
  id: z.string(),
  version: z.int(),
  ticket: z.string(),
  status: z.string(),
  engineer: z.looseObject({ id: z.string(), name: z.string() }).nullable(),
  appointment: z.object({ from: z.string(), until: z.string() }).nullable(),
  outcome: z.string().nullable(),
  hold: z.looseObject({ reason: z.string() }).nullable(),
})
export type SeenOrder = z.infer<typeof workOrder>

export interface Field {
  life: Life
  provider: Provider
  api: Api
  clock: Clock & { move(milliseconds: number): void }
  /** A customer writes from this number; answers the ticket's. */
  reported(words: string, from?: string): Promise<string>
  opened(ticket: string, more?: Record<string, unknown>): Promise<SeenOrder>
  seen(id: string): Promise<SeenOrder>
  /** Moves it through these, each of which must go through. */
  moved(id: string, ...moves: readonly (string | Record<string, unknown>)[]): Promise<SeenOrder>
  /** What the customer at this number was sent so far. */
  heard(from?: string): string[]
  settled(): Promise<void>
}

export const customer = '+14155552671'

export async function openField(options: Partial<LifeOptions> = {}): Promise<Field> {
  const folder = createFolder()
  cleanups.push(folder.remove)
  const provider = createProvider()
  const clock = movableClock()
  const life = await live({ folder: folder.path, provider, clock, also: [texting, chatting], ...options })
  cleanups.push(() => life.close())
  const api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  /** All is done, and all that was said has gone out. */
  async function quiet(): Promise<void> {
    for (;;) {
      await settled(life)
      await eventually(
        async () => ((await life.core.collections.messages.count({ direction: 'outbound', state: { $in: ['queued', 'sending'] } })) === 0 ? true : undefined),
        'the outbox to be empty',
      )
      if ((await life.core.journal.unfinished('9999', 1)).length === 0) return
    }
  }
  const seen = (id: string): Promise<SeenOrder> => api.read(`/work-orders/${id}`, workOrder)
  return {
    life,
    provider,
    api,
    clock,
    seen,
    async reported(words, from = customer) {
      await write(life, 'sms', from, words)
      const ticket = await eventually(async () => (await life.core.collections.tickets.find({ description: words }))[0], 'a ticket')
      await quiet()
      return ticket._id
    },
    async opened(ticket, more = {}) {
      const response = await api.post('/work-orders', { ticket, ...more })
      if (response.status !== 201) throw new Error(await response.text())
      return workOrder.parse(await response.json())
    },
    async moved(id, ...moves) {
      for (const move of moves) {
        const response = await api.post(`/work-orders/${id}/status`, typeof move === 'string' ? { status: move } : move)
        if (response.status !== 200) throw new Error(await response.text())
      }
      await quiet()
      return seen(id)
    },
    heard: (from = customer) => provider.sent.filter(({ place }: OutboundMessage) => place.address === from).map(({ text }) => text),
    settled: quiet,
  }
}
