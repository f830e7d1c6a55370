// npm run bench: accepts per second, turns per second and reply latency on each pair of engines, beside a floor measured in the same run. No timed tests.
import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { cpus, tmpdir, totalmem } from 'node:os'
import { join } from 'node:path'
import { createWebchatChannel } from '../channels/webchat/index.ts'
import { flows } from '../flows/index.ts'
import { createBot, loadTexts } from '../src/bot/index.ts'
import { systemClock } from '../src/clock.ts'
import { openDiskFiles } from '../src/files/disk.ts'
import { silentLog } from '../src/log.ts'
import { openEmbeddedQueues } from '../src/queue/embedded.ts'
import type { Queues } from '../src/queue/queues.ts'
import { openRedisQueues } from '../src/queue/redis.ts'
import { newId, systemRandom } from '../src/random.ts'
import { startRuntime, type App } from '../src/runtime.ts'
import { readSettings } from '../src/settings.ts'
import { defineCollection, type Store } from '../src/storage/collection.ts'
import { openMongoStore } from '../src/storage/mongodb.ts'
import { openSqliteStore } from '../src/storage/sqlite.ts'
import { startMongo } from '../tests/support/mongodb.ts'
import { startRedis } from '../tests/support/redis.ts'
import { openChat, type Visitor } from '../tests/support/visitor.ts'

const accepts = Number(process.argv[2] ?? 600)
const replies = Number(process.argv[3] ?? 150)
const visitorsCount = 12

interface Pair {
  name: string
  /** Share of the inputs: a stand-in that reads whole collections gets fewer. */
  share: number
  open(folder: string): Promise<{ store: Store; queues: Queues; close(): Promise<void> }>
}

const pairs: Pair[] = [
  {
    name: 'embedded (SQLite + BullMQ on PGlite)',
    share: 1,
    open: async (folder) => ({
      store: await openSqliteStore({ path: join(folder, 'bench.db') }),
      queues: await openEmbeddedQueues({ folder: join(folder, 'queue') }),
      close: async () => {},
    }),
  },
  {
    name: 'SQLite + Redis',
    share: 1,
    async open(folder) {
      const redis = await startRedis()
      return {
        store: await openSqliteStore({ path: join(folder, 'bench.db') }),
        queues: await openRedisQueues({ url: redis.url }),
        close: () => redis.remove(),
      }
    },
  },
  {
    name: 'FerretDB (stand-in for MongoDB) + Redis',
    share: 0.2,
    async open() {
      const [redis, mongo] = [await startRedis(), await startMongo()]
      return {
        store: await openMongoStore({ url: mongo.url }),
        queues: await openRedisQueues({ url: redis.url }),
        close: async () => {
          await redis.remove()
          await mongo.remove()
        },
      }
    },
  },
]

interface Row {
  name: string
  accepts: number
  acceptsFloor: number
  turns: number
  turnsFloor: number
  p50: number
  p99: number
  hopFloor: number
}

const rows: Row[] = []
for (const pair of pairs) {
  console.error(pair.name)
  rows.push(await measure(pair))
}
const report = render(rows)
await writeFile(join(import.meta.dirname, 'results.md'), report)
console.log(report)
process.exit(0)

async function measure(pair: Pair): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'mendline-bench-'))
  const { store, queues, close } = await pair.open(folder)
  const floor = await measureFloor(store, queues)
  const texts = loadTexts()
  const adminKey = 'bench-key-0123456789'
  const app = await startRuntime({
    settings: { ...readSettings({ SMTP_LISTEN_PORT: 'off', LOG_LEVEL: 'silent' }, () => 'loopGuard: 30'), port: 0, dataDir: folder },
    engines: { store, queues, files: await openDiskFiles({ folder: join(folder, 'files'), clock: systemClock, random: systemRandom }) },
    channels: [
      createWebchatChannel({
        publicUrl: 'http://localhost',
        secret: systemRandom.bytes(32),
        allowedOrigins: [],
        clock: systemClock,
        random: systemRandom,
        rateLimit: { tokens: 1e9, activities: 1e9, uploads: 1e9 },
      }),
    ],
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
    fetch,
    adminKey,
    clock: systemClock,
    random: systemRandom,
    log: silentLog,
    webFolder: folder,
  })
  const url = `http://127.0.0.1:${app.port}`
  const latencies = await measureReplies(app, url)
  const load = await measureLoad(app, url, Math.round(accepts * pair.share))
  await app.close()
  await close()
  rmSync(folder, { recursive: true, force: true })
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN
  return { name: pair.name, ...load, acceptsFloor: floor.accepts, turnsFloor: floor.jobs, p50: at(0.5), p99: at(0.99), hopFloor: floor.hopMs }
}

