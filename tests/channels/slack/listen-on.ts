// One route of a channel behind a real HTTP server, for a provider who calls.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import type { Route } from '../../../src/channel.ts'
import { post } from '../through-webhook.ts'

export interface Listening {
  url: string
  close(): Promise<void>
}

export async function listenOn(route: Route): Promise<Listening> {
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      // What a route throws is our fault, and told so (src/http/express.ts).
      const reply = await route.handle(post(route.path, await buffer(request), { headers, query: '' })).catch(() => ({ status: 500, headers: {}, body: '' }))
      response.writeHead(reply.status, reply.headers).end(reply.body instanceof Readable ? undefined : reply.body)
    }
    void answer()
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}${route.path}`,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
