// Promise 12: what customers and staff say, and who and where they are, is in the stores and nowhere else: no log line at any level, no metric, no job.
// The words below are ones that nothing else in the product or on the machine would say.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiOf, type Api } from '../support/api.ts'
import { startMongo, type MongoServer } from '../support/mongodb.ts'
import { without } from '../support/needs.ts'
import { eventually, freePort, startMendline, type Running } from '../support/processes.ts'
import { startRedis, type RedisServer } from '../support/redis.ts'
import { fromBot, openChat } from '../support/visitor.ts'

const personal = ['Quillfeather', 'Zebediah', 'walrus', 'Zanzibar', '555 7391', '5557391', 'KP-70391', 'Trelawney', 'moustache', '鲸鱼巷']
const key = 'privacy-key-0123456789'
const tickets = z.object({ data: z.array(z.object({ number: z.string(), channel: z.string(), customer: z.object({ id: z.string() }) })) })
const messages = z.object({
  data: z.array(z.object({ id: z.string(), direction: z.string(), channel: z.string(), state: z.string(), reason: z.string().nullable().optional() })),
})
const logLine = z.looseObject({ level: z.number(), time: z.string(), stage: z.string(), message: z.string().optional() })

/** Takes all mail but for one address, which it refuses with words that name it. */
async function mailServer(refused: string): Promise<{ port: number; received: string[]; close(): Promise<void> }> {
  const port = await freePort()
  const received: string[] = []
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo: ({ address }, _, done) =>
      address === refused ? done(Object.assign(new Error(`5.1.1 <${address}> Trelawney has left us`), { responseCode: 550 })) : done(),
    onData: (stream, { envelope }, done) => {
      received.push(...envelope.rcptTo.map(({ address }) => address))
      stream.resume()
      stream.on('end', () => done())
    },
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  return { port, received, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

describe.skipIf(without('redis', 'mongodb'))('a desk at LOG_LEVEL=trace', () => {
  let redis: RedisServer
  let mongo: MongoServer
  let running: Running
  let api: Api
  let url: string
  /** Every command that reached Redis. */
  const commands: string[] = []
  const cleanups: (() => unknown)[] = []

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mendline-privacy-'))
    writeFileSync(join(folder, 'mendline.yaml'), 'survey: { delay: 1s }\nform: { photos: hidden, preferredTime: hidden }\n')
    redis = await startRedis()
    mongo = await startMongo()
    const mail = await mailServer('lost@quillfeather.example')
    const watcher = new Redis(redis.url)
    const monitor = await watcher.monitor()
    // Redis is killed on the way.
    for (const client of [watcher, monitor]) client.on('error', () => {})
    monitor.on('monitor', (_time: string, command: string[]) => void commands.push(command.join(' ')))
    const [port, smtpPort] = [await freePort(), await freePort()]
    running = await startMendline({
      PORT: String(port),
      SMTP_LISTEN_PORT: String(smtpPort),
      SMTP_URL: `smtp://127.0.0.1:${mail.port}`,
      DATA_DIR: folder,
      SETTINGS_FILE: join(folder, 'mendline.yaml'),
      MONGODB_URL: mongo.url,
      REDIS_URL: redis.url,
      ADMIN_KEY: key,
      LOG_LEVEL: 'trace',
    })
    cleanups.push(
      () => rmSync(folder, { recursive: true, force: true }),
      () => redis.remove(),
      () => mongo.remove(),
      () => mail.close(),
      () => monitor.disconnect(),
      () => watcher.disconnect(),
      () => running.kill(),
    )
    url = `http://127.0.0.1:${port}`
    api = apiOf(() => url, key)
    await journey(smtpPort, mail.received)
  }, 300_000)
  afterAll(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
  })

  async function journey(smtpPort: number, received: string[]): Promise<void> {
    const visitor = await openChat(() => [url])
    let said = 0
    const answered = async (text: string) => {
      const before = (await visitor.history()).filter(fromBot).length
      await visitor.say(text, `say-${said++}`)
      await eventually(async () => ((await visitor.history()).filter(fromBot).length > before ? true : undefined), `an answer to message ${said}`)
    }
    await answered(
      'My walrus T5 treadmill (SN KP-70391) stops after ten minutes with E03, I am at 77 Zanzibar Terrace, call me on 415 555 7391. Zebediah Quillfeather',
    )
    await answered('1')

    const client = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true })
    const write = (from: string, subject: string) =>
      client.sendMail({
        from: `Zebediah Quillfeather <${from}>`,
        to: 'support@localhost',
        subject,
        text: `The walrus of ${from} leaks at 77 Zanzibar Terrace.`,
      })
    await write('zebediah@quillfeather.example', 'My walrus leaks')
    await write('lost@quillfeather.example', 'My moustache machine leaks')
    await eventually(async () => (received.includes('zebediah@quillfeather.example') ? true : undefined), 'an answer by mail')
    await eventually(async () => ((await api.read('/dead-letters', messages)).data.length > 0 ? true : undefined), 'the answer that cannot be delivered')

    const chat = (await api.read('/tickets?channel=webchat', tickets)).data[0]
    const number = chat?.number ?? ''
    await api.post(`/tickets/${number}/notes`, { text: 'Trelawney called about the moustache' })
    await api.patch(`/tickets/${number}`, { subject: 'Walrus of Zebediah Quillfeather', description: 'At 77 Zanzibar Terrace' })
    await api.post(`/tickets/${number}/status`, { status: 'resolved', comment: 'Trelawney has mended the walrus.' })
    await eventually(async () => ((await visitor.history()).some(({ text }) => text?.includes('How happy')) ? true : undefined), 'the survey')
    await answered('1, the moustache of Trelawney is all over 77 Zanzibar Terrace')
    await answered('我住在鲸鱼巷12号，洗衣机漏水')
    await api.post(`/tickets/${number}/messages`, { text: 'Trelawney is sorry about the moustache', agent: 'Trelawney' })
    await eventually(async () => ((await visitor.history()).some(({ text }) => text?.includes('is sorry')) ? true : undefined), "the agent's words")
    await api.post('/tickets', {
      subject: 'Walrus',
      description: 'walrus',
      customer: { name: 'Zebediah', email: 'zebediah@quillfeather.example', phone: '415 555 7391' },
      channel: 'email',
    })

    // What goes wrong is told without them, too.
    await api.post('/tickets', '{"subject":"walrus of Zebediah')
    await api.post('/tickets', { Quillfeather: 'walrus' })
    await api.get('/tickets?walrus=Zebediah')
    await api.get('/customers/Quillfeather')
    await api.get('/tickets/%E0%A4%AZebediah')
    await fetch(`${url}/webhooks/Zebediah/walrus`)
    await api.post(`/dead-letters/${(await api.read('/dead-letters', messages)).data[0]?.id}/retry`)
    mongo.kill()
    await eventually(
      async () =>
        (await api.post('/tickets', { subject: 'walrus', description: 'walrus', customer: { name: 'Zebediah' } })).status === 503 ? true : undefined,
      '503',
    )
    await write('zebediah@quillfeather.example', 'Second walrus').catch(() => {})
    await mongo.start()
    redis.kill()
    await visitor.say('The walrus has a moustache', 'while-redis-is-away')
    await redis.start()
    await eventually(async () => ((await fetch(`${url}/readyz`)).status === 200 ? true : undefined), 'all to be well again')
    await write('zebediah@quillfeather.example', 'Third walrus')
    const metrics = async () => (await fetch(`${url}/metrics`)).text()
    await eventually(async () => (/^mendline_oldest_unhandled_seconds 0$/m.test(await metrics()) ? true : undefined), 'every message to be handled')
  }

  it('writes no word of it to its log', () => {
    const output = running.output()
    for (const word of personal) expect(output.toLowerCase().includes(word.toLowerCase()), word).toBe(false)
    // The journey did leave traces: refusals, a failed delivery, an outage, and the words of those are what is checked.
    for (const stage of ['accepted', 'turn', 'sent', 'failed', 'due', 'task for a person', 'request failed']) expect(output).toContain(`"stage":"${stage}"`)
  })

  it('writes one line for each stage of a message, under its id', async () => {
    const lines = running
      .output()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => logLine.parse(JSON.parse(line)))
    const stages = (id: string) => lines.filter(({ message }) => message === id).map(({ stage }) => stage)
    const all = (
      await Promise.all(
        (await api.read('/tickets', tickets)).data.map(async ({ number }) => (await api.read(`/tickets/${number}/messages?limit=200`, messages)).data),
      )
    ).flat()
    const mails = all.filter(({ channel }) => channel === 'email')
    expect(mails.filter(({ direction }) => direction === 'inbound').map(({ id }) => stages(id))).toEqual(expect.arrayContaining([['accepted', 'turn']]))
    for (const { id } of mails.filter(({ direction, state }) => direction === 'outbound' && state === 'sent')) expect(stages(id)).toEqual(['sent'])
    const failed = mails.filter(({ state }) => state === 'failed')
    expect(failed.length).toBeGreaterThan(0)
    for (const { id, reason } of failed) {
      expect(stages(id).filter((stage) => stage === 'failed')).toHaveLength(1)
      expect(reason).toContain('550')
    }
  })

  it('puts none of it into a metric', async () => {
    const text = await (await fetch(`${url}/metrics`)).text()
    for (const word of [...personal, 'R-']) expect(text.toLowerCase().includes(word.toLowerCase()), word).toBe(false)
    for (const wanted of [
      /^mendline_oldest_unhandled_seconds 0$/m,
      /^mendline_queue_jobs\{queue="turn",state="waiting"\} \d/m,
      /^mendline_turn_seconds_bucket\{le="0\.1",outcome="committed"\} \d/m,
      /^mendline_deliveries_total\{channel="email",state="sent"\} [1-9]/m,
      /^mendline_deliveries_total\{channel="email",state="failed"\} [1-9]/m,
      /^mendline_deliveries_total\{channel="webchat",state="sent"\} [1-9]/m,
      /^mendline_inputs_total\{channel="webchat",outcome="stored"\} [1-9]/m,
    ])
      expect(text).toMatch(wanted)
  })

  it('hands Redis ids only, in every command and in every key that is left', async () => {
    const client = new Redis(redis.url)
    cleanups.push(() => client.disconnect())
    const left: string[] = []
    for (const name of await client.keys('*')) left.push(name, (await client.dumpBuffer(name))?.toString('latin1') ?? '')
    expect(commands.length).toBeGreaterThan(100)
    expect(left.length).toBeGreaterThan(0)
    for (const word of personal) {
      const said = [...commands, ...left].filter((each) => each.toLowerCase().includes(word.toLowerCase()))
      expect(said, word).toEqual([])
    }
  })
})
