// The stream: from the watermark, without gap, without double, whatever breaks.
import { Readable } from 'node:stream'
import * as fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { createWebchatChannel } from '../../../channels/webchat/index.ts'
import type { Socket } from '../../../src/channel.ts'
import { systemRandom } from '../../../src/random.ts'
import { startWebchat, testSecret, type WebchatServer } from '../../support/webchat-server.ts'
import { WebchatDoor } from '../../support/webchat-door.ts'
import { activitySet, ask, openAnswer, testClock, visit, type Visitor } from './visitor.ts'

const clock = testClock()
let server: WebchatServer
let visitor: Visitor
beforeEach(async () => {
  server = await startWebchat({ clock })
  visitor = await visit(server)
})
afterEach(() => server.stop())

/** Reads a stream frame by frame. */
function listen(address: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(address, { headers })
  const frames: string[] = []
  let wake = () => {}
  socket.on('message', (data: Buffer) => {
    frames.push(data.toString())
    wake()
  })
  socket.on('close', () => wake())
  socket.on('error', () => {})
  return {
    socket,
    async next(): Promise<string> {
      while (frames.length === 0) await new Promise<void>((resolve) => (wake = resolve))
      return frames.shift() ?? ''
    },
    /** Texts until one is `last`. */
    async until(last: string): Promise<string[]> {
      const texts: string[] = []
      while (texts.at(-1) !== last) texts.push(...activitySet.parse(JSON.parse(await this.next())).activities.map(({ text }) => text ?? ''))
      return texts
    },
    /** The status when the upgrade is refused. */
    refused: () => new Promise<number | undefined>((resolve) => socket.on('unexpected-response', (_request, response) => resolve(response.statusCode))),
    close: () => new Promise<void>((resolve) => socket.on('close', () => resolve()).close()),
  }
}

describe('a stream', () => {
  it('begins with what there is, and goes on with what comes, in frames like those of a read', async () => {
    server.door.say(visitor.conversation, { text: 'one' })
    const stream = listen(openAnswer.parse((await visitor.ask('/conversations', { method: 'POST' })).json).streamUrl)
    const first: unknown = JSON.parse(await stream.next())
    expect(first).toEqual(await visitor.activities())
    await visitor.say('two', 'a')
    server.door.say(visitor.conversation, { text: 'three' })
    expect(await stream.until('three')).toEqual(['two', 'three'])
    await stream.close()
  })

  it('begins after the watermark', async () => {
    for (const text of ['one', 'two', 'three']) server.door.say(visitor.conversation, { text })
    const stream = listen(await visitor.stream('2'))
    expect(await stream.until('three')).toEqual(['three'])
    await stream.close()
  })

  it('brings hundreds in order', async () => {
    const said = Array.from({ length: 333 }, (_, index) => `m${index}`)
    for (const text of said) server.door.say(visitor.conversation, { text })
    const stream = listen(await visitor.stream())
    expect(await stream.until('m332')).toEqual(said)
    await stream.close()
  })

  it('shows that somebody is typing, without a watermark', async () => {
    server.door.say(visitor.conversation, { text: 'one' })
    const stream = listen(await visitor.stream())
    await stream.until('one')
    server.door.typing(visitor.conversation)
    const frame = activitySet.parse(JSON.parse(await stream.next()))
    expect(frame).toMatchObject({ activities: [{ type: 'typing', from: { id: 'mendline', role: 'bot' } }] })
    expect(frame.watermark).toBeUndefined()
    await stream.close()
  })

  it('never tells of typing before what was written before it, nor after what ended it', async () => {
    const stream = listen(await visitor.stream())
    await new Promise((resolve) => stream.socket.on('open', resolve))
    const kinds = async () => activitySet.parse(JSON.parse(await stream.next())).activities.map(({ type, text }) => text ?? type)
    server.door.say(visitor.conversation, { text: 'one' })
    server.door.typing(visitor.conversation)
    expect([await kinds(), await kinds()]).toEqual([['one'], ['typing']])
    server.door.say(visitor.conversation, { text: 'two' })
    server.door.typing(visitor.conversation)
    server.door.say(visitor.conversation, { text: 'three' })
    expect(await kinds()).toContain('two')
    server.door.say(visitor.conversation, { text: 'four' })
    expect((await stream.until('four')).filter((text) => text === '')).toEqual([])
    await stream.close()
  })

  it('takes the pings of clients, and sends empty frames of its own while nothing happens', async () => {
    const quick = await startWebchat({ clock, keepAliveMs: 20 })
    const guest = await visit(quick)
    const stream = listen(await guest.stream())
    expect(await stream.next()).toBe('')
    stream.socket.send('')
    expect(await stream.next()).toBe('')
    await stream.close()
    await quick.stop()
  })

  it('finds a message whose hint was lost', async () => {
    const quick = await startWebchat({ clock, keepAliveMs: 20 })
    const guest = await visit(quick)
    const stream = listen(await guest.stream())
    await stream.next()
    quick.door.losesHints = true
    quick.door.say(guest.conversation, { text: 'unheard' })
    let frame = ''
    while (frame === '') frame = await stream.next()
    expect(frame).toContain('unheard')
    await stream.close()
    await quick.stop()
  })

  it('ends with "try again" when the store is away, and stops listening', async () => {
    server.door.brokenReads = true
    const stream = listen(await visitor.stream('0'))
    const code = await new Promise((resolve) => stream.socket.on('close', resolve))
    expect(code).toBe(1011)
    await expect.poll(() => server.door.listeners(visitor.conversation)).toBe(0)
  })

  it('hears of nobody else', async () => {
    const other = await visit(server)
    const stream = listen(await visitor.stream())
    await other.say('private')
    await visitor.say('mine')
    expect(await stream.until('mine')).toEqual(['mine'])
    await stream.close()
  })
})