/** The least there is to do: one durable insert and one queue add behind a bare HTTP handler; one insert per job; add to worker and back. */
async function measureFloor(store: Store, queues: Queues): Promise<{ accepts: number; jobs: number; hopMs: number }> {
  const { createServer } = await import('node:http')
  const documents = await store.open(defineCollection<{ _id: string; text: string }>('floor'))
  const worked = new Map<string, () => void>()
  let done = 0
  const worker = await queues.work('finish', 8, async ({ stream }) => {
    await documents.insert({ _id: `worked-${stream}`, text: 'worked' })
    done++
    worked.get(stream)?.()
  })
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const id = newId('f', systemClock, systemRandom)
      documents
        .insert({ _id: id, text: Buffer.concat(chunks).toString() })
        .then(() => queues.add('finish', { stream: id }, { key: id }))
        .then(
          () => response.end('{}'),
          () => response.writeHead(500).end(),
        )
    })
  })
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const start = performance.now()
  await parallel(accepts, visitorsCount, async () => void (await (await fetch(url, { method: 'POST', body: 'My washing machine leaks' })).text()))
  const acceptedMs = performance.now() - start
  while (done < accepts) await new Promise((resolve) => setTimeout(resolve, 1))
  const workedMs = performance.now() - start
  const hops: number[] = []
  for (let index = 0; index < 50; index++) {
    const began = performance.now()
    const id = `hop-${index}`
    const answered = new Promise<void>((resolve) => worked.set(id, resolve))
    await queues.add('finish', { stream: id }, { key: id })
    await answered
    hops.push(performance.now() - began)
  }
  server.close()
  await worker.close()
  return { accepts: (accepts / acceptedMs) * 1000, jobs: (accepts / workedMs) * 1000, hopMs: hops.toSorted((a, b) => a - b)[25] ?? Number.NaN }
}

async function measureReplies(app: App, url: string): Promise<number[]> {
  const latencies: number[] = []
  const heard = new Map<string, () => void>()
  const stop = await app.core.queues.subscribe((topic) => heard.get(topic)?.())
  let visitor: Visitor | undefined
  for (let index = 0; index < replies; index++) {
    // A conversation of 20 turns, then a new one: the loop guard would hand a longer one to a person.
    if (index % 20 === 0) visitor = await openChat(() => [url])
    if (visitor === undefined) break
    const { conversation } = visitor
    const answers = (): Promise<number> => app.core.collections.messages.count({ conversation, direction: 'outbound' })
    const before = await answers()
    const began = performance.now()
    await visitor.say(index % 20 === 0 ? 'My washing machine leaks' : 'where is my repair?', `reply-${index}`)
    while ((await answers()) === before)
      await Promise.race([new Promise<void>((resolve) => heard.set(conversation, resolve)), new Promise((resolve) => setTimeout(resolve, 5))])
    latencies.push(performance.now() - began)
  }
  await stop()
  return latencies
}

async function measureLoad(app: App, url: string, accepts: number): Promise<{ accepts: number; turns: number }> {
  // As many as speak at a time, or they would stand in line for their own conversation; and none speaks so often that the loop guard takes them for a machine.
  const visitors = await Promise.all(Array.from({ length: Math.max(visitorsCount, Math.ceil(accepts / 25)) }, () => openChat(() => [url])))
  const handled = (): Promise<number> => app.core.collections.messages.count({ direction: 'inbound', state: 'handled' })
  const before = await handled()
  const start = performance.now()
  let index = 0
  await parallel(accepts, visitorsCount, async () => {
    const mine = index++
    await visitors[mine % visitors.length]?.say('where is my repair?', `load-${mine}`)
  })
  const acceptedMs = performance.now() - start
  while ((await handled()) - before < accepts) await new Promise((resolve) => setTimeout(resolve, 10))
  return { accepts: (accepts / acceptedMs) * 1000, turns: (accepts / (performance.now() - start)) * 1000 }
}

async function parallel(count: number, width: number, work: () => Promise<void>): Promise<void> {
  let left = count
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (left-- > 0) await work()
    }),
  )
}

function render(measured: readonly Row[]): string {
  const ratio = (value: number, floor: number) => `${(value / floor).toFixed(2)}×`
  const lines = measured.map(
    (row) =>
      `| ${row.name} | ${row.accepts.toFixed(0)} | ${row.acceptsFloor.toFixed(0)} | ${ratio(row.accepts, row.acceptsFloor)} | ${row.turns.toFixed(0)} | ${row.turnsFloor.toFixed(0)} | ${ratio(row.turns, row.turnsFloor)} | ${row.p50.toFixed(1)} | ${row.p99.toFixed(1)} | ${row.hopFloor.toFixed(1)} | ${ratio(row.p50, row.hopFloor)} |`,
  )
  return `# Measurements

${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}. \`npm run bench\`, ${accepts} inputs by web chat over
HTTP (FerretDB: a fifth of that), ${replies} replies one after another; load, product and servers share the machine, so look at the ratios. The floor in the same run: a bare handler that does one
durable insert and one queue add; a worker that does one insert a job; the way of a job from add to worker. FerretDB stands in for MongoDB: its row says
nothing about MongoDB's speed.

| engines | accepts/s | floor | ratio | turns/s under that load | floor | ratio | reply p50 ms | p99 ms | floor hop ms | ratio |
|---|---|---|---|---|---|---|---|---|---|---|
${lines.join('\n')}
`
}
