// The contract of a channel, run over every channel there is: what providers, customers and strangers may send it, and what it may do with it.
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Abilities, Channel, Route } from '../../src/channel.ts'
import { FetchError, SendError } from '../../src/errors.ts'
import type { ChannelEvent } from '../../src/message.ts'
import { mailDoor, memoryFiles } from '../support/mail-door.ts'
import { outboundTo, outgoing } from '../support/outbound.ts'
import { eventOf } from './event-schema.ts'
import type { ChannelFixture, OpenChannel, Payload } from './fixture.ts'
import { fixtures } from './fixtures.ts'
import { post, toWebhook } from './through-webhook.ts'

const abilities: z.ZodType<Abilities> = z.strictObject({
  textLimit: z.int().min(100),
  choices: z.enum(['buttons', 'numbers']),
  questions: z.enum(['all_at_once', 'one_by_one']),
  attachments: z.boolean(),
  receipts: z.boolean(),
  gatherMs: z.strictObject({ text: z.number().min(0).max(10_000), media: z.number().min(0).max(10_000) }),
  storeIsDelivery: z.boolean(),
  budgeted: z.boolean(),
  windowMs: z.number().min(60_000).nullable(),
  carrierKeywords: z.boolean(),
})

/** Bodies that no provider sends; the same in every run. */
const junk: readonly [what: string, body: Buffer][] = [
  ['nothing', Buffer.alloc(0)],
  ['NULs', Buffer.alloc(1_000)],
  ['noise', Buffer.from(Array.from({ length: 4_096 }, (_, n) => (n * n * 31 + n * 7 + (n >> 3)) % 256))],
  ['half an object', Buffer.from('{"type":"event","team_id":')],
  ['a list', Buffer.from('[[[[1]]]]')],
  ['a field named __proto__', Buffer.from('{"__proto__":{"kind":"accepted"},"constructor":1}')],
]