describe('a stream is refused', () => {
  it.each<[string, number, (url: URL) => void]>([
    ['without its token', 401, (url) => url.searchParams.delete('t')],
    ['with a token that was tampered with', 403, (url) => url.searchParams.set('t', `${url.searchParams.get('t')}x`)],
    ['with a token to speak', 403, (url) => url.searchParams.set('t', visitor.token)],
    ['for another conversation', 403, (url) => (url.pathname = url.pathname.replace(/c_[0-9a-f]+/, `c_${'0'.repeat(40)}`))],
    ['with a watermark that is none', 400, (url) => url.searchParams.set('watermark', 'x')],
    ['after a minute', 403, () => clock.pass(61)],
  ])('%s', async (_, status, breakIt) => {
    const url = new URL(await visitor.stream())
    breakIt(url)
    expect(await listen(url.href).refused()).toBe(status)
  })

  it('to a page that is not on the list', async () => {
    expect(await listen(await visitor.stream(), { origin: 'https://evil.example' }).refused()).toBe(403)
  })
})

/** A client as the protocol wants it, on sockets in memory that break whenever the test says. */
class Client {
  watermark = ''
  seen: string[] = []
  #close = () => {}
  readonly #routes
  readonly #token: string

  constructor(routes: ReturnType<NonNullable<ReturnType<typeof createWebchatChannel>['serve']>>, token: string) {
    this.#routes = routes
    this.#token = token
  }

  async connect(conversation: string): Promise<void> {
    this.disconnect()
    const reply = await this.#http('GET', '/v3/directline/conversations/:id', conversation, new URLSearchParams({ watermark: this.watermark }))
    const { streamUrl } = openAnswer.parse(reply)
    const [route] = this.#routes.sockets
    const result = await route?.open({ method: 'GET', path: '', params: { id: conversation }, query: new URL(streamUrl).searchParams, headers: {}, ip: '' })
    if (result?.kind !== 'open') throw new Error('refused')
    let open = true
    let closed = () => {}
    const socket: Socket = {
      send: (text) => {
        // What was sent to a broken socket never arrives.
        if (!open || text === '') return
        const frame = activitySet.parse(JSON.parse(text))
        this.seen.push(...frame.activities.filter(({ type }) => type === 'message').map((activity) => activity.text ?? ''))
        this.watermark = frame.watermark ?? this.watermark
      },
      close: () => this.disconnect(),
      onMessage: () => {},
      onClose: (listener) => (closed = listener),
    }
    this.#close = () => {
      open = false
      closed()
    }
    result.run(socket)
  }

  disconnect(): void {
    this.#close()
    this.#close = () => {}
  }

  async #http(method: string, path: string, conversation: string, query: URLSearchParams): Promise<unknown> {
    const route = this.#routes.http.find((one) => one.method === method && one.path === path)
    const reply = await route?.handle({
      method,
      path,
      params: { id: conversation },
      query,
      headers: { authorization: `Bearer ${this.#token}` },
      ip: '',
      body: Readable.from([]),
      bytes: async () => new Uint8Array(),
    })
    return typeof reply?.body === 'string' ? JSON.parse(reply.body) : undefined
  }
}

describe('any mix of speaking, breaking and coming back', () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ do: fc.constant('say' as const), count: fc.integer({ min: 1, max: 60 }) }) },
    { weight: 2, arbitrary: fc.constant({ do: 'connect' } as const) },
    { weight: 2, arbitrary: fc.constant({ do: 'disconnect' } as const) },
    { weight: 1, arbitrary: fc.constant({ do: 'typing' } as const) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('breathe' as const), times: fc.integer({ min: 1, max: 6 }) }) },
  )

  it('shows each message once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const door = new WebchatDoor(clock)
        const channel = createWebchatChannel({ publicUrl: 'http://x', secret: testSecret, allowedOrigins: [], clock, random: systemRandom })
        const routes = channel.serve?.(door) ?? { http: [], sockets: [] }
        const client = new Client(routes, visitor.token)
        let said = 0
        for (const action of steps) {
          if (action.do === 'say') for (let count = 0; count < action.count; count++) door.say(visitor.conversation, { text: String(++said) })
          if (action.do === 'connect') await client.connect(visitor.conversation)
          if (action.do === 'disconnect') client.disconnect()
          if (action.do === 'typing') door.typing(visitor.conversation)
          if (action.do === 'breathe') for (let tick = 0; tick < action.times; tick++) await new Promise(setImmediate)
        }
        await client.connect(visitor.conversation)
        await expect.poll(() => client.seen.length, { interval: 1 }).toBe(said)
        client.disconnect()
        expect(client.seen).toEqual(Array.from({ length: said }, (_, index) => String(index + 1)))
      }),
      { numRuns: 60 },
    )
  })

  it('holds over real sockets and restarts of the server', async () => {
    const { door, port } = server
    const seen: string[] = []
    let watermark = ''
    for (let round = 0; round < 6; round++) {
      const address = openAnswer.parse(
        (await ask(server, `/conversations/${visitor.conversation}?watermark=${watermark}`, { headers: { authorization: `Bearer ${visitor.token}` } })).json,
      ).streamUrl
      const stream = listen(address)
      for (let said = 0; said < 20; said++) door.say(visitor.conversation, { text: `${round}.${said}` })
      const set = activitySet.parse(JSON.parse(await stream.next()))
      seen.push(...set.activities.map(({ text }) => text ?? ''))
      watermark = set.watermark ?? ''
      await server.stop()
      server = await startWebchat({ clock, door, port })
    }
    seen.push(...(await visitor.activities(watermark)).activities.map(({ text }) => text ?? ''))
    expect(seen).toEqual(door.texts(visitor.conversation))
  })
})
