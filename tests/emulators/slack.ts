// Slack as an app meets it: Web API, files, Events API, interactivity and Socket Mode in one small server. It knows nothing of Mendline.
// Point an SDK's API address at `apiUrl`; then be somebody (`person`) and look at what they see.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { randomUUID } from 'node:crypto'
import { WebClient } from '@slack/web-api'
import { WebSocketServer } from 'ws'
import { createDelivery, type Delivery } from './slack/delivery.ts'
import { createEvents } from './slack/events.ts'
import type { Handles } from './slack/interactions.ts'
import { createMethods } from './slack/methods.ts'
import { createSlacker, type Slacker } from './slack/person.ts'
import { list, record, words, Workspace, type Json, type Message, type Room } from './slack/workspace.ts'
import { Refusal, type World } from './slack/world.ts'

/** What the next calls of a method (or of `download`) meet instead of, or before, their answer. `lost`: it is done, and the answer never arrives. */
export type Trouble =
  | { kind: 'rate_limited'; retryAfter: number }
  | { kind: 'error'; error: string }
  | { kind: 'status'; status: number }
  | { kind: 'lost' }
  | { kind: 'slow'; ms: number }
  /** Done at once, and answered so much later. */
  | { kind: 'late_answer'; ms: number }
  /** A download whose length nobody says beforehand. */
  | { kind: 'chunked' }

export interface Call {
  method: string
  args: Json
  /** `ok`, or Slack's code for the refusal. */
  outcome: string
  at: number
}

export interface Slack {
  /** For the SDK, with a slash at the end. */
  apiUrl: string
  botToken: string
  appToken: string
  signingSecret: string
  /** What the app may do, as Slack tells with every answer. */
  scopes: string[]
  workspace: Workspace
  delivery: Delivery
  /** Every call of the Web API. */
  calls: Call[]
  /** The next `times` calls of the method meet this. */
  trouble(method: string, trouble: Trouble, times?: number): void
  /** A new person; of another workspace with `team`. */
  person(about: { name: string; realName?: string; team?: string; guest?: boolean }): Slacker
  /** From now on the app's token may do nothing any more. */
  forgetToken(): void
  /** The app's own client, to say something without it. */
  client(): WebClient
  /** A trigger of this person's, as an interaction would bring it. */
  trigger(person: string): string
  /** A channel with these people and, unless told otherwise, the bot. */
  room(name: string, people: readonly { id: string }[], about?: { private?: boolean; withoutBot?: boolean }): Room
  /** What the bot posted in a channel, oldest first. */
  botSaid(channel: string): Message[]
  /** Ends every socket, as Slack does when it refreshes them (`refresh`), or as a network does. */
  dropSockets(how: 'refresh' | 'cut'): void
  close(): Promise<void>
}

export interface SlackOptions {
  patienceMs?: number
  retryMs?: readonly number[]
}

