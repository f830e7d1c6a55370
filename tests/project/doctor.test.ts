// `mendline doctor` beside a running desk whose every provider is an emulator: all is well, and then one thing after the other is broken.
import { once } from 'node:events'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { connectionsOf } from '../../src/app.ts'
import { doctor } from '../../src/cli/doctor.ts'
import { judgeClock } from '../../src/cli/examine-clock.ts'
import { judgeAddress } from '../../src/cli/examine-public-url.ts'
import { systemClock } from '../../src/clock.ts'
import { judgeRedis } from '../../src/queue/try-redis.ts'
import { systemRandom } from '../../src/random.ts'
import { deskId } from '../../src/runtime.ts'
import { readSettings } from '../../src/settings.ts'
import { dataDirConnection } from '../../src/storage/try-data-dir.ts'
import { startMicrosoft } from '../emulators/microsoft.ts'
import { startSlack } from '../emulators/slack.ts'
import { startTwilio } from '../emulators/twilio.ts'
import { startVroom, type Vroom } from '../emulators/vroom.ts'
import { startImap } from '../support/dovecot.ts'
import { createFolder, createProvider, live, type Life } from '../support/life.ts'
import { without } from '../support/needs.ts'
import { startRedis } from '../support/redis.ts'

const adminKey = 'test-key-0123456789'
const password = 'a-password-nobody-reads'
const reported = z.object({ ok: z.boolean(), findings: z.array(z.object({ level: z.enum(['ok', 'warn', 'fail']), about: z.string(), text: z.string() })) })

let well: Record<string, string>
let desk: Life
let vroom: Vroom
let model: Server
const folder = createFolder()
const cleanups: (() => unknown)[] = [() => folder.remove()]

/** Port of a server that somebody started for the tests. */
async function listening(server: { listen(port: number, host: string): unknown }, address: () => unknown): Promise<number> {
  server.listen(0, '127.0.0.1')
  const { port } = z.object({ port: z.int() }).parse(await new Promise((resolve) => setImmediate(() => resolve(address()))))
  return port
}

beforeAll(async () => {
  desk = await live({ folder: folder.path, provider: createProvider() })
  const [twilio, slack, microsoft] = [await startTwilio({ numbers: ['+14155550100'] }), await startSlack(), await startMicrosoft()]
  vroom = await startVroom()
  const reading = JSON.stringify({ choices: [{ message: { content: '{}' } }] })
  model = createServer((request, response) => {
    const known = request.headers.authorization === 'Bearer model-key'
    response.writeHead(known ? 200 : 401).end(reading)
  })
  const modelPort = await listening(model, () => model.address())
  const mail = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _, done) => (auth.password === password ? done(null, { user: 'desk' }) : done(new Error('who are you'))),
  })
  mail.on('error', () => {})
  const smtpPort = await listening(mail, () => mail.server.address())
  cleanups.push(
    () => desk.bury(),
    () => twilio.goAway(),
    () => slack.close(),
    () => microsoft.close(),
    () => vroom.close(),
    () => model.close(),
    () => new Promise<void>((resolve) => mail.close(() => resolve())),
  )
  well = {
    ADMIN_KEY: adminKey,
    DATA_DIR: folder.path,
    PUBLIC_URL: `http://127.0.0.1:${desk.port}`,
    SMTP_URL: `smtp://desk:${password}@127.0.0.1:${smtpPort}`,
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_FROM: '+14155550100',
    TWILIO_API_URL: twilio.url,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    MICROSOFT_APP_ID: microsoft.appId,
    MICROSOFT_APP_PASSWORD: microsoft.appPassword,
    MICROSOFT_OPENID_URL: microsoft.openIdUrl,
    MICROSOFT_LOGIN_URL: microsoft.loginUrl,
    UNDERSTANDING_URL: `http://127.0.0.1:${modelPort}/v1`,
    UNDERSTANDING_MODEL: 'small',
    UNDERSTANDING_API_KEY: 'model-key',
  }
})
afterAll(async () => {
  for (const cleanup of cleanups.toReversed()) await cleanup()
})

