// Who may talk: tokens, origins, rates.
import { SignJWT } from 'jose'
import { afterEach, describe, expect, it } from 'vitest'
import { createWebchatChannel } from '../../../channels/webchat/index.ts'
import { StartError } from '../../../src/errors.ts'
import { systemRandom } from '../../../src/random.ts'
import { startWebchat, testSecret, type WebchatServer, type WebchatServerOptions } from '../../support/webchat-server.ts'
import { ask, errorAnswer, idAnswer, openAnswer, refusal, testClock, tokenAnswer, visit, type Asked } from './visitor.ts'

const servers: WebchatServer[] = []
async function start(options: WebchatServerOptions = {}): Promise<WebchatServer> {
  const server = await startWebchat(options)
  servers.push(server)
  return server
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop()
})

const day = 24 * 60 * 60
const claimsOf = (token: string): unknown => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
const generate = (server: WebchatServer, body?: unknown) =>
  ask(server, '/tokens/generate', { method: 'POST', ...(body === undefined ? {} : { body: JSON.stringify(body) }) })

describe('a token', () => {
  it('is given without a secret, lasts half an hour and names the visitor and the conversation', async () => {
    const server = await start()
    const { token, conversationId, expires_in } = tokenAnswer.parse((await generate(server)).json)
    expect(expires_in).toBe(1800)
    expect(claimsOf(token)).toMatchObject({ conv: conversationId, user: expect.stringMatching(/^dl_[0-9a-z]{26}$/) })
  })

  it('gives two visitors who claim the same id two ids and two conversations', async () => {
    const server = await start()
    const answers = [await generate(server, { user: { id: 'alice' } }), await generate(server, { user: { id: 'alice' } })]
    const [first, second] = answers.map((answer) => tokenAnswer.parse(answer.json))
    expect(first?.conversationId).not.toBe(second?.conversationId)
    expect(claimsOf(first?.token ?? '')).toMatchObject({ user: expect.stringMatching(/^dl_u[0-9a-f]{40}$/) })
  })

  it("does not give another visitor's id, even when that very id is claimed", async () => {
    const server = await start()
    const first = tokenAnswer.parse((await generate(server)).json)
    const user = /"user":"(dl_[^"]+)"/.exec(JSON.stringify(claimsOf(first.token)))?.[1]
    const second = tokenAnswer.parse((await generate(server, { user: { id: user } })).json)
    expect(second.conversationId).not.toBe(first.conversationId)
  })

  it.each([
    ['text', 'not json'],
    ['a list', '[1]'],
    ['a user that is no object', '{"user":"me"}'],
    ['an id that is no text', '{"user":{"id":7}}'],
  ])('refuses %s as a request', async (_, body) => {
    expect(refusal(await ask(await start(), '/tokens/generate', { method: 'POST', body }))).toBe('400 MalformedData')
  })

  it('refuses a request of unreasonable size', async () => {
    const body = JSON.stringify({ user: { name: 'x'.repeat(20_000) } })
    expect(refusal(await ask(await start(), '/tokens/generate', { method: 'POST', body }))).toBe('413 PayloadTooLarge')
  })

  it.each([
    ['no header', {}],
    ['another scheme', { authorization: 'Basic abc' }],
    ['an empty bearer', { authorization: 'Bearer ' }],
  ])('is wanted: %s is 401', async (_, headers) => {
    expect(refusal(await ask(await start(), '/conversations', { method: 'POST', headers }))).toBe('401 Unauthorized')
  })

  it('that was tampered with is refused, whichever part', async () => {
    const server = await start()
    const { token } = await visit(server)
    const [head = '', body = '', signature = ''] = token.split('.')
    const other = Buffer.from(JSON.stringify({ site: 'web', user: 'dl_other', aud: 'access', exp: 9e9 })).toString('base64url')
    const unsigned = Buffer.from('{"alg":"none"}').toString('base64url')
    for (const bad of [`${head}.${other}.${signature}`, `${head}.${body}.${signature.slice(0, -2)}AA`, `${unsigned}.${body}.`, 'undefined'])
      expect(refusal(await ask(server, '/conversations', { method: 'POST', ...bearer(bad) }))).toBe('403 BadArgument')
  })

  it('signed by somebody else, or by us for another site, is refused', async () => {
    const server = await start()
    const forged = await new SignJWT({ site: 'web', user: 'dl_x' })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience('access')
      .setExpirationTime('1h')
      .sign(testSecret)
    const elsewhere = await visit(await start({ site: 'other' }))
    for (const bad of [forged, elsewhere.token])
      expect(refusal(await ask(server, '/conversations', { method: 'POST', ...bearer(bad) }))).toBe('403 BadArgument')
  })

  it('of one conversation opens no other', async () => {
    const server = await start()
    const [mine, other] = [await visit(server), await visit(server)]
    await other.say('a secret')
    const path = `/conversations/${other.conversation}`
    expect(refusal(await mine.ask(path))).toBe('403 Forbidden')
    expect(refusal(await mine.ask(`${path}/activities`))).toBe('403 Forbidden')
    expect(refusal(await mine.ask(`${path}/activities`, { method: 'POST', body: '{"type":"message","text":"hi"}' }))).toBe('403 Forbidden')
    expect(refusal(await mine.ask(`${path}/upload`, { method: 'POST', body: new FormData() }))).toBe('403 Forbidden')
    expect(server.door.all(other.conversation)).toHaveLength(1)
  })

  it('ends after half an hour with TokenExpired, and is refreshed into the same conversation for 30 days', async () => {
    const clock = testClock()
    const server = await start({ clock })
    const visitor = await visit(server)
    await visitor.say('before')
    clock.pass(1801)
    expect(refusal(await visitor.say('too late'))).toBe('403 TokenExpired')
    clock.pass(29 * day)
    const refreshed = tokenAnswer.parse((await visitor.ask('/tokens/refresh', { method: 'POST' })).json)
    expect(refreshed.conversationId).toBe(visitor.conversation)
    const again = await ask(server, `/conversations/${visitor.conversation}/activities`, bearer(refreshed.token))
    expect(again.status).toBe(200)
    clock.pass(31 * day)
    expect(refusal(await visitor.ask('/tokens/refresh', { method: 'POST' }))).toBe('403 TokenExpired')
  })

  it('survives a restart of the server under the same secret, and not under another', async () => {
    const visitor = await visit(await start())
    const same = await ask(await start(), '/conversations', { method: 'POST', ...bearer(visitor.token) })
    expect(same.status).toBe(201)
    const other = await start({ secret: new Uint8Array(32) })
    expect(refusal(await ask(other, '/conversations', { method: 'POST', ...bearer(visitor.token) }))).toBe('403 BadArgument')
  })

  it('of a stream or a file is no token to speak with', async () => {
    const server = await start()
    const visitor = await visit(server)
    const streamToken = new URL(await visitor.stream()).searchParams.get('t') ?? ''
    expect(refusal(await ask(server, '/conversations', { method: 'POST', ...bearer(streamToken) }))).toBe('403 BadArgument')
    expect(refusal(await ask(server, '/tokens/refresh', { method: 'POST', ...bearer(streamToken) }))).toBe('403 BadArgument')
  })

  it('cannot be made with a short secret', () => {
    const settings = { publicUrl: 'http://x', secret: new Uint8Array(31), allowedOrigins: [], clock: testClock(), random: systemRandom }
    expect(() => createWebchatChannel(settings)).toThrow(StartError)
  })
})