export async function startSlack(options: SlackOptions = {}): Promise<Slack> {
  const workspace = new Workspace()
  const signingSecret = randomUUID().replaceAll('-', '')
  const botToken = `xoxb-${randomUUID()}`
  const appToken = `xapp-1-${randomUUID()}`
  const delivery = createDelivery({ signingSecret, patienceMs: options.patienceMs ?? 3000, retryMs: options.retryMs ?? [50, 500, 2000] })
  const events = createEvents(workspace, delivery)
  const triggers = new Map<string, { person: string; at: number; used: boolean }>()
  const responses = new Map<string, { person: string; channel: string; message?: string; uses: number }>()
  const troubles = new Map<string, Trouble[]>()
  const calls: Call[] = []
  let base = ''
  let accepted = botToken

  const world: World & Handles = {
    workspace,
    events,
    uploads: new Map(),
    base: () => base,
    socketUrl: () => `${base.replace('http', 'ws')}/socket/${randomUUID()}`,
    newTrigger(person) {
      const id = `${Date.now()}.${randomUUID()}`
      triggers.set(id, { person, at: Date.now(), used: false })
      return id
    },
    trigger(id) {
      const trigger = triggers.get(words(id))
      if (trigger === undefined) throw new Refusal('invalid_trigger_id')
      if (Date.now() - trigger.at > 3000) throw new Refusal('expired_trigger_id')
      if (trigger.used) throw new Refusal('exchanged_trigger_id')
      trigger.used = true
      return trigger.person
    },
    responseUrl(about) {
      const id = randomUUID()
      responses.set(id, { ...about, uses: 0 })
      return `${base}/response/${id}`
    },
  }
  const methods = createMethods(world)

  async function api(request: IncomingMessage, response: ServerResponse, method: string): Promise<void> {
    const args = await readArgs(request)
    const call: Call = { method, args, outcome: 'ok', at: Date.now() }
    calls.push(call)
    const [trouble] = troubles.get(method)?.splice(0, 1) ?? []
    if (trouble?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, trouble.ms))
    if (trouble?.kind === 'rate_limited') {
      call.outcome = 'ratelimited'
      response.setHeader('retry-after', String(trouble.retryAfter))
      return json(response, 429, { ok: false, error: 'ratelimited' })
    }
    if (trouble?.kind === 'status') {
      call.outcome = String(trouble.status)
      return json(response, trouble.status, {})
    }
    try {
      if (trouble?.kind === 'error') throw new Refusal(trouble.error)
      const token = method === 'apps.connections.open' ? appToken : accepted
      if (request.headers.authorization !== `Bearer ${token}`) throw new Refusal('invalid_auth')
      const run = methods.get(method)
      if (run === undefined) throw new Refusal('unknown_method')
      const answer = run(args)
      if (method === 'auth.test') response.setHeader('x-oauth-scopes', slack.scopes.join(','))
      if (trouble?.kind === 'lost') return void request.socket.destroy()
      if (trouble?.kind === 'late_answer') await new Promise((resolve) => setTimeout(resolve, trouble.ms).unref())
      json(response, 200, { ok: true, ...answer })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      call.outcome = error.code
      json(response, 200, { ok: false, error: error.code, ...(error.messages.length === 0 ? {} : { response_metadata: { messages: error.messages } }) })
    }
  }

  /** The app answers at a response address: five times within half an hour. */
  async function respond(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const body = record(JSON.parse((await readBody(request)).toString()))
    const about = responses.get(id)
    if (about === undefined || about.uses++ >= 5) return json(response, 404, { ok: false, error: 'used_url' })
    const shown = { text: words(body['text']), blocks: list(body['blocks']) }
    const room = workspace.rooms.get(about.channel)
    const message = about.message === undefined ? undefined : workspace.message(about.channel, about.message)
    if (body['delete_original'] === true && room && message) room.messages.splice(room.messages.indexOf(message), 1)
    else if (body['replace_original'] === true && message) Object.assign(message, shown)
    else if (body['response_type'] === 'in_channel' && room) workspace.add(room, { user: workspace.bot.id, bot_id: workspace.botId, ...shown })
    else workspace.ephemerals.push({ channel: about.channel, user: about.person, ...shown })
    json(response, 200, { ok: true })
  }

  async function upload(request: IncomingMessage, response: ServerResponse, id: string): Promise<void> {
    const body = await readBody(request)
    const slot = world.uploads.get(id)
    if (slot === undefined) return json(response, 404, {})
    const type = request.headers['content-type'] ?? ''
    if (type.startsWith('multipart/form-data')) {
      const form = await new Response(body, { headers: { 'content-type': type } }).formData()
      const [file] = [...form.values()].filter((value) => typeof value !== 'string')
      slot.content = file === undefined ? undefined : new Uint8Array(await file.arrayBuffer())
    } else slot.content = body
    response.writeHead(200).end(`OK - ${slot.content?.length ?? 0}`)
  }

  /** Without the token Slack shows its sign-in page, with 200. */
  function download(request: IncomingMessage, response: ServerResponse, id: string): void {
    const file = workspace.files.get(id)
    const [trouble] = troubles.get('download')?.splice(0, 1) ?? []
    if (trouble?.kind === 'status') return void response.writeHead(trouble.status).end()
    if (request.headers.authorization !== `Bearer ${accepted}`)
      return void response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<!DOCTYPE html><html><title>Sign in</title></html>')
    if (file === undefined) return void response.writeHead(404).end()
    response.writeHead(200, { 'content-type': file.mimetype, ...(trouble?.kind === 'chunked' ? {} : { 'content-length': file.size }) }).end(file.content)
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, first = '', second = ''] = new URL(request.url ?? '/', 'http://localhost').pathname.split('/')
    switch (first) {
      case 'api':
        return api(request, response, second)
      case 'response':
        return respond(request, response, second)
      case 'upload':
        return upload(request, response, second)
      case 'files-pri':
        return download(request, response, second.slice(second.indexOf('-') + 1))
      default:
        response.writeHead(404).end()
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    delivery.sockets.add(socket)
    socket.on('close', () => delivery.sockets.delete(socket))
    socket.on('error', () => socket.terminate())
    socket.on('message', (data) => {
      const envelope = record(JSON.parse(Buffer.isBuffer(data) ? data.toString() : '{}'))
      delivery.acknowledged(words(envelope['envelope_id']), envelope['payload'])
    })
    socket.send(JSON.stringify({ type: 'hello', num_connections: delivery.sockets.size, connection_info: { app_id: workspace.appId } }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`

  const slack: Slack = {
    scopes: allScopes,
    apiUrl: `${base}/api/`,
    botToken,
    appToken,
    signingSecret,
    workspace,
    delivery,
    calls,
    trouble: (method, trouble, times = 1) => void troubles.set(method, [...(troubles.get(method) ?? []), ...Array.from({ length: times }, () => trouble)]),
    person: (about) => createSlacker(world, delivery, workspace.addPerson(about)),
    forgetToken() {
      accepted = ''
    },
    client: () => new WebClient(botToken, { slackApiUrl: `${base}/api/`, retryConfig: { retries: 0 } }),
    trigger: (person) => world.newTrigger(person),
    room: (name, people, about = {}) =>
      workspace.addRoom({
        name,
        kind: about.private ? 'private' : 'channel',
        members: [...people.map(({ id }) => id), ...(about.withoutBot ? [] : [workspace.bot.id])],
      }),
    botSaid: (channel) => (workspace.rooms.get(channel)?.messages ?? []).filter(({ user }) => user === workspace.bot.id),
    dropSockets(how) {
      for (const socket of delivery.sockets)
        if (how === 'cut') socket.terminate()
        else socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: {} }))
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
  return slack
}

/** https://docs.slack.dev/reference/scopes */
const allScopes =
  'app_mentions:read,channels:history,channels:read,chat:write,commands,files:read,files:write,groups:history,groups:read,im:history,im:read,im:write,users:read'.split(
    ',',
  )

async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) if (chunk instanceof Uint8Array) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Form fields, of which the SDK writes nested ones as JSON; or JSON as a whole. */
async function readArgs(request: IncomingMessage): Promise<Json> {
  const body = (await readBody(request)).toString()
  if ((request.headers['content-type'] ?? '').startsWith('application/json')) return record(JSON.parse(body || '{}'))
  return Object.fromEntries([...new URLSearchParams(body)].map(([name, value]): [string, unknown] => [name, nested.has(name) ? JSON.parse(value) : value]))
}

const nested = new Set(['blocks', 'attachments', 'metadata', 'view', 'files'])

function json(response: ServerResponse, status: number, body: Json): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}
