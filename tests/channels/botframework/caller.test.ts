// Who is let in at POST /api/messages, with the token check on: each refused token is a good one with one thing broken.
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Change } from '../../emulators/microsoft/tokens.ts'
import { openBot, recorded, type Bot } from './bot.ts'

let bot: Bot
beforeAll(async () => void (bot = await openBot()))
afterAll(() => bot.close())

const teams = (id: string) => recorded('teams-personal-message', { id })
const emulator = (id: string) => recorded('emulator-message', { id })
const service = 'https://smba.trafficmanager.net/emea/'

/** Posts it and expects a refusal that says why, and nothing taken in. */
async function refused(activity: Awaited<ReturnType<typeof recorded>>, token: string | null): Promise<void> {
  const before = bot.messages().length
  expect(await bot.post(activity, token)).toMatchObject({ status: 401, body: expect.stringMatching(/"detail":"[^"]{10,}/) })
  expect(bot.messages()).toHaveLength(before)
}

describe('a token of the Bot Framework service', () => {
  it('lets its activity in', async () => {
    expect(await bot.post(await teams('good'))).toEqual({ status: 200 })
    expect(bot.messages().at(-1)?.providerId).toMatch(/^msteams\/a:1.*\/good$/)
  })

  it('lets the same activity in once, however often it comes', async () => {
    const activity = await teams('again')
    const before = bot.messages().length
    for (let time = 0; time < 3; time++) expect(await bot.post(activity)).toEqual({ status: 200 })
    expect(bot.messages()).toHaveLength(before + 1)
  })

  it('is taken within five minutes of its time, clocks being what they are', async () => {
    const { fromService } = bot.microsoft.issuers
    expect(await bot.post(await teams('late'), await fromService(service, { expires: -200 }))).toEqual({ status: 200 })
    expect(await bot.post(await teams('early'), await fromService(service, { notBefore: 200 }))).toEqual({ status: 200 })
  })

  const broken: readonly [what: string, change: Change][] = [
    ['for another app', { claims: { aud: '11111111-2222-3333-4444-555555555555' } }],
    ['for nobody', { claims: { aud: null } }],
    ['of another issuer', { claims: { iss: 'https://api.botframework.example' } }],
    ['of no issuer', { claims: { iss: null } }],
    ['that has expired', { expires: -400 }],
    ['that does not hold yet', { notBefore: 400 }],
    ['signed by somebody else', { forged: true }],
    ['under a key that nobody published', { unknownKey: true }],
    ['for another connector', { claims: { serviceurl: 'https://smba.trafficmanager.net.attacker.example/' } }],
    ['for no connector', { claims: { serviceurl: null } }],
    ['that names a tenant of nobody', { claims: { tid: '99999999-2222-3333-4444-555555555555' } }],
  ]
  it.each(broken)('%s is refused', async (_what, change) => {
    await refused(await teams('broken'), await bot.microsoft.issuers.fromService(service, change))
  })

  it('is refused with one byte changed, wherever that is', async () => {
    const token = await bot.microsoft.issuers.fromService(service)
    const [header = '', payload = ''] = token.split('.')
    for (const at of [3, header.length + 20, header.length + payload.length + 30]) {
      const other = token[at] === 'A' ? 'B' : 'A'
      await refused(await teams('changed'), token.slice(0, at) + other + token.slice(at + 1))
    }
  })

  it('does not let an activity of another connector or channel in', async () => {
    const token = await bot.microsoft.issuers.fromService(service)
    await refused({ ...(await teams('elsewhere')), serviceUrl: 'https://attacker.example/' }, token)
    await refused({ ...(await teams('unendorsed')), channelId: 'a-channel-the-key-is-not-for' }, token)
  })

  it('is refused when it is signed with no algorithm, or with a shared secret', async () => {
    const [header = '', payload = ''] = (await bot.microsoft.issuers.fromService(service)).split('.')
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString())
    const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT', kid })).toString('base64url')
    await refused(await teams('none'), `${none}.${payload}.`)
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
    await refused(await teams('hs256'), await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid }).sign(Buffer.alloc(32, 7)))
  })
})

describe('without a token of theirs', () => {
  it.each([
    ['no token', null],
    ['no JSON Web Token', 'abc'],
    ['something with two dots', 'a.b.c'],
    ['two tokens', 'a.b.c d.e.f'],
  ])('%s is refused', async (_what, token) => refused(await teams('stranger'), token))

  it('an activity without the connector it comes from is refused', async () => {
    const { serviceUrl: _, ...activity } = await teams('nowhere')
    expect(await bot.post(activity, await bot.microsoft.issuers.fromService(service))).toMatchObject({ status: 400 })
  })
})

describe('a token of the Emulator', () => {
  it('lets in who has the password of the app', async () => {
    expect(await bot.post(await emulator('mine'))).toEqual({ status: 200 })
  })

  it('speaks for no other channel, so that nobody poses as a user of Teams with it', async () => {
    await refused(await teams('posing'), await bot.microsoft.issuers.fromEmulator())
  })

  it('is refused when it was given to us for the connector: what we send out opens no door of ours', async () => {
    await refused(await emulator('replayed'), await bot.microsoft.issuers.forBot())
  })

  it.each([
    ['of another app', { claims: { appid: '11111111-2222-3333-4444-555555555555' } }],
    ['of a person who signed in', { claims: { scp: 'access_as_user' } }],
    [
      'of a tenant we do not know',
      { claims: { iss: 'https://sts.windows.net/99999999-2222-3333-4444-555555555555/', tid: '99999999-2222-3333-4444-555555555555' } },
    ],
    ['that has expired', { expires: -400 }],
    ['signed by somebody else', { forged: true }],
  ] satisfies [string, Change][])('%s is refused', async (_what, change) => {
    await refused(await emulator('broken'), await bot.microsoft.issuers.fromEmulator(change))
  })
})

it('says that the fault is ours while the keys cannot be read', async () => {
  const away = await openBot()
  const activity = await teams('unreadable')
  const token = await away.microsoft.issuers.fromService(service)
  await away.close()
  await expect(away.post(activity, token)).rejects.toThrow('keys')
  expect(away.messages()).toEqual([])
})