describe('opening a conversation', () => {
  it('answers 201 for a new one, 200 for one that has messages, and a stream at our public address', async () => {
    const server = await start({ publicUrl: 'https://help.example.com/desk/' })
    const visitor = await visit(server)
    const fresh = await visitor.ask('/conversations', { method: 'POST', body: '{"user":{"id":"me"},"locale":"en"}' })
    expect(fresh.status).toBe(201)
    const { conversationId, streamUrl } = openAnswer.parse(fresh.json)
    expect(conversationId).toBe(visitor.conversation)
    expect(streamUrl).toContain(`wss://help.example.com/desk/v3/directline/conversations/${conversationId}/stream?`)
    idAnswer.parse((await visitor.say('hi')).json)
    expect((await visitor.ask('/conversations', { method: 'POST' })).status).toBe(200)
  })

  it('refuses a watermark that is not one', async () => {
    const visitor = await visit(await start())
    for (const bad of ['x', '-1', '1.5', '9'.repeat(30)]) {
      expect(refusal(await visitor.ask(`/conversations/${visitor.conversation}?watermark=${bad}`))).toBe('400 BadArgument')
      expect(refusal(await visitor.ask(`/conversations/${visitor.conversation}/activities?watermark=${bad}`))).toBe('400 BadArgument')
    }
  })
})

