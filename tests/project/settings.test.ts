// Start refuses wrong settings, naming every one and what to do.
import { describe, expect, it } from 'vitest'
import { StartError } from '../../src/errors.ts'
import { readSettings } from '../../src/settings.ts'

function problemsOf(env: Record<string, string>, yaml?: string): readonly string[] {
  try {
    readSettings(env, () => yaml)
  } catch (error) {
    if (error instanceof StartError) return error.problems
    throw error
  }
  return []
}

describe('settings', () => {
  it('need nothing at all for the embedded engines', () => {
    expect(readSettings({}, () => undefined)).toMatchObject({
      port: 3000,
      role: 'all',
      mongodbUrl: undefined,
      email: { listenPort: 2525, supportAddresses: ['support@localhost'] },
    })
  })
  it('can turn the mail listener off, also where it is on by itself', () => {
    expect(readSettings({ SMTP_LISTEN_PORT: 'off' }, () => undefined).email?.listenPort).toBeUndefined()
    expect(readSettings({ SMTP_LISTEN_PORT: '0' }, () => undefined).email?.listenPort).toBe(0)
  })
  it('ask for both servers and a key when a role is given', () => {
    expect(problemsOf({ ROLE: 'worker', REDIS_URL: 'redis://localhost' })).toEqual([
      expect.stringContaining('set MONGODB_URL and REDIS_URL'),
      expect.stringContaining('ADMIN_KEY'),
    ])
  })
  it('name every wrong variable at once', () => {
    expect(problemsOf({ PORT: 'many', MONGODB_URL: 'postgres://x', ADMIN_KEY: 'short' }).map((line) => line.split(':')[0])).toEqual([
      'PORT',
      'MONGODB_URL',
      'ADMIN_KEY',
    ])
  })
  it('take a MongoDB of several members', () => {
    const url = 'mongodb://one:27017,two:27017/desk?replicaSet=rs0'
    expect(readSettings({ MONGODB_URL: url, ADMIN_KEY: 'a-long-enough-key' }, () => undefined).mongodbUrl).toBe(url)
  })
  it('name what is wrong in itself and what does not go together, and nothing that only follows from it', () => {
    expect(
      problemsOf({ ROLE: 'worker', MONGODB_URL: 'postgres://x', REDIS_URL: 'redis://x', ADMIN_KEY: 'short', MICROSOFT_APP_ID: 'an-app' }, 'closeAfter: soon'),
    ).toEqual([
      expect.stringMatching(/^MONGODB_URL: /),
      expect.stringMatching(/^ADMIN_KEY: /),
      expect.stringMatching(/^mendline\.yaml:1: closeAfter: /),
      expect.stringMatching(/^MICROSOFT_…: /),
    ])
  })
  it('take half a mail channel for a mistake', () => {
    const servers = { MONGODB_URL: 'mongodb://localhost', REDIS_URL: 'redis://localhost', ADMIN_KEY: 'a-long-enough-key' }
    expect(problemsOf({ ...servers, IMAP_URL: 'imaps://u:p@host' })).toEqual([expect.stringContaining('SMTP_URL')])
    expect(problemsOf({ ...servers, SMTP_URL: 'smtp://host' })).toEqual([expect.stringContaining('IMAP_URL')])
    expect(readSettings(servers, () => undefined).email).toBeUndefined()
  })
  it('take half a provider for a mistake, saying what completes it', () => {
    expect(problemsOf({ TWILIO_FROM: '+14155550100' })).toEqual([expect.stringContaining('TWILIO_ACCOUNT_SID')])
    expect(problemsOf({ SLACK_SIGNING_SECRET: 'a-signing-secret' })).toEqual([expect.stringContaining('SLACK_BOT_TOKEN')])
    expect(problemsOf({ SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual([expect.stringContaining('SLACK_SIGNING_SECRET')])
    expect(problemsOf({ MICROSOFT_APP_ID: 'an-app' })).toEqual([expect.stringContaining('MICROSOFT_APP_PASSWORD')])
    const twilio = { TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`, TWILIO_AUTH_TOKEN: 'token' }
    expect(problemsOf({ ...twilio, TWILIO_FROM: '0415 555' })).toEqual([expect.stringContaining('0415'), expect.stringContaining('555')])
    expect(readSettings({ ...twilio, TWILIO_WHATSAPP_FROM: 'whatsapp:+14155550100' }, () => undefined).twilio?.whatsappFrom).toEqual(['+14155550100'])
    expect(readSettings({}, () => undefined)).toMatchObject({ twilio: undefined, slack: undefined, microsoft: undefined })
  })
  it('name the line of a mistake in mendline.yaml', () => {
    expect(problemsOf({}, 'company: A\nform:\n  product: maybe\nsurvey:\n  delay: 5 weeks\n')).toEqual([
      expect.stringMatching(/^mendline\.yaml:3: form\.product: /),
      'mendline.yaml:5: survey.delay: is a time like 10s, 30m, 1h or 2d',
    ])
    expect(problemsOf({}, 'hours:\n  mon: 9-5\nsla:\n  - { priority: normal, respond: soon, restore: 4h, resolve: 8h }\n')).toEqual([
      expect.stringMatching(/^mendline\.yaml:2: hours\.mon: /),
      expect.stringMatching(/^mendline\.yaml:4: sla\.0\.respond: /),
    ])
    expect(problemsOf({}, 'reopenWithin: soon\nsameCaseWithin: 3')).toEqual([
      expect.stringMatching(/^mendline\.yaml:1: reopenWithin: /),
      expect.stringMatching(/^mendline\.yaml:2: sameCaseWithin: /),
    ])
    expect(problemsOf({}, 'company: [')).toEqual([expect.stringMatching(/^mendline\.yaml:\d+: /)])
  })
  it('let the survey wait an hour on servers and ten seconds embedded, unless the company says otherwise', () => {
    const servers = { MONGODB_URL: 'mongodb://localhost', ADMIN_KEY: 'a-long-enough-key' }
    expect(readSettings({}, () => undefined).company.surveyDelayMs).toBe(10_000)
    expect(readSettings(servers, () => undefined).company.surveyDelayMs).toBe(3_600_000)
    expect(readSettings(servers, () => 'survey: { delay: 2d }').company.surveyDelayMs).toBe(172_800_000)
  })
})
