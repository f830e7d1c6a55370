// `mendline check`, run as an operator runs it: names everything that is wrong, tries every server, shows no password.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startImap } from '../support/dovecot.ts'
import { startMongo } from '../support/mongodb.ts'
import { without } from '../support/needs.ts'
import { freePort } from '../support/processes.ts'
import { startRedis } from '../support/redis.ts'

const root = join(import.meta.dirname, '../..')
const password = 'a-password-nobody-reads'
const cleanups: (() => unknown)[] = []
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mendline-check-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
})
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

interface Checked {
  code: number
  lines: string[]
}

function run(program: string, args: readonly string[], cwd: string, env: Record<string, string>): Promise<Checked> {
  return new Promise((resolve) => {
    const inherited = { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? folder }
    const child = execFile(program, args, { cwd, env: { ...inherited, ...env } }, (_, out) =>
      resolve({ code: child.exitCode ?? -1, lines: out.trim().split('\n') }),
    )
  })
}
/** With `mendline.yaml` in the working folder, where the start looks for it. */
const check = (env: Record<string, string>, yaml?: string): Promise<Checked> => {
  if (yaml !== undefined) writeFileSync(join(folder, 'mendline.yaml'), yaml)
  return run(process.execPath, [join(root, 'src/cli/mendline.ts'), 'check'], folder, env)
}

/** A company's mail server that knows one password. */
async function mailServer(): Promise<number> {
  const port = await freePort()
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: (auth, _, done) => (auth.password === password ? done(null, { user: 'desk' }) : done(new Error('who are you'))),
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => void server.listen(port, '127.0.0.1', () => resolve()))
  cleanups.push(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return port
}

describe('mendline check', () => {
  it('is there as `npx mendline check`, on the Node of the project', async () => {
    const checked = await run('npx', ['mendline', 'check'], root, { DATA_DIR: folder })
    expect(checked).toEqual({ code: 0, lines: [expect.stringMatching(/^ok {5}settings: /), `ok     DATA_DIR: ${folder} can be written`, 'Nothing is wrong.'] })
  })

  it('names every bad setting at once, those of the file with their lines, and tries nothing', async () => {
    const { code, lines } = await check(
      { PORT: 'many', REDIS_URL: 'http://here', TWILIO_FROM: '+14155550100' },
      'company: A\ntimeZone: Mars\nform:\n  product: maybe\n  colour: red\n  size: big\n',
    )
    expect(code).toBe(1)
    expect(lines).toEqual([
      expect.stringMatching(/^WRONG {2}PORT: /),
      expect.stringMatching(/^WRONG {2}REDIS_URL: .*redis:\/\//),
      expect.stringMatching(/^WRONG {2}mendline\.yaml:2: timeZone: .*Europe\/Berlin/),
      expect.stringMatching(/^WRONG {2}mendline\.yaml:4: form\.product: /),
      'WRONG  mendline.yaml:5: form.colour: is no setting',
      'WRONG  mendline.yaml:6: form.size: is no setting',
      expect.stringMatching(/^WRONG {2}TWILIO_…: /),
      '7 things are wrong; connections are tried once the settings are right.',
    ])
  })

  it('says that DATA_DIR is no folder', async () => {
    writeFileSync(join(folder, 'data'), 'a file')
    expect(await check({})).toMatchObject({
      code: 1,
      lines: [expect.stringMatching(/^ok/), expect.stringMatching(/^WRONG {2}DATA_DIR: .*is a file/), 'One thing is wrong.'],
    })
  })

  it('explains itself when asked for something else', async () => {
    expect((await run(process.execPath, [join(root, 'src/cli/mendline.ts'), 'fly'], folder, {})).code).toBe(2)
  })

  it.skipIf(without('redis', 'mongodb', 'imap'))(
    'says of every server that it works, or what is wrong with it, and shows no password',
    async () => {
      const [redis, mongo, imap, smtpPort] = [await startRedis(), await startMongo(), await startImap(), await mailServer()]
      cleanups.push(
        () => redis.remove(),
        () => mongo.remove(),
        () => imap.stop(),
      )
      const env = {
        ADMIN_KEY: 'check-key-0123456789',
        MONGODB_URL: mongo.url,
        REDIS_URL: redis.url,
        SMTP_URL: `smtp://desk:${password}@127.0.0.1:${smtpPort}`,
        IMAP_URL: imap.url(),
      }
      expect(await check(env, 'company: A\n')).toEqual({
        code: 0,
        lines: [
          'ok     settings: the environment and mendline.yaml',
          expect.stringMatching(/^ok {5}MONGODB_URL: MongoDB at 127\.0\.0\.1:\d+, database mendline/),
          expect.stringMatching(/^ok {5}REDIS_URL: Redis [\d.]+ at .*noeviction, append-only file on/),
          expect.stringMatching(/^ok {5}SMTP_URL: /),
          expect.stringMatching(/^ok {5}IMAP_URL: .*folder INBOX with 0 mails/),
          'Nothing is wrong.',
        ],
      })

      const forgetful = await startRedis({ config: ['--maxmemory-policy', 'allkeys-lru'] })
      cleanups.push(() => forgetful.remove())
      mongo.kill()
      const trouble = await check({
        ...env,
        REDIS_URL: forgetful.url,
        SMTP_URL: `smtp://desk:wrong-${password}@127.0.0.1:${smtpPort}`,
        IMAP_URL: imap.url('Nowhere'),
      })
      expect(trouble.code).toBe(1)
      expect(trouble.lines.slice(1)).toEqual([
        expect.stringMatching(/^WRONG {2}MONGODB_URL: no usable answer from 127\.0\.0\.1:\d+ \(/),
        expect.stringMatching(/^WRONG {2}REDIS_URL: .*allkeys-lru.*noeviction/),
        expect.stringMatching(/^WRONG {2}SMTP_URL: .*535/),
        expect.stringMatching(/^WRONG {2}IMAP_URL: .*Nowhere/),
        '4 things are wrong.',
      ])
      expect(trouble.lines.join('\n')).not.toContain(password)
    },
    120_000,
  )
})
