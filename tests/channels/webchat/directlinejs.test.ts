// Microsoft's own client, botframework-directlinejs, against our routes: in Node on a small XMLHttpRequest, and in a real browser across origins.
import { createRequire } from 'node:module'
import { ConnectionStatus, DirectLine, type Activity, type DirectLineOptions } from 'botframework-directlinejs'
import { chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { browserFlags, programs, without } from '../../support/browser.ts'
import { startWebchat, type WebchatServer, type WebchatServerOptions } from '../../support/webchat-server.ts'
import { FetchXhr } from '../../support/xhr.ts'
import { ask, openAnswer, png, testClock, tokenAnswer } from './visitor.ts'

const servers: WebchatServer[] = []
const clients: DirectLine[] = []

async function start(options: WebchatServerOptions = {}): Promise<WebchatServer> {
  const server = await startWebchat(options)
  servers.push(server)
  return server
}

/** A bot that repeats what it hears and offers two choices. */
function answering(server: WebchatServer): WebchatServer {
  server.door.onMessage = ({ conversation, text, choice }) => {
    server.door.typing(conversation)
    server.door.say(conversation, {
      text: `You said: ${text}${choice === undefined ? '' : ` (${choice})`}`,
      choices: [
        { value: 'thu', label: 'Thursday, 9–11' },
        { value: 'fri', label: 'Friday' },
      ],
    })
  }
  return server
}

async function newToken(server: WebchatServer) {
  return tokenAnswer.parse((await ask(server, '/tokens/generate', { method: 'POST' })).json)
}

/** The client, and what it has received. */
async function connect(server: WebchatServer, options: DirectLineOptions = {}) {
  const token = options.token ?? (await newToken(server)).token
  const line = new DirectLine({ domain: `${server.url}/v3/directline`, random: () => 0, ...options, token })
  clients.push(line)
  const received: Activity[] = []
  const states: ConnectionStatus[] = []
  line.connectionStatus$.subscribe((status) => states.push(status))
  line.activity$.subscribe(
    (activity) => received.push(activity),
    () => {},
  )
  return {
    line,
    states,
    messages: () => received.filter((activity) => activity.type === 'message'),
    texts: () => received.flatMap((activity) => (activity.type === 'message' ? [activity.text] : [])),
    post: (activity: Activity) => new Promise<unknown>((resolve, reject) => line.postActivity(activity).subscribe(resolve, reject)),
  }
}

const me = { id: 'me', name: 'Kim' }

afterEach(async () => {
  for (const client of clients.splice(0)) client.end()
  for (const server of servers.splice(0)) await server.stop()
})

describe('directlinejs', () => {
  beforeAll(() => {
    vi.stubGlobal('XMLHttpRequest', FetchXhr)
  })
  afterAll(() => {
    vi.unstubAllGlobals()
  })

  it.each([
    ['over a WebSocket', {}],
    ['by polling', { webSocket: false, pollingInterval: 200 }],
  ])('talks %s: its own message comes back under the id it was given, then the answer', async (_, options) => {
    const server = answering(await start())
    const client = await connect(server, options)
    const id = await client.post({ from: me, type: 'message', text: 'My washer leaks', channelData: { clientActivityID: 'c1' } })
    await expect.poll(client.texts, { timeout: 10_000 }).toEqual(['My washer leaks', 'You said: My washer leaks'])
    const [echo, answer] = client.messages()
    expect(echo).toMatchObject({ id, channelData: { clientActivityID: 'c1' }, from: { role: 'user' } })
    expect(answer).toMatchObject({ from: { role: 'bot' }, inputHint: 'expectingInput' })
    expect(client.states.at(-1)).toBe(ConnectionStatus.Online)
  })

  it('sends what a suggested action says, and the choice is known', async () => {
    const server = answering(await start())
    const client = await connect(server)
    await client.post({ from: me, type: 'message', text: 'hello' })
    await expect.poll(() => client.messages().length).toBe(2)
    const asked = client.messages()[1]
    const action = asked?.type === 'message' ? asked.suggestedActions?.actions[0] : undefined
    await client.post({ from: me, type: 'message', text: action?.type === 'imBack' ? action.value : '' })
    await expect.poll(() => client.texts().at(-1)).toBe('You said: Thursday, 9–11 (thu)')
  })

  it('uploads files and gets their links', async () => {
    const server = answering(await start())
    const client = await connect(server)
    const contentUrl = `data:image/png;base64,${png.toString('base64')}`
    const attachment = { contentType: 'image/png', contentUrl, name: 'leak.png' }
    await client.post({ from: me, type: 'message', text: 'see', attachments: [attachment, attachment] })
    await expect.poll(() => client.messages().length).toBe(2)
    const [echo] = client.messages()
    const links = echo?.type === 'message' ? (echo.attachments ?? []).flatMap((one) => ('contentUrl' in one ? [one.contentUrl] : [])) : []
    expect(links).toHaveLength(2)
    expect(Buffer.from(await (await fetch(links[1] ?? '')).arrayBuffer())).toEqual(png)
  })

  it('takes typing and events of the client without an error', async () => {
    const client = await connect(await start())
    expect(await client.post({ from: me, type: 'typing' })).toEqual(expect.any(String))
    expect(await client.post({ from: me, type: 'event', name: 'webchat/join', value: { language: 'en' } })).toEqual(expect.any(String))
  })

  it('goes on after a restart of the server without gap or double', { timeout: 20_000 }, async () => {
    const server = await start()
    const client = await connect(server)
    const id = await client.post({ from: me, type: 'message', text: 'one' })
    const conversation = String(id).split('|')[0] ?? ''
    server.door.say(conversation, { text: 'two' })
    await expect.poll(client.texts).toEqual(['one', 'two'])
    await server.stop()
    server.door.say(conversation, { text: 'three' })
    const again = await start({ door: server.door, port: server.port })
    await expect.poll(client.texts, { timeout: 10_000 }).toEqual(['one', 'two', 'three'])
    again.door.say(conversation, { text: 'four' })
    await expect.poll(client.texts).toEqual(['one', 'two', 'three', 'four'])
  })

  it('is told to retry when nothing was stored, and its retry is one message', async () => {
    const server = await start()
    const client = await connect(server)
    const activity: Activity = { from: me, type: 'message', text: 'hello', channelData: { clientActivityID: 'r1' } }
    server.door.failures.push('after')
    expect(await client.post(activity)).toBe('retry')
    expect(await client.post(activity)).toEqual(expect.stringContaining('|0000001'))
    await expect.poll(client.texts).toEqual(['hello'])
  })

  it('sees an expired token as expired, and goes on with a refreshed one', async () => {
    const clock = testClock()
    const server = await start({ clock })
    const { token } = await newToken(server)
    const client = await connect(server, { token })
    await expect.poll(() => client.states.at(-1)).toBe(ConnectionStatus.Online)
    clock.pass(1801)
    expect(await client.post({ from: me, type: 'message', text: 'late' })).toBe('retry')
    expect(client.states.at(-1)).toBe(ConnectionStatus.ExpiredToken)
    const refreshed = tokenAnswer.parse((await ask(server, '/tokens/refresh', { method: 'POST', headers: { authorization: `Bearer ${token}` } })).json)
    const headers = { authorization: `Bearer ${refreshed.token}` }
    client.line.reconnect(openAnswer.parse((await ask(server, `/conversations/${refreshed.conversationId}`, { headers })).json))
    expect(await client.post({ from: me, type: 'message', text: 'late' })).toEqual(expect.stringContaining('|0000001'))
  })

  it('resumes yesterday from its watermark', async () => {
    const server = await start()
    const { token, conversationId } = await newToken(server)
    for (const text of ['one', 'two', 'three']) server.door.say(conversationId, { text })
    const client = await connect(server, { token, conversationId, watermark: '2' })
    await expect.poll(client.texts).toEqual(['three'])
  })

  it('fails to connect with a token that is none', async () => {
    const client = await connect(await start(), { token: 'nonsense' })
    await expect.poll(() => client.states.at(-1)).toBe(ConnectionStatus.FailedToConnect)
  })
})

describe.skipIf(without('browser'))('directlinejs in Chromium, on a page of another origin', () => {
  const bundle = createRequire(import.meta.url)
    .resolve('botframework-directlinejs')
    .replace(/lib.directLine\.js$/, 'dist/directline.js')

  /** Posts on the page and answers what the client then had received. */
  async function talk(allowed: boolean): Promise<string[]> {
    const shop = await start()
    const server = answering(await start({ allowedOrigins: allowed ? [shop.url] : [] }))
    const browser = await chromium.launch({ executablePath: programs.browser.path, args: browserFlags })
    try {
      const page = await browser.newPage()
      await page.goto(`${shop.url}/blank`)
      await page.addScriptTag({ path: bundle })
      return await page.evaluate(async (domain) => {
        const answer = await fetch(`${domain}/tokens/generate`, { method: 'POST' }).catch(() => undefined)
        if (answer === undefined) return ['refused']
        const { token } = await answer.json()
        const texts: string[] = []
        const line = new window.DirectLine.DirectLine({ domain, token })
        await new Promise<void>((resolve) => {
          line.activity$.subscribe((activity) => {
            if (activity.type === 'message') texts.push(activity.text ?? '')
            if (texts.length === 2) resolve()
          })
          const attachments = [{ contentType: 'image/gif', contentUrl: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=', name: 'a.gif' }]
          line.postActivity({ from: { id: 'me' }, type: 'message', text: 'across', attachments }).subscribe()
        })
        return texts
      }, `${server.url}/v3/directline`)
    } finally {
      await browser.close()
    }
  }

  it('talks and uploads when the origin is on the list', async () => {
    expect(await talk(true)).toEqual(['across', 'You said: across'])
  })

  it('gets nothing when it is not', async () => {
    expect(await talk(false)).toEqual(['refused'])
  })
})

declare global {
  interface Window {
    DirectLine: { DirectLine: typeof DirectLine }
  }
}
