// A desk in this process with a receiver beside it, for tests of what the one tells the other.
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { z } from 'zod'
import { systemClock } from '../../src/clock.ts'
import { apiOf, type Api } from '../support/api.ts'
import { createFolder, createProvider, live, type Life, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'

export const allowTests = 'webhooks: { allow: [127.0.0.0/8] }'

const made = z.looseObject({ id: z.string(), secret: z.string().startsWith('whsec_') })
const opened = z.object({ number: z.string() })
const delivery = z.looseObject({
  id: z.string(),
  event: z.string(),
  type: z.string(),
  state: z.string(),
  sequence: z.int(),
  nextTryAt: z.string().nullable(),
  tries: z.array(z.looseObject({ status: z.int().nullable(), answer: z.string() })),
})
const page = z.object({ data: z.array(delivery) })

export interface WebhookDesk {
  life: Life
  api: Api
  provider: Provider
  receiver: Receiver
  /** Time goes on by so many milliseconds. */
  pass(milliseconds: number): void
  endpoint(path: string, events?: readonly string[]): Promise<{ id: string; secret: string }>
  open(subject: string, more?: Record<string, unknown>): Promise<string>
  note(ticket: string, text: string): Promise<void>
  /** Waits until so many different events came to the path. */
  told(path: string, count: number): Promise<string[]>
  deliveries(query: string): Promise<z.output<typeof delivery>[]>
}

/** Registers what begins and ends it. */
export function webhookDesk(yaml = allowTests): WebhookDesk {
  let offset = 0
  const clock = { now: () => systemClock.now() + offset }
  const folder = createFolder()
  const provider = createProvider()
  let life: Life
  let receiver: Receiver
  const api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  beforeAll(async () => {
    receiver = await startReceiver()
    life = await live({ folder: folder.path, provider, clock, yaml })
  })
  afterAll(async () => {
    await life.close()
    await receiver.close()
    folder.remove()
  })
  /** One test's endpoints hear nothing of the next one's tickets. */
  afterEach(async () => {
    receiver.answer = (_, response) => void response.writeHead(200).end('ok')
    const { data } = await api.read('/webhook-endpoints?limit=200', z.object({ data: z.array(z.looseObject({ id: z.string() })) }))
    for (const { id } of data)
      await fetch(`http://127.0.0.1:${life.port}/api/v1/webhook-endpoints/${id}`, {
        method: 'DELETE',
        headers: { authorization: 'Bearer test-key-0123456789' },
      })
  })
  return {
    get life() {
      return life
    },
    get receiver() {
      return receiver
    },
    api,
    provider,
    pass: (milliseconds) => void (offset += milliseconds),
    async endpoint(path, events = []) {
      const response = await api.post('/webhook-endpoints', { url: `${receiver.url}${path}`, events })
      expect(response.status).toBe(201)
      return made.parse(await response.json())
    },
    async open(subject, more = {}) {
      const response = await api.post('/tickets', { subject, description: `${subject}, since Monday`, customer: { name: 'Ann Lee' }, ...more })
      expect(response.status).toBe(201)
      return opened.parse(await response.json()).number
    },
    async note(ticket, text) {
      expect((await api.post(`/tickets/${ticket}/notes`, { text })).status).toBe(201)
    },
    told: (path, count) =>
      eventually(async () => {
        const types = receiver.types(path)
        return types.length >= count ? types : undefined
      }, `${count} events at ${path}`),
    deliveries: async (query) => (await api.read(`/webhook-deliveries?limit=200&${query}`, page)).data,
  }
}