describe('the origin list', () => {
  const from = (origin: string, more: Asked = {}): Asked => ({ method: 'POST', ...more, headers: { origin, ...more.headers } })
  const allowOrigin = (headers: Headers) => headers.get('access-control-allow-origin')

  it('lets listed origins, our own, and requests without one in, and no other', async () => {
    const server = await start({ publicUrl: 'https://help.example.com', allowedOrigins: ['https://Shop.example/'] })
    expect((await ask(server, '/tokens/generate', { method: 'POST' })).status).toBe(200)
    for (const origin of ['https://shop.example', 'https://help.example.com', server.url]) {
      const answer = await ask(server, '/tokens/generate', from(origin))
      expect(answer.status).toBe(200)
      expect(allowOrigin(answer.headers)).toBe(origin)
      expect(answer.headers.get('vary')).toBe('origin')
    }
    for (const origin of ['https://evil.example', 'http://shop.example', 'https://shop.example.evil.example', 'null']) {
      const answer = await ask(server, '/tokens/generate', from(origin))
      expect(refusal(answer)).toBe('403 OriginNotAllowed')
      expect(errorAnswer.parse(answer.json).error.message).toContain('WEBCHAT_ALLOWED_ORIGINS')
      expect(allowOrigin(answer.headers)).toBeNull()
    }
  })

  it('guards every route, also with a good token', async () => {
    const server = await start()
    const visitor = await visit(server)
    const path = `/conversations/${visitor.conversation}/activities`
    expect(refusal(await visitor.ask(path, { headers: { origin: 'https://evil.example' } }))).toBe('403 OriginNotAllowed')
  })

  it('is open to all with a star', async () => {
    const server = await start({ allowedOrigins: ['*'] })
    expect(allowOrigin((await ask(server, '/tokens/generate', from('https://any.example'))).headers)).toBe('https://any.example')
  })

  it("answers a browser's question before the request, for what the clients send", async () => {
    const server = await start({ allowedOrigins: ['https://shop.example'] })
    const asked = await ask(server, '/conversations', from('https://shop.example', { method: 'OPTIONS' }))
    expect(asked.status).toBe(204)
    expect(asked.headers.get('access-control-allow-headers')).toContain('x-ms-bot-agent')
    expect((await ask(server, '/conversations', from('https://evil.example', { method: 'OPTIONS' }))).status).toBe(403)
  })

  it('lets a page read why it was refused', async () => {
    const server = await start({ allowedOrigins: ['https://shop.example'] })
    const answer = await ask(server, '/conversations', from('https://shop.example'))
    expect(refusal(answer)).toBe('401 Unauthorized')
    expect(allowOrigin(answer.headers)).toBe('https://shop.example')
  })
})

describe('the rate limit', () => {
  it('gives so many tokens an address, says when there is one again, and keeps its word', async () => {
    const clock = testClock()
    const server = await start({ clock, rateLimit: { tokens: 3 } })
    for (let count = 0; count < 3; count++) expect((await generate(server)).status).toBe(200)
    const refused = await generate(server)
    expect(refusal(refused)).toBe('429 TooManyRequests')
    const wait = Number(refused.headers.get('retry-after'))
    expect(wait).toBe(20)
    clock.pass(wait - 1)
    expect((await generate(server)).status).toBe(429)
    clock.pass(1)
    expect((await generate(server)).status).toBe(200)
  })

  it('slows one conversation down and no other', async () => {
    const server = await start({ clock: testClock(), rateLimit: { activities: 2 } })
    const [busy, calm] = [await visit(server), await visit(server)]
    await busy.say('1')
    await busy.say('2')
    expect(refusal(await busy.say('3'))).toBe('429 TooManyRequests')
    expect((await calm.say('1')).status).toBe(200)
    expect(server.door.texts(busy.conversation)).toEqual(['1', '2'])
  })
})
