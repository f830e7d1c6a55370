// Two worker processes forced into the same conversations at once: each turn is committed once, and nobody is answered twice.
import { Redis } from 'ioredis'
import { MongoClient } from 'mongodb'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startCluster, type Cluster, type Gateway } from '../support/cluster.ts'
import { without } from '../support/needs.ts'
import { eventually } from '../support/processes.ts'
import { fromBot, openChat, type Visitor } from '../support/visitor.ts'

/** As many as one worker takes at a time. */
const visitors = 8
const words = ['My washing machine leaks', 'Model T5, at 12 Elm St'] as const

describe.skipIf(without('redis', 'mongodb'))('two workers', () => {
  let cluster: Cluster
  let redis: Redis
  let mongo: MongoClient
  let calm: string[]

  beforeAll(async () => {
    cluster = await startCluster({ gateways: 1, workers: 2 })
    redis = new Redis(cluster.redis.url)
    mongo = new MongoClient(cluster.mongo.url)
    // What is said where nothing goes wrong.
    const [visitor] = await openChats(1)
    if (visitor === undefined) throw new Error('no visitor')
    await talk([visitor], 0)
    await talk([visitor], 1)
    calm = await transcript(visitor)
  }, 120_000)
  afterAll(async () => {
    redis.disconnect()
    await mongo.close()
    await cluster.remove()
  })

  async function openChats(count: number): Promise<Visitor[]> {
    const chats: Visitor[] = []
    while (chats.length < count) chats.push(await openChat(() => cluster.gateways.map(({ url }) => url)))
    return chats
  }

  async function talk(chats: readonly Visitor[], turn: 0 | 1): Promise<void> {
    await say(chats, turn)
    await desk().quiet(2)
  }

  function desk(): Gateway {
    const [gateway] = cluster.gateways
    if (gateway === undefined) throw new Error('no gateway')
    return gateway
  }

  async function say(chats: readonly Visitor[], turn: 0 | 1): Promise<void> {
    await Promise.all(chats.map((visitor) => visitor.say(words[turn], `say-${turn}`)))
  }

  /** Who said what, but for the ticket's number. */
  async function transcript(visitor: Visitor): Promise<string[]> {
    const history = await visitor.history()
    return history.map((activity) => `${fromBot(activity) ? 'bot' : 'visitor'}: ${(activity.text ?? '').replace(/R-\w{7}/g, 'R-')}`)
  }

  /** One worker has it all and is committing the first turns, so that it has decided others; the other stands still. */
  async function oneInMidTurn() {
    const chats = await openChats(visitors)
    const [slow, fast] = cluster.workers
    if (slow === undefined || fast === undefined) throw new Error('two workers')
    fast.signal('SIGSTOP')
    const entries = mongo.db('mendline').collection('entries')
    const before = await entries.countDocuments()
    const saying = say(chats, 0)
    while ((await entries.countDocuments()) === before || (await redis.llen('{mendline}:turn:active')) < 2);
    return { chats, slow, fast, saying }
  }

  const lockOf = (job: string) => `{mendline}:turn:${job}:lock`

  /** The jobs of the turns under way lose their locks, so that the other worker takes them. */
  async function takeLocks(): Promise<string[]> {
    const jobs = await redis.lrange('{mendline}:turn:active', 0, -1)
    expect(jobs.length).toBeGreaterThan(0)
    for (const job of jobs) await redis.del(lockOf(job))
    return jobs
  }

  async function finished(jobs: readonly string[]): Promise<boolean> {
    const left = await Promise.all(jobs.map((job) => redis.exists(`{mendline}:turn:${job}`)))
    return left.every((exists) => exists === 0) && (await desk().metric('mendline_oldest_unhandled_seconds')) === 0
  }

  /** They go on talking as if nothing had been. */
  async function expectAnsweredOnce(chats: readonly Visitor[]): Promise<void> {
    await desk().quiet(6) // longer than a sweep of recover, which might answer what was answered
    await talk(chats, 1)
    for (const visitor of chats) expect(await transcript(visitor)).toEqual(calm)
  }

  it('answer once where one of them stands still in mid-turn and goes on after the other has taken over', async () => {
    const { chats, slow, fast, saying } = await oneInMidTurn()
    slow.signal('SIGSTOP')
    await saying
    const jobs = await takeLocks()
    fast.signal('SIGCONT')
    await eventually(async () => ((await finished(jobs)) ? true : undefined), 'the other worker to do it all')
    slow.signal('SIGCONT')
    await expectAnsweredOnce(chats)
  }, 120_000)

  it('answer once where the lock is taken away while both are at it', async () => {
    const { chats, fast, saying } = await oneInMidTurn()
    // No turn ends while the store says nothing.
    cluster.mongo.freeze()
    const jobs = await takeLocks()
    fast.signal('SIGCONT')
    const lockedAnew = async () => (await Promise.all(jobs.map((job) => redis.exists(lockOf(job))))).every((exists) => exists === 1)
    await eventually(async () => ((await lockedAnew()) ? true : undefined), 'the other worker to be at it too')
    cluster.mongo.thaw()
    await saying
    await expectAnsweredOnce(chats)
  }, 120_000)
})