describe.each(Object.entries(fixtures))('%s', (name, fixture: ChannelFixture) => {
  const payloads = readdirSync(join(import.meta.dirname, name, 'payloads')).filter((file) => !file.endsWith('.md'))
  const payload = async (file: string): Promise<Payload> => ({ name: file, body: await readFile(join(import.meta.dirname, name, 'payloads', file)) })

  describe('as data', () => {
    it('says what it can do in plain, sane numbers, and goes by its name', async () => {
      const { channel, close } = await fixture.open()
      await close()
      expect(channel.name).toBe(name)
      expect(abilities.parse(channel.abilities)).toEqual(JSON.parse(JSON.stringify(channel.abilities)))
    })
  })

  describe('a recorded payload', () => {
    let open: OpenChannel
    beforeAll(async () => void (open = await fixture.open()))
    afterAll(() => open.close())
    const read = async (file: string) => open.deliver(await payload(file), mailDoor(memoryFiles()))

    it.each(payloads)('%s is read into events of our shapes, the same ones each time', async (file) => {
      const first = await read(file)
      for (const event of first) expect(eventOf(open.channel.name).safeParse(event)).toMatchObject({ success: true })
      if (!fixture.withoutIds?.includes(file)) expect((await read(file)).map(idOf)).toEqual(first.map(idOf))
    })

    it('is a message in some of them, or an event where nobody is spoken to, and no two have the same id', async () => {
      const ids: string[] = []
      const kind = fixture.oneWay ? 'event' : 'message'
      for (const file of payloads) for (const event of await read(file)) if (event.kind === kind) ids.push(idOf(event))
      expect(ids.length).toBeGreaterThan(0)
      expect(new Set(ids).size).toBe(ids.length)
    })
  })

  describe('a webhook', () => {
    let open: OpenChannel
    beforeAll(async () => void (open = await fixture.open()))
    afterAll(() => open.close())

    /** Posts to each webhook of the channel and expects a refusal with its reason, and that nothing is taken in. */
    const refused = async (make: (webhooks: Webhooks, one: Webhook) => Promise<Post>, status: unknown): Promise<void> => {
      const { channel, webhooks } = open
      expect(webhooks === undefined).toBe((channel.webhooks ?? []).length === 0)
      for (const webhook of channel.webhooks ?? []) {
        if (webhooks === undefined) continue
        const { body, credentials } = await make(webhooks, webhook)
        const door = mailDoor(memoryFiles())
        const reply = await toWebhook(webhook, body, credentials, door.accept, open.params)
        expect(reply).toMatchObject({ status, body: expect.stringMatching(/"detail":"[^"]{10,}/) })
        expect(door.events).toEqual([])
      }
    }

    it('takes what its provider sends', async () => {
      const { channel, webhooks } = open
      for (const webhook of channel.webhooks ?? []) {
        const body = (await webhooks?.valid(webhook)) ?? Buffer.alloc(0)
        const reply = await toWebhook(webhook, body, webhooks?.sign(webhook, body) ?? { headers: {}, query: '' }, mailDoor(memoryFiles()).accept, open.params)
        expect(reply.status).toBe(200)
      }
    })

    it('refuses who does not show that they are the provider', () =>
      refused(
        async ({ valid, sign }, webhook) => {
          const body = await valid(webhook)
          const type = sign(webhook, body).headers['content-type'] ?? ''
          return { body, credentials: { headers: { 'content-type': type }, query: '' } }
        },
        expect.toSatisfy((status) => status === 401 || status === 403),
      ))

    it('refuses a body that is not the one that was signed', () =>
      refused(
        async ({ valid, sign, bindsBody }, webhook) => {
          const body = await valid(webhook)
          const credentials = sign(webhook, body)
          // A shared secret says nothing of the body: there it is the secret that is not quite the same.
          if (bindsBody) return { body: Buffer.concat([body, Buffer.from('&x=1')]), credentials }
          const headers = Object.entries(credentials.headers).map(([header, value]) => [header, header === 'content-type' ? value : value.slice(0, -1)])
          return { body, credentials: { headers: Object.fromEntries(headers), query: credentials.query.slice(0, -1) } }
        },
        expect.toSatisfy((status) => status === 401 || status === 403),
      ))

    it('refuses a body over its limit', () =>
      refused(async ({ sign }, webhook) => {
        const body = Buffer.alloc(webhook.limit + 1, 0x20)
        return { body, credentials: sign(webhook, body) }
      }, 413))

    it.each(junk)('refuses %s, signed as it may be', (_what, body) =>
      refused(
        async ({ sign }, webhook) => ({ body, credentials: sign(webhook, body) }),
        expect.toSatisfy((status) => status === 400 || status === 415),
      ),
    )

    it('refuses a content type that is none of its own', () =>
      refused(
        async ({ valid, sign }, webhook) => {
          const body = await valid(webhook)
          const { headers, query } = sign(webhook, body)
          return { body, credentials: { headers: { ...headers, 'content-type': 'image/png' }, query } }
        },
        expect.toSatisfy((status) => status === 400 || status === 415),
      ))
  })

  describe('a route', () => {
    it('lets a stranger with junk do nothing, and does not break', async () => {
      const open = await fixture.open()
      try {
        const door = mailDoor(memoryFiles())
        const routes: Route[] = (open.channel.serve?.(door).http ?? []).filter(({ method }) => method !== 'GET' && method !== 'OPTIONS')
        for (const route of routes)
          for (const [, body] of junk)
            for (const type of ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data', 'image/png']) {
              const headers = { 'content-type': type, authorization: 'Bearer a.b.c' }
              const reply = await route.handle({ ...post(route.path, body, { headers, query: '' }, open.params), method: route.method })
              expect(reply.status).toBeLessThan(500)
            }
        expect(door.events).toEqual([])
        expect(door.files.kept.size).toBe(0)
      } finally {
        await open.close()
      }
    })
  })

  describe('sending', () => {
    let open: OpenChannel
    beforeEach(async () => void (open = await fixture.open()))
    afterEach(() => open.close())
    const send = async ({ channel, place, route }: OpenChannel) => channel.send(outgoing(outboundTo(place), memoryFiles(), route ?? null))

    it('answers with the provider’s word, and finds what it sent', async () => {
      if (fixture.oneWay) return expect(send(open)).rejects.toMatchObject({ kind: 'never' })
      const { channel, place } = open
      const before = await channel.find?.(outboundTo(place))
      const receipt = await send(open)
      expect(receipt).toEqual({ providerId: expect.stringMatching(/./), state: expect.stringMatching(/^(sent|delivered)$/) })
      if (channel.find === undefined) return
      expect(before).toBeUndefined()
      expect(await channel.find(outboundTo(place))).toMatchObject({ providerId: receipt.providerId })
    })

    it('is to be tried again while the provider is away, and never for a recipient who does not exist', async () => {
      const { channel, provider, place } = open
      expect(provider === undefined).toBe(channel.abilities.storeIsDelivery || fixture.oneWay === true)
      if (provider === undefined) return
      const failure = () =>
        send(open).then(
          () => 'sent',
          (error: unknown) => error,
        )
      provider.refuseRecipient()
      const refusal = await failure()
      await provider.goAway()
      const absence = await failure()
      for (const [error, kind] of [
        [refusal, 'never'],
        [absence, 'later'],
      ] as const) {
        expect(error).toBeInstanceOf(SendError)
        expect(error).toMatchObject({ kind, reason: expect.not.stringContaining(place.address) })
      }
    })
  })

  describe('listening', () => {
    it('ends with its signal, at once where that was given before', async () => {
      const open = await fixture.open()
      try {
        for (const early of [false, true]) {
          const stop = new AbortController()
          if (early) stop.abort()
          const listening = await open.channel.listen?.(mailDoor(memoryFiles()), stop.signal)
          stop.abort()
          await listening?.done
        }
      } finally {
        await open.close()
      }
    })
  })

  describe('fetching', () => {
    it('goes to no host but the provider’s', async () => {
      const open = await fixture.open()
      const asked: (string | undefined)[] = []
      const stranger = createServer((request, response) => {
        asked.push(request.url)
        response.end('mine')
      }).listen(0, 'localhost')
      await once(stranger, 'listening')
      const address = stranger.address()
      const port = typeof address === 'object' ? address?.port : 0
      try {
        for (const remote of [
          `http://localhost:${port}/media`,
          `http://user:pass@localhost:${port}/media`,
          'file:///etc/passwd',
          'http://169.254.169.254/latest',
          '//',
          '',
        ])
          await expect(fetchOf(open.channel, remote)).rejects.toMatchObject({ kind: 'never' })
        expect(asked).toEqual([])
      } finally {
        stranger.close()
        await open.close()
      }
    })
  })
})

type Webhooks = NonNullable<OpenChannel['webhooks']>
type Webhook = NonNullable<Channel['webhooks']>[number]
interface Post {
  body: Buffer
  credentials: ReturnType<Webhooks['sign']>
}

/** What makes a repetition no second message. */
function idOf(event: ChannelEvent): string {
  switch (event.kind) {
    case 'message':
      return `message ${event.message.keyWithoutAccount ? '' : event.message.account} ${event.message.providerId}`
    case 'receipt':
      return `receipt ${event.receipt.messageId ?? event.receipt.providerId} ${event.receipt.state}`
    case 'event':
      return `event ${event.id}`
  }
}

/** A channel that fetches nothing goes nowhere. */
async function fetchOf(channel: Channel, remote: string): Promise<void> {
  if (channel.fetch === undefined) throw new FetchError('never', 'nothing is fetched')
  await channel.fetch({ remote, name: 'photo.jpg', contentType: 'image/jpeg' })
}
