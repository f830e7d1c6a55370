// The door to Slack: only what Slack signed, now and whole, comes in; what came in is stored before Slack hears so, and once.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { HttpReply } from '../../../src/channel.ts'
import { Unavailable } from '../../../src/errors.ts'
import { sign } from '../../emulators/slack/delivery.ts'
import { post } from '../through-webhook.ts'
import { openSlack, type Open } from './desk-door.ts'
import { path, signed } from './fixture.ts'

let open: Open
beforeEach(async () => void (open = await openSlack()))
afterEach(() => open.close())

const payload = (name: string) => readFile(join(import.meta.dirname, 'payloads', name))
const json = 'application/json'
const secret = () => open.slack.signingSecret

function send(body: Buffer, credentials: ReturnType<typeof signed>): Promise<HttpReply> {
  const [route] = open.channel.serve?.(open.door).http ?? []
  if (route === undefined) throw new Error('no route')
  return route.handle(post(path, body, credentials))
}

describe('what Slack signed', () => {
  it('is taken', async () => {
    const body = await payload('message-im.json')
    expect(await send(body, signed(secret(), body, json))).toEqual({ status: 200 })
    expect(open.door.messages()).toHaveLength(1)
  })

  it('is taken five minutes early or late, so that clocks need not agree', async () => {
    const body = await payload('message-im.json')
    for (const offset of [-295, 295]) expect(await send(body, signed(secret(), body, json, offset))).toEqual({ status: 200 })
  })

  it.each([
    ['with one byte changed', (body: Buffer) => ({ body: Buffer.from(body.toString().replace('T5', 'T6')), credentials: signed(secret(), body, json) })],
    ['with another secret', (body: Buffer) => ({ body, credentials: signed('another-secret', body, json) })],
    ['six minutes ago', (body: Buffer) => ({ body, credentials: signed(secret(), body, json, -361) })],
    ['six minutes from now', (body: Buffer) => ({ body, credentials: signed(secret(), body, json, 361) })],
    [
      'at no time',
      (body: Buffer) => ({ body, credentials: { ...signed(secret(), body, json), headers: { 'content-type': json, 'x-slack-signature': 'v0=00' } } }),
    ],
    [
      'at another time than it says',
      (body: Buffer) => {
        const { headers } = signed(secret(), body, json)
        return { body, credentials: { headers: { ...headers, 'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000) + 5) }, query: '' } }
      },
    ],
    [
      'under another version',
      (body: Buffer) => {
        const { headers } = signed(secret(), body, json)
        return { body, credentials: { headers: { ...headers, 'x-slack-signature': (headers['x-slack-signature'] ?? '').replace('v0', 'v1') }, query: '' } }
      },
    ],
  ])('is refused %s, and nothing is written', async (_how, spoil) => {
    const { body, credentials } = spoil(await payload('message-im.json'))
    expect(await send(body, credentials)).toMatchObject({ status: 401, body: expect.stringMatching(/"detail":".{20,}"/) })
    expect(open.door.events).toEqual([])
    expect(open.door.files).toMatchObject({ kept: new Map() })
  })

  it('is signed as Slack’s own documentation shows', () => {
    // https://docs.slack.dev/authentication/verifying-requests-from-slack, with its own secret, body and result
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
    expect(sign('8f742231b10e8888abcd99yyyzzz85a5', 1531420618, body)['x-slack-signature']).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    )
  })
})

describe('a handshake', () => {
  it('is answered with its challenge', async () => {
    const body = Buffer.from(JSON.stringify({ token: 'XXYYZZ', challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P', type: 'url_verification' }))
    const reply = await send(body, signed(secret(), body, json))
    expect(JSON.parse(String(reply.body))).toEqual({ challenge: '3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P' })
  })

  it('is refused unsigned', async () => {
    const body = Buffer.from('{"type":"url_verification","challenge":"x"}')
    expect(await send(body, { headers: { 'content-type': json }, query: '' })).toMatchObject({ status: 401 })
  })
})

describe('the same input', () => {
  it('twice is one message', async () => {
    const body = await payload('message-im.json')
    for (let copy = 0; copy < 2; copy++) expect(await send(body, signed(secret(), body, json))).toEqual({ status: 200 })
    expect(open.door.messages()).toHaveLength(1)
  })

  it('as a mention and as a message, with two event ids, is one message whichever comes first', async () => {
    const mention = await payload('app-mention.json')
    const message = Buffer.from(
      mention.toString().replace('"type": "app_mention"', '"type": "message", "channel_type": "channel"').replace('Ev06N1AAAA04', 'Ev06N1AAAA99'),
    )
    for (const body of [message, mention]) expect(await send(body, signed(secret(), body, json))).toEqual({ status: 200 })
    expect(open.door.messages()).toHaveLength(1)
    expect(open.door.messages()[0]).toMatchObject({
      text: 'the dishwasher in the kitchen of #office leaks, @U061DANA1 saw it too',
      thread: 'C06HELPDESK:1709640300.300019',
    })
  })

  it('sent in triplicate by Slack is one message', async () => {
    open.slack.delivery.copies = 3
    const ann = open.slack.person({ name: 'ann' })
    await ann.say(ann.im, 'My washing machine leaks.')
    expect(open.slack.delivery.attempts.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(open.door.messages()).toHaveLength(1)
  })
})

describe('while the store is away', () => {
  it('Slack is not told that anything was taken, sends it again, and it is one message', async () => {
    const ann = open.slack.person({ name: 'ann' })
    open.door.failNext(2)
    await ann.say(ann.im, 'My washing machine leaks.')
    expect(open.slack.delivery.attempts.map(({ status }) => status)).toEqual([500, 500, 200])
    expect(open.door.messages()).toHaveLength(1)
  })

  it('what is for a worker is sent again, too', async () => {
    open.door.failNext(1)
    await open.slack.person({ name: 'gil' }).openHome()
    expect(open.slack.delivery.attempts.map(({ status }) => status)).toEqual([500, 200])
    expect(open.door.events).toMatchObject([{ kind: 'event', channel: 'slack' }])
  })

  it('the error says whose fault it is', async () => {
    open.door.failNext(1)
    const body = await payload('message-im.json')
    await expect(send(body, signed(secret(), body, json))).rejects.toBeInstanceOf(Unavailable)
  })
})

it('tells the operator when Slack drops events', async () => {
  const body = Buffer.from(
    JSON.stringify({ token: 'XXYYZZ', type: 'app_rate_limited', team_id: 'T061EG9R6', minute_rate_limited: 1518467820, api_app_id: 'A07MENDAPP' }),
  )
  expect(await send(body, signed(secret(), body, json))).toEqual({ status: 200 })
  expect(open.problems).toHaveLength(1)
})
