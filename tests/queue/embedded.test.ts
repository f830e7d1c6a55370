// What only the queue inside our own process has to stand: being killed with its files open, a broken template, and sharing the event loop.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { openEmbeddedQueues } from '../../src/queue/embedded.ts'
import type { Queues } from '../../src/queue/queues.ts'
import { queueTemplate } from '../support/queue-template.ts'
import { startWorkerProcess } from './processes.ts'
import { createSeen } from './seen.ts'

describe('the embedded queue', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mendline-queue-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function open(place: string): Promise<Queues> {
    const queues = await openEmbeddedQueues({ folder: place, template: queueTemplate })
    onTestFinished(() => queues.close())
    return queues
  }

  async function works(queues: Queues): Promise<void> {
    const seen = createSeen<string>()
    await queues.work('turn', 1, async ({ conversation }) => seen.add(conversation))
    await queues.add('turn', { conversation: 'works' }, { key: 'k' })
    await seen.until((all) => all.length > 0)
    expect(seen.all).toEqual(['works'])
  }

  it('starts empty and usable after its process was killed in the middle of a job', async () => {
    const place = join(folder, randomUUID())
    const file = join(folder, 'counter')
    await writeFile(file, '0')
    const victim = startWorkerProcess('embedded', place, queueTemplate, file)
    onTestFinished(() => victim.kill())
    await victim.steps.until((all) => all.some(({ step }) => step === 'start'))
    await victim.kill()

    const queues = await open(place)
    const empty = { waiting: 0, active: 0, delayed: 0, failed: 0 }
    expect(await queues.depths()).toEqual({ turn: empty, deliver: empty, due: empty, finish: empty, webhook: empty })
    await works(queues)
  })

  it('starts empty after an orderly stop too', async () => {
    const place = join(folder, randomUUID())
    const before = await open(place)
    await before.add('turn', { conversation: 'old' }, { key: 'k', delayMs: 60_000 })
    await before.close()
    const after = await open(place)
    expect((await after.depths()).turn.delayed).toBe(0)
    await works(after)
  })

  it('makes a template again that a power cut has broken', async () => {
    const place = join(folder, randomUUID())
    const template = join(place, 'template')
    const queues = await openEmbeddedQueues({ folder: place })
    await queues.close()
    await truncate(join(template, 'global', 'pg_control'), 0)
    const again = await openEmbeddedQueues({ folder: place })
    onTestFinished(() => again.close())
    await works(again)
  })

  it('opens twice at once on a template that is not there yet', async () => {
    const template = join(folder, randomUUID())
    const both = await Promise.all([1, 2].map((n) => openEmbeddedQueues({ folder: join(folder, `${n}-${randomUUID()}`), template })))
    onTestFinished(async () => void (await Promise.all(both.map((queues) => queues.close()))))
    for (const queues of both) await works(queues)
  })

  it('lets others have the event loop while it has much to do', async () => {
    const queues = await open(join(folder, randomUUID()))
    const order: string[] = []
    const adds = Promise.all(
      Array.from({ length: 200 }, async (_, i) => {
        await queues.add('turn', { conversation: String(i) })
        order.push('add')
      }),
    )
    setTimeout(() => order.push('timer'), 1)
    await adds
    expect(order.indexOf('timer')).toBeGreaterThanOrEqual(0)
    expect(order.indexOf('timer')).toBeLessThan(100)
  })
})
