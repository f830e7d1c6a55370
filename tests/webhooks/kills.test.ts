// Neither a crash nor an emptied queue loses an event: they come out of the journal entry itself.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiOf, type Api } from '../support/api.ts'
import { openRedisQueues } from '../../src/queue/redis.ts'
import { createFolder, createProvider, live, newMessage, type Death, type Life } from '../support/life.ts'
import { programs, without } from '../support/needs.ts'
import { eventually } from '../support/processes.ts'
import { startReceiver, type Receiver } from '../support/receiver.ts'
import { startRedis, type RedisServer } from '../support/redis.ts'
import { allowTests } from './desk.ts'

let redis: RedisServer | undefined
beforeAll(async () => {
  if (programs.redis.path !== undefined) redis = await startRedis()
})
afterAll(() => redis?.remove())

const apiOfLife = (life: Life): Api => apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
const noted = z.object({ data: z.array(z.object({ number: z.string() })) })

/** An endpoint, a customer who writes, an agent who notes; everything under names of its own, so that it can be played again. */
async function play(life: Life, receiver: Receiver): Promise<void> {
  const api = apiOfLife(life)
  await api.post('/webhook-endpoints', { url: receiver.url }, { 'idempotency-key': 'endpoint' })
  await life.accept({ kind: 'message', message: newMessage('It leaks', 'm-1') })
  const [ticket] = await eventually(async () => {
    const { data } = await api.read('/tickets', noted)
    return data.length === 1 ? data : undefined
  }, 'a ticket')
  await api.post(`/tickets/${ticket?.number}/notes`, { text: 'Called' }, { 'idempotency-key': 'note' })
  await eventually(async () => {
    const { messages, webhookDeliveries, due } = life.core.collections
    const waiting =
      (await messages.count({ state: { $in: ['received', 'queued', 'sending'] } })) +
      (await webhookDeliveries.count({ state: 'waiting' })) +
      (await due.count({ state: 'waiting', notBefore: { $lte: new Date().toISOString() } })) +
      (await life.core.journal.unfinished('9', 10)).length
    return waiting === 0 && receiver.types().includes('message.sent') ? true : undefined
  }, 'an end')
}

let lives = 0
async function begin(folder: string, death?: Death): Promise<Life> {
  const queues = redis === undefined ? {} : { queues: await openRedisQueues({ url: redis.url, prefix: `webhook-life-${lives++}` }) }
  return live({ folder, provider: createProvider(), yaml: allowTests, ...queues, ...(death === undefined ? {} : { death }) })
}

interface Told {
  types: string[]
  /** Places in the order of the one ticket. */
  places: number[]
}

/** Without repetitions. The note and the answer to the customer may come in either order. */
function toldOf({ heard }: Receiver): Told {
  const events = [...new Map(heard.map(({ event }) => [event.id, event])).values()]
  return { types: events.map(({ type }) => type).toSorted(), places: events.map(({ sequence }) => sequence).toSorted((one, other) => one - other) }
}

async function lifeAndDeath(death?: Death): Promise<{ told: Told; steps: readonly string[] }> {
  const [folder, receiver] = [createFolder(), await startReceiver()]
  const mortal = await begin(folder.path, death)
  const playing = play(mortal, receiver).then(() => mortal)
  playing.catch(() => {}) // the dead hear that they are dead
  const survivor = await Promise.race([mortal.died, playing])
  if (survivor === undefined) await mortal.bury()
  const last = survivor ?? (await begin(folder.path))
  if (survivor === undefined) await play(last, receiver)
  const told = toldOf(receiver)
  const steps = [...mortal.steps()]
  await last.close()
  await receiver.close()
  folder.remove()
  return { told, steps }
}

describe('a process that dies', () => {
  it.each(['before', 'after'] as const)(
    '%s a step of what becomes a webhook tells every event all the same, and leaves no gap in their numbers',
    async (fate) => {
      const calm = await lifeAndDeath()
      expect(calm.told.places).toEqual([1, 2, 3, 4])
      const own = calm.steps.filter((step) => /webhook/.test(step))
      const others = calm.steps.filter((step) => !/webhook/.test(step))
      const kinds = new Set(own.map((step) => step.replace(/ #\d+$/, '')))
      expect([...kinds]).toEqual(expect.arrayContaining(['insert webhook_endpoint entry', 'insert webhook_deliveries', 'add webhook']))
      const first = (fc.readConfigureGlobal().seed ?? Date.now()) % 8
      const all = process.env['KILLS'] === 'all'
      const dying = [
        ...[...kinds].flatMap((kind) => [`${kind} #1`, ...(own.includes(`${kind} #3`) ? [`${kind} #3`] : [])]),
        ...others.filter((_, index) => index % 8 === first),
      ]
      for (const step of all ? calm.steps : dying) expect((await lifeAndDeath({ step, fate })).told, `killed ${fate} "${step}"`).toEqual(calm.told)
    },
    300_000,
  )
})

describe.skipIf(without('redis'))('Redis flushed', () => {
  it('while events wait for a receiver that is away loses none', async () => {
    const server = redis ?? (await startRedis())
    const [folder, receiver] = [createFolder(), await startReceiver()]
    let offset = 0
    const queues = await openRedisQueues({ url: server.url, prefix: 'webhook-flush' })
    const clock = { now: () => Date.now() + offset }
    const life = await live({ folder: folder.path, provider: createProvider(), yaml: allowTests, queues, clock })
    const api = apiOfLife(life)
    receiver.answer = (_, response) => void response.writeHead(500).end()
    await api.post('/webhook-endpoints', { url: receiver.url, events: ['ticket.created'] })
    for (let index = 0; index < 20; index++) await api.post('/tickets', { subject: `T${index}`, description: 'x', customer: { name: 'Ann' } })
    await eventually(async () => ((await life.core.collections.webhookDeliveries.count({ failures: 1 })) === 20 ? true : undefined), '20 tries')
    await server.flushAll()
    receiver.answer = (_, response) => void response.end()
    receiver.heard.length = 0
    offset += 10_000
    await eventually(async () => (receiver.types().length === 20 ? true : undefined), 'all of them')
    await life.close()
    await receiver.close()
    folder.remove()
  }, 60_000)
})
