// What only a server can do to us: restarts, outages, flushes, a wrong policy, and workers in several processes.
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { StartError, Unavailable } from '../../src/errors.ts'
import type { Queues } from '../../src/queue/queues.ts'
import { openRedisQueues } from '../../src/queue/redis.ts'
import { without } from '../support/needs.ts'
import { startRedis, type RedisServer } from '../support/redis.ts'
import { startWorkerProcess, type WorkerProcess } from './processes.ts'
import { createGate, createSeen } from './seen.ts'

describe.skipIf(without('redis')).concurrent('the queue on Redis', () => {
  let shared: RedisServer
  let folder: string
  beforeAll(async () => {
    shared = await startRedis()
    folder = await mkdtemp(join(tmpdir(), 'mendline-queue-'))
  })
  afterAll(async () => {
    await shared.remove()
    await rm(folder, { recursive: true, force: true })
  })

  /** Tests run side by side, so each says for itself what is to be closed when it is over. */
  function forTest({ onTestFinished }: TestContext) {
    return {
      /** A server that the test may do anything to. */
      ownRedis: async (config?: string[]): Promise<RedisServer> => {
        const server = await startRedis({ config })
        onTestFinished(() => server.remove())
        return server
      },
      open: async (url: string, prefix: string = randomUUID(), onError?: (error: Error) => void): Promise<Queues> => {
        const queues = await openRedisQueues({ url, prefix, onError })
        onTestFinished(() => queues.close())
        return queues
      },
      workerProcess: (prefix: string, file: string): WorkerProcess => {
        const worker = startWorkerProcess('redis', shared.url, prefix, file)
        onTestFinished(() => worker.kill())
        return worker
      },
    }
  }

  it('refuses a server that may throw jobs away, naming the setting', async (context) => {
    const { ownRedis } = forTest(context)
    const server = await ownRedis(['--maxmemory-policy', 'allkeys-lru'])
    const refused = openRedisQueues({ url: server.url })
    await expect(refused).rejects.toThrow(StartError)
    await expect(refused).rejects.toThrow(/REDIS_URL.*allkeys-lru.*set "maxmemory-policy noeviction"/)
  })

  it('refuses to start where no server answers, and does not print the password', async (context) => {
    const { ownRedis } = forTest(context)
    const server = await ownRedis()
    await server.stop()
    const refused = openRedisQueues({ url: `redis://user:geheim@127.0.0.1:${server.port}` })
    await expect(refused).rejects.toThrow(StartError)
    await expect(refused).rejects.toThrow(`no usable answer from 127.0.0.1:${server.port} (connect ECONNREFUSED`)
    await expect(refused).rejects.not.toThrow('geheim')
  })

  it('gives the job of a killed process to another one', async (context) => {
    const { open, workerProcess } = forTest(context)
    const prefix = randomUUID()
    const file = join(folder, prefix)
    writeFileSync(file, '0')
    const queues = await open(shared.url, prefix)
    const victim = workerProcess(prefix, file)
    await queues.add('turn', { conversation: 'hang' }, { key: 'k' })
    await victim.steps.until((all) => all.some(({ step }) => step === 'start'))
    await victim.kill()
    const killed = Date.now()
    // While it was running, somebody wanted it once more: that is not lost either.
    await queues.add('turn', { conversation: 'again' }, { key: 'k' })

    const seen = createSeen<string>()
    await queues.work('turn', 1, async ({ conversation }) => seen.add(conversation))
    await seen.until((all) => all.length === 2)
    expect(seen.all).toEqual(['hang', 'again'])
    expect(Date.now() - killed).toBeLessThan(25_000)
  })

  it('runs a key in one of two processes at a time, and once more after the last add of a storm', async (context) => {
    const { open, workerProcess } = forTest(context)
    const prefix = randomUUID()
    const file = join(folder, prefix)
    writeFileSync(file, '0')
    const queues = await open(shared.url, prefix)
    const workers = [workerProcess(prefix, file), workerProcess(prefix, file)]
    await Promise.all(workers.map(({ steps }) => steps.until((all) => all.some(({ step }) => step === 'ready'))))
    for (let written = 1; written <= 300; written++) {
      writeFileSync(file, String(written))
      await queues.add('turn', { conversation: 'c' }, { key: 'c' })
    }
    await Promise.any(workers.map(({ steps }) => steps.until((all) => all.some(({ step, written }) => step === 'start' && written === 300))))
    await Promise.all(
      workers.map(({ steps }) => steps.until((all) => all.filter(({ step }) => step === 'start').length === all.filter(({ step }) => step === 'end').length)),
    )

    // Sorted by time, a start is always followed by the end of the same run.
    const steps = workers.flatMap((worker) => worker.steps.all.filter(({ step }) => step !== 'ready').map((step) => ({ ...step, worker })))
    const runs = Object.values(Object.groupBy(steps, ({ worker }) => String(workers.indexOf(worker)))).flatMap((mine = []) =>
      mine.flatMap((step, index) => (step.step === 'start' ? [{ start: step.at, end: mine[index + 1]?.at ?? Infinity }] : [])),
    )
    runs.sort((a, b) => a.start - b.start)
    for (const [index, run] of runs.entries()) expect(run.start).toBeGreaterThanOrEqual(runs[index - 1]?.end ?? 0)
    expect(runs.length).toBeGreaterThan(1)
  })

  it('works again after an outage of ten seconds, without a restart; until then an add fails fast', async (context) => {
    const { ownRedis, open } = forTest(context)
    const server = await ownRedis()
    const errors: Error[] = []
    const queues = await open(server.url, 'outage', (error) => errors.push(error))
    const seen = createSeen<string>()
    const heard = createSeen<string>()
    await queues.work('turn', 2, async ({ conversation }) => seen.add(conversation))
    await queues.work('deliver', 2, async ({ conversation }) => seen.add(`deliver ${conversation}`))
    await queues.subscribe((topic) => heard.add(topic))
    await queues.add('turn', { conversation: 'before' })
    await queues.add('turn', { conversation: 'slept through it' }, { key: 'k', delayMs: 3_000 })
    await seen.until((all) => all.includes('before'))

    await server.stop()
    const down = Date.now()
    await expect(queues.add('turn', { conversation: 'during' })).rejects.toThrow(Unavailable)
    await expect(queues.every('sweep', 1_000, 'due', { id: 'sweep' })).rejects.toThrow(Unavailable)
    await expect(queues.depths()).rejects.toThrow(Unavailable)
    await expect(queues.ping()).rejects.toThrow(Unavailable)
    await queues.work('finish', 1, async ({ stream }) => seen.add(stream)) // waits for the server like the others
    await queues.publish('desk', 'lost') // only a hint: whoever publishes is not bothered
    expect(Date.now() - down).toBeLessThan(2_000)
    await pause(10_000)
    await server.start()

    await until(() => queues.ping())
    await queues.add('turn', { conversation: 'after' })
    await queues.add('deliver', { conversation: 'after' })
    await queues.add('finish', { stream: 'finish after' })
    await seen.until((all) => ['after', 'deliver after', 'finish after', 'slept through it'].every((name) => all.includes(name)))
    await until(async () => {
      await queues.publish('desk', 'heard')
      if (heard.all.length === 0) throw new Error('not yet')
    })
    // Ten seconds of failing every 100 ms are a few lines, not hundreds.
    expect(errors.length).toBeGreaterThan(0)
    expect(errors.length).toBeLessThan(10)
  })

  it('fails an add within two seconds when the server is there but does not answer', async (context) => {
    const { ownRedis, open } = forTest(context)
    const server = await ownRedis()
    const queues = await open(server.url)
    server.freeze()
    const start = Date.now()
    await expect(queues.add('turn', { conversation: 'a' })).rejects.toThrow(Unavailable)
    expect(Date.now() - start).toBeLessThan(2_000)
    server.thaw()
    await until(() => queues.add('turn', { conversation: 'b' }))
  })

  it('goes on after the server was killed and flushed, and repeats what is asked for again', async (context) => {
    const { ownRedis, open } = forTest(context)
    const server = await ownRedis()
    const queues = await open(server.url)
    const gate = createGate()
    const seen = createSeen<string>()
    await queues.work('turn', 2, async ({ conversation }) => {
      seen.add(conversation)
      if (conversation === 'running') await gate.passed
    })
    await queues.work('due', 1, async ({ id }) => seen.add(id))
    await queues.every('sweep', 60_000, 'due', { id: 'sweep' })
    await queues.add('turn', { conversation: 'running' }, { key: 'k' })
    await queues.add('turn', { conversation: 'lost' }, { delayMs: 60_000 })
    await seen.until((all) => all.includes('running') && all.includes('sweep'))

    await server.flushAll()
    expect((await queues.depths()).turn).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 })
    await queues.add('turn', { conversation: 'after' }, { key: 'k' })
    await seen.until((all) => all.includes('after'))
    gate.open()
    await queues.every('sweep', 60_000, 'due', { id: 'sweep again' })
    await seen.until((all) => all.includes('sweep again'))

    server.kill()
    await server.start()
    await until(() => queues.add('turn', { conversation: 'after the kill' }, { key: 'k' }))
    await seen.until((all) => all.includes('after the kill'))
  })

  it('closes while the server is away, after the running job', async (context) => {
    const { ownRedis, open } = forTest(context)
    const server = await ownRedis()
    const queues = await open(server.url)
    const gate = createGate()
    const steps = createSeen<string>()
    await queues.work('turn', 1, async () => {
      steps.add('started')
      await gate.passed
      steps.add('done')
    })
    await queues.add('turn', { conversation: 'a' })
    await steps.until((all) => all.length === 1)
    await server.stop()
    const closed = queues.close().then(() => steps.add('closed'))
    gate.open()
    await closed
    expect(steps.all).toEqual(['started', 'done', 'closed'])
  })
})

/** Asks again until it works; the limit is the test's own. */
async function until(attempt: () => Promise<void>): Promise<void> {
  for (;;)
    try {
      return await attempt()
    } catch {
      await pause(50)
    }
}
