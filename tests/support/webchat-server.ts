// Mounts the web chat's routes with node:http and ws on a free port, as src/http does with express; and the widget's files under a strict CSP.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { WebSocketServer, type WebSocket } from 'ws'
import type { HttpReply, HttpRequest, Routes, Socket } from '../../src/channel.ts'
import { createWebchatChannel, type WebchatSettings } from '../../channels/webchat/index.ts'
import { systemClock } from '../../src/clock.ts'
import { systemRandom } from '../../src/random.ts'
import { WebchatDoor } from './webchat-door.ts'

export interface WebchatServerOptions extends Partial<WebchatSettings> {
  door?: WebchatDoor
  /** 0 takes a free one. */
  port?: number
  /** Where the built widget lies. */
  web?: string
  /** As behind a proxy that lets no WebSocket pass. */
  noSockets?: boolean
}

export interface WebchatServer {
  url: string
  port: number
  door: WebchatDoor
  /** Sockets open now. */
  sockets: ReadonlySet<WebSocket>
  /** Requests so far, `POST /v3/…`. */
  seen: string[]
  stop(): Promise<void>
}

export const testSecret = new TextEncoder().encode('a secret of the tests, more than 32 bytes long')

/** As strict as what src/http sends with pages, and trusted types on top. */
export const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"

export async function startWebchat(options: WebchatServerOptions = {}): Promise<WebchatServer> {
  const door = options.door ?? new WebchatDoor(options.clock)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const url = `http://127.0.0.1:${port}`
  const channel = createWebchatChannel({
    publicUrl: url,
    secret: testSecret,
    allowedOrigins: [],
    clock: systemClock,
    random: systemRandom,
    ...options,
  })
  const routes = channel.serve?.(door) ?? { http: [], sockets: [] }
  const seen: string[] = []
  const sockets = mountSockets(server, options.noSockets ? { ...routes, sockets: [] } : routes)
  server.on('request', (request, response) => {
    seen.push(`${request.method} ${request.url}`)
    answer(routes, request, response, options.web).catch((error) => {
      response.destroy(error instanceof Error ? error : undefined)
    })
  })
  return { url, port, door, sockets, seen, stop: () => stop(server, sockets) }
}

async function stop(server: Server, sockets: ReadonlySet<WebSocket>): Promise<void> {
  for (const socket of sockets) socket.terminate()
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}

function match(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? ''
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(value)
    else if (part !== value) return undefined
  }
  return params
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]))
}

async function answer(routes: Routes, request: IncomingMessage, response: ServerResponse, web: string | undefined): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://server')
  for (const route of routes.http) {
    const params = route.method === request.method ? match(route.path, url.pathname) : undefined
    if (params === undefined) continue
    return send(response, await route.handle(toRequest(request, url, params)))
  }
  send(response, (await page(web, url.pathname)) ?? { status: 404, body: 'not found' })
}

function toRequest(request: IncomingMessage, url: URL, params: Record<string, string>): HttpRequest {
  return {
    method: request.method ?? '',
    path: url.pathname,
    params,
    query: url.searchParams,
    headers: headersOf(request),
    ip: request.socket.remoteAddress ?? '',
    body: request,
    async bytes(limit) {
      const chunks: Buffer[] = []
      let size = 0
      for await (const chunk of request) {
        size += chunk.length
        if (size <= limit) chunks.push(chunk)
      }
      return size > limit ? undefined : Buffer.concat(chunks)
    },
  }
}

function send(response: ServerResponse, reply: HttpReply): void {
  // A test restarts its server on the same port: no client may hold on to a connection of the one before.
  response.writeHead(reply.status, { ...reply.headers, connection: 'close' })
  if (reply.body instanceof Readable) pipeline(reply.body, response).catch(() => {})
  else response.end(reply.body)
}

async function page(web: string | undefined, path: string): Promise<HttpReply | undefined> {
  if (path === '/blank') return { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Blank</title>' }
  if (web === undefined) return undefined
  const name = path === '/chat' ? 'chat/index.html' : path.slice(1)
  const body = await readFile(join(web, name)).catch(() => undefined)
  const types: Record<string, string> = { html: 'text/html', js: 'text/javascript', css: 'text/css' }
  const type = types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
  return body && { status: 200, headers: { 'content-type': `${type}; charset=utf-8`, 'content-security-policy': pagePolicy }, body }
}

function mountSockets(server: Server, routes: Routes): Set<WebSocket> {
  const upgrades = new WebSocketServer({ noServer: true })
  const open = new Set<WebSocket>()
  server.on('upgrade', async (request, connection, head) => {
    const url = new URL(request.url ?? '/', 'http://server')
    for (const route of routes.sockets) {
      const params = match(route.path, url.pathname)
      if (params === undefined) continue
      const result = await route.open({ method: 'GET', path: url.pathname, params, query: url.searchParams, headers: headersOf(request), ip: '' })
      if (result.kind === 'refused') return connection.end(`HTTP/1.1 ${result.status} Refused\r\nconnection: close\r\n\r\n`)
      return upgrades.handleUpgrade(request, connection, head, (socket) => {
        open.add(socket)
        socket.on('close', () => open.delete(socket))
        result.run(asSocket(socket))
      })
    }
    connection.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n')
  })
  return open
}

function asSocket(socket: WebSocket): Socket {
  return {
    send: (text) => socket.send(text),
    close: (code, reason) => socket.close(code, reason),
    onMessage: (listener) => socket.on('message', (data: Buffer) => listener(data.toString())),
    onClose: (listener) => socket.on('close', listener),
  }
}
