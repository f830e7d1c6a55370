// The contract of queues, run over both engines.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { Unavailable } from '../../src/errors.ts'
import { openEmbeddedQueues } from '../../src/queue/embedded.ts'
import type { Queues } from '../../src/queue/queues.ts'
import { openRedisQueues } from '../../src/queue/redis.ts'
import { without } from '../support/needs.ts'
import { queueTemplate } from '../support/queue-template.ts'
import { startRedis, type RedisServer } from '../support/redis.ts'
import { createGate, createSeen } from './seen.ts'

describe.skipIf(without('redis'))('queues on Redis', () => {
  let server: RedisServer
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server.remove())
  contract((onError) => openRedisQueues({ url: server.url, prefix: randomUUID(), onError }))
})

describe('embedded queues', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mendline-queue-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  contract((onError) => openEmbeddedQueues({ folder: join(folder, randomUUID()), template: queueTemplate, onError }))
})

function contract(openQueues: (onError: (error: Error) => void) => Promise<Queues>): void {
  async function open(onError: (error: Error) => void = () => {}): Promise<Queues> {
    const queues = await openQueues(onError)
    onTestFinished(() => queues.close())
    return queues
  }

  /** Works `turn` one job at a time and remembers the conversations. */
  async function workTurns(queues: Queues, also: (conversation: string) => Promise<void> = async () => {}) {
    const seen = createSeen<string>()
    const worker = await queues.work('turn', 1, async ({ conversation }) => {
      seen.add(conversation)
      await also(conversation)
    })
    return { seen, worker }
  }

  /** When it was worked, so was everything added before it. */
  async function last(queues: Queues, seen: { until(enough: (all: readonly string[]) => boolean): Promise<void> }): Promise<void> {
    await queues.add('turn', { conversation: 'last' })
    await seen.until((all) => all.includes('last'))
  }

  it('works each job once, in the order of the adds', async () => {
    const queues = await open()
    for (const conversation of ['a', 'b', 'c']) await queues.add('turn', { conversation })
    const { seen } = await workTurns(queues)
    await last(queues, seen)
    expect(seen.all).toEqual(['a', 'b', 'c', 'last'])
  })

  it('works a delayed job when its time has come, not before', async () => {
    const queues = await open()
    const start = Date.now()
    let late = 0
    const { seen } = await workTurns(queues, async (conversation) => {
      if (conversation === 'later') late = Date.now() - start
    })
    await queues.add('turn', { conversation: 'later' }, { delayMs: 400 })
    await queues.add('turn', { conversation: 'now' })
    await seen.until((all) => all.length === 2)
    expect(seen.all.toSorted()).toEqual(['later', 'now'])
    expect(late).toBeGreaterThanOrEqual(399)
  })

  it('tries a job again after doubling pauses, and counts it as failed when its tries are used up', async () => {
    const queues = await open()
    const at: number[] = []
    const { seen } = await workTurns(queues, async (conversation) => {
      if (conversation !== 'bad') return
      at.push(Date.now())
      throw new Error('on purpose')
    })
    await queues.add('turn', { conversation: 'bad' }, { key: 'bad', attempts: 3, backoffMs: 150 })
    await seen.until((all) => all.length === 3)
    await last(queues, seen)
    expect(seen.all).toEqual(['bad', 'bad', 'bad', 'last'])
    const [first = 0, second = 0, third = 0] = at
    expect(second - first).toBeGreaterThanOrEqual(149)
    expect(third - second).toBeGreaterThanOrEqual(299)
    expect((await queues.depths()).turn).toMatchObject({ failed: 1, delayed: 0 })
  })

  it('goes on after a handler threw, and tells of it once, not each time', async () => {
    const errors: string[] = []
    const queues = await open((error) => errors.push(error.message))
    const { seen } = await workTurns(queues, async (conversation) => {
      if (conversation !== 'last') throw new Error(`on purpose, time ${conversation}`)
    })
    for (const conversation of ['1', '2', '3']) await queues.add('turn', { conversation })
    await last(queues, seen)
    expect(errors).toEqual(['on purpose, time 1'])
  })

  it('takes a key again after the job with that key has failed', async () => {
    const queues = await open()
    const { seen } = await workTurns(queues, async (conversation) => {
      if (conversation === 'bad') throw new Error('on purpose')
    })
    await queues.add('turn', { conversation: 'bad' }, { key: 'k' })
    await last(queues, seen)
    await queues.add('turn', { conversation: 'good' }, { key: 'k' })
    await seen.until((all) => all.includes('good'))
  })

  it('keeps one job per key while it waits', async () => {
    const queues = await open()
    await Promise.all(Array.from({ length: 20 }, () => queues.add('turn', { conversation: 'a' }, { key: 'k' })))
    expect((await queues.depths()).turn.waiting).toBe(1)
    const { seen } = await workTurns(queues)
    await last(queues, seen)
    expect(seen.all).toEqual(['a', 'last'])
  })

  it('keeps the same key apart in two queues', async () => {
    const queues = await open()
    await queues.add('turn', { conversation: 'a' }, { key: 'k' })
    await queues.add('deliver', { conversation: 'a' }, { key: 'k' })
    expect(await queues.depths()).toMatchObject({ turn: { waiting: 1 }, deliver: { waiting: 1 } })
  })

  it('runs once more, with what was added last, when adds came while the job ran', async () => {
    const queues = await open()
    const gate = createGate()
    const { seen } = await workTurns(queues, (conversation) => (conversation === 'first' ? gate.passed : Promise.resolve()))
    await queues.add('turn', { conversation: 'first' }, { key: 'k' })
    await seen.until((all) => all.length === 1)
    for (const conversation of ['second', 'third', 'fourth']) await queues.add('turn', { conversation }, { key: 'k' })
    gate.open()
    await seen.until((all) => all.includes('fourth'))
    await last(queues, seen)
    expect(seen.all).toEqual(['first', 'fourth', 'last'])
  })

  it('misses nothing in a storm of adds: a run begins after the last of them, and no two runs of a key overlap', async () => {
    const queues = await open()
    let written = 0
    let running = 0
    let most = 0
    const seen = createSeen<number>()
    await queues.work('turn', 4, async () => {
      most = Math.max(most, ++running)
      seen.add(written)
      await new Promise((resolve) => setImmediate(resolve))
      running--
    })
    const caller = async (): Promise<void> => {
      for (let i = 0; i < 25; i++) {
        written++
        await queues.add('turn', { conversation: 'c' }, { key: 'c' })
      }
    }
    await Promise.all(Array.from({ length: 8 }, caller))
    await seen.until((all) => all.at(-1) === 200)
    expect(most).toBe(1)
    expect(seen.all.length).toBeLessThan(200)
  })

  it('wakes at once for a key that also has a delayed job waiting, and keeps the delayed one', async () => {
    const queues = await open()
    const { seen } = await workTurns(queues)
    await queues.add('turn', { conversation: 'later' }, { key: 'k', delayMs: 60_000 })
    await queues.add('turn', { conversation: 'now' }, { key: 'k' })
    await seen.until((all) => all.includes('now'))
    expect((await queues.depths()).turn.delayed).toBe(1)
  })

  it('wakes for the earlier of two delays of one key, whichever was asked for first', async () => {
    const queues = await open()
    const { seen } = await workTurns(queues)
    await queues.add('turn', { conversation: 'a' }, { key: 'k', delayMs: 60_000 })
    await queues.add('turn', { conversation: 'b' }, { key: 'k', delayMs: 200 })
    await seen.until((all) => all.includes('b'))
  })

  it('is not talked out of running again by an add for later that comes while the job runs', async () => {
    const queues = await open()
    const gate = createGate()
    const { seen } = await workTurns(queues, (conversation) => (conversation === 'first' ? gate.passed : Promise.resolve()))
    await queues.add('turn', { conversation: 'first' }, { key: 'k' })
    await seen.until((all) => all.length === 1)
    await queues.add('turn', { conversation: 'now' }, { key: 'k' })
    await queues.add('turn', { conversation: 'later' }, { key: 'k', delayMs: 60_000 })
    gate.open()
    await seen.until((all) => all.includes('now'))
  })

  it('makes few wakes of a burst that asks for the same delay', async () => {
    const queues = await open()
    const { seen } = await workTurns(queues)
    await Promise.all(Array.from({ length: 50 }, () => queues.add('turn', { conversation: 'a' }, { key: 'k', delayMs: 300 })))
    expect((await queues.depths()).turn.delayed).toBeLessThan(10)
    await seen.until((all) => all.length > 0)
  })

  it('refuses a key with a colon, which has a meaning of its own', async () => {
    const queues = await open()
    await expect(queues.add('turn', { conversation: 'a' }, { key: 'a:b' })).rejects.toThrow(`':'`)
  })

  it('runs as many jobs at once as it was told, and no more', async () => {
    const queues = await open()
    const gate = createGate()
    const seen = createSeen<string>()
    let running = 0
    let most = 0
    for (let i = 0; i < 9; i++) await queues.add('deliver', { conversation: String(i) })
    await queues.work('deliver', 3, async ({ conversation }) => {
      most = Math.max(most, ++running)
      seen.add(conversation)
      await gate.passed
      running--
    })
    await seen.until((all) => all.length === 3)
    expect((await queues.depths()).deliver).toEqual({ waiting: 6, active: 3, delayed: 0, failed: 0 })
    gate.open()
    await seen.until((all) => all.length === 9)
    expect(most).toBe(3)
  })

  it('closes a worker after its running job and leaves the next one to others', async () => {
    const queues = await open()
    const gate = createGate()
    const steps: string[] = []
    const { seen, worker } = await workTurns(queues, async () => {
      await gate.passed
      steps.push('job done')
    })
    await queues.add('turn', { conversation: 'running' })
    await seen.until((all) => all.length === 1)
    await queues.add('turn', { conversation: 'next' })
    const closed = worker.close().then(() => steps.push('closed'))
    expect((await queues.depths()).turn).toMatchObject({ active: 1, waiting: 1 })
    gate.open()
    await closed
    expect(steps).toEqual(['job done', 'closed'])
    expect((await queues.depths()).turn).toMatchObject({ active: 0, waiting: 1 })

    const other = await workTurns(queues)
    await other.seen.until((all) => all.includes('next'))
  })

  it('repeats a job by name, at the pace asked for last, however often it is asked for', async () => {
    const queues = await open()
    const seen = createSeen<number>()
    await queues.work('due', 2, async () => seen.add(Date.now()))
    await queues.every('sweep', 60_000, 'due', { id: 'sweep' })
    await seen.until((all) => all.length === 1)
    const start = Date.now()
    await queues.every('sweep', 200, 'due', { id: 'sweep' })
    await Promise.all(Array.from({ length: 10 }, () => queues.every('sweep', 200, 'due', { id: 'sweep' })))
    await seen.until((all) => all.length === 6)
    expect(Date.now() - start).toBeGreaterThan(700)
    expect((await queues.depths()).due.delayed + (await queues.depths()).due.waiting).toBeLessThanOrEqual(2)
  })

  it('brings every hint of every topic to everybody who listens, also when one of them throws', async () => {
    const queues = await open()
    const heard = createSeen<string>()
    await queues.subscribe(() => {
      throw new Error('on purpose')
    })
    const stop = await queues.subscribe((topic, hint) => heard.add(`first ${topic} ${hint}`))
    await queues.subscribe((topic, hint) => heard.add(`second ${topic} ${hint}`))
    await queues.publish('c:1', 'messages')
    await queues.publish('desk', 'tickets 2')
    await heard.until((all) => all.length === 4)
    expect([...heard.all].sort()).toEqual(['first c:1 messages', 'first desk tickets 2', 'second c:1 messages', 'second desk tickets 2'])

    await stop()
    await queues.publish('desk', 'later')
    await heard.until((all) => all.includes('second desk later'))
    expect(heard.all).not.toContain('first desk later')
  })

  it('answers a ping, and says that it is unavailable once it was closed', async () => {
    const queues = await open()
    await queues.ping()
    await queues.close()
    await expect(queues.ping()).rejects.toThrow(Unavailable)
    await expect(queues.add('turn', { conversation: 'a' })).rejects.toThrow(Unavailable)
    await expect(queues.depths()).rejects.toThrow(Unavailable)
  })
}
