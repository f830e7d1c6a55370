// WebSockets: finds the route, lets it refuse, then hands it the open socket.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { STATUS_CODES } from 'node:http'
import { WebSocketServer } from 'ws'
import type { SocketRoute } from '../channel.ts'
import { errorFields, type Log } from '../log.ts'

/** Largest frame a browser may send us, bytes. */
const frameMax = 64 * 1024

export interface Sockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  close(): void
}

export function createSockets(routes: readonly SocketRoute[], log: Log): Sockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: frameMax })

  async function open(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const found = routes.map((route) => ({ route, params: match(route.path, url.pathname) })).find(({ params }) => params !== undefined)
    if (found?.params === undefined) return refuse(socket, 404)
    const headers: Record<string, string> = {}
    for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
    const opened = await found.route.open({
      method: 'GET',
      path: url.pathname,
      params: found.params,
      query: url.searchParams,
      headers,
      ip: request.socket.remoteAddress ?? '',
    })
    if (opened.kind === 'refused') return refuse(socket, opened.status)
    server.handleUpgrade(request, socket, head, (client) => {
      client.on('error', () => client.terminate())
      opened.run({
        send: (text) => client.send(text),
        close: (code, reason) => client.close(code, reason),
        onMessage: (listener) =>
          void client.on('message', (data, binary) => (binary ? undefined : listener(Buffer.isBuffer(data) ? data.toString('utf8') : ''))),
        onClose: (listener) => void client.on('close', () => listener()),
      })
    })
  }

  return {
    upgrade(request, socket, head) {
      socket.on('error', () => socket.destroy())
      open(request, socket, head).catch((error: unknown) => {
        log.error('socket failed', errorFields(error))
        refuse(socket, 503)
      })
    },
    close() {
      for (const client of server.clients) client.close(1001, 'going away')
      server.close()
    },
  }
}

function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}

/** The values of `:name` parts, or undefined when the path is another. */
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