/** What it says with these settings, and its exit code. */
async function examined(env: Readonly<Record<string, string>>, options: { now?: () => number } = {}) {
  const lines: string[] = []
  const { now = systemClock.now } = options
  const code = await doctor({
    args: ['--json'],
    read: () => readSettings(env, () => `dispatch: { vroom: { url: "${vroom.url}" } }`),
    connectionsOf: (settings) => connectionsOf({ settings, clock: systemClock, random: systemRandom }),
    deskIdOf: ({ adminKey: key }) => key && deskId(key),
    fetch,
    clock: { now },
    print: (line) => lines.push(line),
  })
  const { ok, findings } = reported.parse(JSON.parse(lines.join('\n')))
  const about = (level: string) => findings.filter((each) => each.level === level).map((each) => `${each.about}: ${each.text}`)
  return { code, ok, fine: about('ok'), warnings: about('warn'), failed: about('fail') }
}

describe('mendline doctor', () => {
  it('says of every part of a healthy desk that it works, and shows no secret', async () => {
    const said = await examined(well)
    expect(said).toMatchObject({ code: 0, ok: true, failed: [], warnings: [expect.stringMatching(/^PUBLIC_URL: .*links in mails/)] })
    for (const about of [
      'settings',
      'DATA_DIR',
      'SMTP_URL',
      'TWILIO_ACCOUNT_SID',
      'SLACK_BOT_TOKEN',
      'MICROSOFT_APP_ID',
      'UNDERSTANDING_URL',
      'dispatch.vroom',
    ])
      expect(said.fine).toContainEqual(expect.stringMatching(new RegExp(`^${about}: `)))
    expect(said.fine).toContain(`PUBLIC_URL: this desk answers at http://127.0.0.1:${desk.port}, and can work`)
    for (const name of ['Twilio', 'Slack', 'Microsoft']) expect(said.fine).toContain(`clock: agrees with that of ${name}`)
    const told = JSON.stringify(said)
    for (const secret of ['SMTP_URL', 'TWILIO_AUTH_TOKEN', 'SLACK_BOT_TOKEN', 'MICROSOFT_APP_PASSWORD', 'UNDERSTANDING_API_KEY', 'ADMIN_KEY'])
      expect(told).not.toContain(well[secret])
  })

  const broken: [name: string, change: Record<string, string>, says: RegExp][] = [
    ['a setting', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL: /],
    ['the data folder', { DATA_DIR: '/dev/null' }, /^DATA_DIR: .*is a file: remove it/],
    ['the password of SMTP', { SMTP_URL: 'smtp://desk:wrong@127.0.0.1:PORT' }, /^SMTP_URL: .*535.*correct/],
    ['the token of Twilio', { TWILIO_AUTH_TOKEN: 'wrong' }, /^TWILIO_ACCOUNT_SID: .*TWILIO_AUTH_TOKEN/],
    ['the token of Slack', { SLACK_BOT_TOKEN: 'xoxb-wrong' }, /^SLACK_BOT_TOKEN: .*invalid_auth.*copy the token anew/],
    ['the password at Microsoft', { MICROSOFT_APP_PASSWORD: 'wrong' }, /^MICROSOFT_APP_ID: .*MICROSOFT_APP_PASSWORD/],
    ["the model's key", { UNDERSTANDING_API_KEY: 'wrong' }, /^UNDERSTANDING_URL: .*401.*correct/],
    ["the model's server", { UNDERSTANDING_URL: 'http://127.0.0.1:1/v1' }, /^UNDERSTANDING_URL: .*start the server/],
    ['the public address', { PUBLIC_URL: 'http://127.0.0.1:1' }, /^PUBLIC_URL: nobody answers .*start the desk/],
    ['the key', { ADMIN_KEY: 'another-key-0123456789' }, /^PUBLIC_URL: another desk answers .*ADMIN_KEY/],
  ]
  it.each(broken)('names %s where that is broken, what to do, and nothing else', async (_, change, says) => {
    const smtpPort = /\d+$/.exec(well['SMTP_URL'] ?? '')?.[0] ?? ''
    const said = await examined({ ...well, ...Object.fromEntries(Object.entries(change).map(([name, value]) => [name, value.replace('PORT', smtpPort)])) })
    expect(said).toMatchObject({ code: 1, ok: false, failed: [expect.stringMatching(says)] })
  })

  it('names a VROOM server that plans nothing', async () => {
    vroom.behave('broken')
    const said = await examined(well)
    vroom.behave('well')
    expect(said.failed).toEqual([expect.stringMatching(/^dispatch\.vroom: .*start VROOM there/)])
  })

  it('names a clock that goes wrong', async () => {
    const said = await examined(well, { now: () => Date.now() - 300_000 })
    expect(said.failed).toHaveLength(3)
    for (const line of said.failed) expect(line).toMatch(/^clock: (299|300|301) s behind that of \w+: .*NTP/)
  })

  it('is not taken in by another program at its address, nor by one that leads elsewhere', async () => {
    let how = (): { status: number; headers?: Record<string, string>; body: string } => ({ status: 200, body: '{"status":"ok"}' })
    const other = createServer((_, response) => {
      const { status, headers = {}, body } = how()
      response.writeHead(status, headers).end(body)
    }).listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = z.object({ port: z.int() }).parse(other.address())
    const failed = async () => (await examined({ ...well, PUBLIC_URL: `http://127.0.0.1:${port}` })).failed
    expect(await failed()).toEqual([expect.stringMatching(/^PUBLIC_URL: something else answers/)])
    how = () => ({ status: 301, headers: { location: 'https://desk.example.org/' }, body: '' })
    expect(await failed()).toEqual([expect.stringMatching(/^PUBLIC_URL: .*leads on to https:\/\/desk\.example\.org\/.*set PUBLIC_URL/)])
    how = () => ({ status: 502, body: '' })
    expect(await failed()).toEqual([expect.stringMatching(/^PUBLIC_URL: .*answers 502: have the proxy/)])
    const paths = [200, 503]
    how = () => ({ status: paths.shift() ?? 503, body: JSON.stringify({ desk: deskId(adminKey), storage: 'ok', queue: 'away' }) })
    expect(await failed()).toEqual([expect.stringMatching(/^PUBLIC_URL: .*has no queue/)])
    other.close()
  })

  it.skipIf(without('redis', 'imap'))('tries Redis, its clock and a mailbox as well', async () => {
    const [redis, forgetful, imap] = [
      await startRedis(),
      await startRedis({ config: ['--maxmemory-policy', 'allkeys-lru', '--appendonly', 'no'] }),
      await startImap(),
    ]
    cleanups.push(
      () => redis.remove(),
      () => forgetful.remove(),
      () => imap.stop(),
    )
    const env = { ...well, REDIS_URL: redis.url, IMAP_URL: imap.url() }
    const said = await examined(env)
    expect(said.failed).toEqual([])
    expect(said.fine).toEqual(
      expect.arrayContaining([expect.stringMatching(/^REDIS_URL: Redis [\d.]+/), 'clock: agrees with that of REDIS_URL', expect.stringMatching(/^IMAP_URL: /)]),
    )
    expect((await examined({ ...env, REDIS_URL: forgetful.url })).failed).toEqual([expect.stringMatching(/^REDIS_URL: .*noeviction/)])
    expect((await examined({ ...env, IMAP_URL: imap.url('Nowhere') })).failed).toEqual([expect.stringMatching(/^IMAP_URL: .*correct/)])
  })

  it('prints a line for each thing, and refuses what it does not know', async () => {
    const lines: string[] = []
    const run = (args: readonly string[]) =>
      doctor({
        args,
        read: () => readSettings({ PUBLIC_URL: well['PUBLIC_URL'] }, () => ''),
        connectionsOf: () => [],
        deskIdOf: () => undefined,
        fetch,
        clock: systemClock,
        print: (line) => lines.push(line),
      })
    expect(await run([])).toBe(1)
    expect(lines).toEqual([
      expect.stringMatching(/^ok {4}settings: /),
      expect.stringMatching(/^fail {2}PUBLIC_URL: this desk has no key yet.*start it once/),
      '1 ok, 0 to look at, 1 failed.',
    ])
    expect(await run(['--fast'])).toBe(2)
  })
})

describe('what it makes of', () => {
  const on = { ...readSettings({}, () => ''), trustProxy: 1, email: undefined }
  const twilio = { accountSid: '', authToken: '', from: [], whatsappFrom: [], apiUrl: undefined }
  const slack = { botToken: '', signingSecret: 'x', appToken: undefined, triageChannel: undefined, apiUrl: undefined }
  const levels = (change: Partial<typeof on>) => judgeAddress({ ...on, ...change }).map(({ level, about }) => `${level} ${about}`)

  it.each(['http://localhost:3000', 'http://192.168.1.4', 'http://[::1]:3000', 'https://desk.local', 'https://desk'])(
    'an address inside the house, %s: nothing, until a provider has to call us there',
    (publicUrl) => {
      expect(levels({ publicUrl })).toEqual([])
      expect(levels({ publicUrl, twilio })).toEqual(['fail PUBLIC_URL'])
      expect(levels({ publicUrl, slack })).toEqual(['fail PUBLIC_URL'])
      expect(levels({ publicUrl, slack: { ...slack, appToken: 'xapp-1' } })).toEqual([])
      expect(levels({ publicUrl, twilio: { ...twilio, apiUrl: 'http://127.0.0.1:9' } })).toEqual([])
    },
  )

  it('an address without a certificate, and a proxy that is not believed', () => {
    expect(levels({ publicUrl: 'http://desk.example.org' })).toEqual(['warn PUBLIC_URL'])
    expect(levels({ publicUrl: 'http://desk.example.org', slack })).toEqual(['fail PUBLIC_URL'])
    expect(levels({ publicUrl: 'https://desk.example.org', twilio, slack })).toEqual([])
    expect(levels({ publicUrl: 'https://desk.example.org', trustProxy: 0 })).toEqual(['warn TRUST_PROXY'])
  })

  it('clocks: as much as a question takes, a little more, and too much', () => {
    expect(judgeClock('Slack', 10_000, 9_000, 12_000).level).toBe('ok')
    expect(judgeClock('Slack', 10_000, 20_000, 20_100)).toMatchObject({ level: 'warn', text: expect.stringMatching(/^10 s ahead of that of Slack/) })
    expect(judgeClock('Slack', 100_000, 9_000, 9_100)).toMatchObject({ level: 'fail', text: expect.stringMatching(/^91 s behind that of Slack/) })
  })

  it('a Redis by its version and whether it keeps what it has', () => {
    expect(() => judgeRedis('redis_version:4.0.14', 'here')).toThrow('install 6.2.0 or later')
    expect(judgeRedis('redis_version:6.0.16\naof_enabled:1', 'here')).toMatchObject({ but: expect.stringContaining('install 6.2.0') })
    expect(judgeRedis('redis_version:10.0.0\naof_enabled:0', 'here')).toMatchObject({ but: expect.stringContaining('appendonly yes') })
    expect(judgeRedis('redis_version:10.0.0\naof_enabled:1', 'here')).toBe('Redis 10.0.0 at here, noeviction, append-only file on')
  })

  it('a disk that fills up, and a key that everybody can read', async () => {
    const data = join(folder.path, 'some-data')
    mkdirSync(data)
    const tried = (free: number) => dataDirConnection(data, () => free).try()
    await expect(tried(50e6)).rejects.toThrow('only 50 MB are free')
    expect(await tried(500e6)).toMatchObject({ but: expect.stringContaining('make room') })
    writeFileSync(join(data, 'admin-key'), 'x', { mode: 0o600 })
    expect(await tried(5e9)).toBe(`${data} can be written`)
    chmodSync(join(data, 'admin-key'), 0o644)
    expect(await tried(5e9)).toMatchObject({ but: expect.stringContaining('chmod 600') })
  })
})
