// The HTTP server: mounts channels, REST API, pages, health and metrics.
import { createServer, type Server } from 'node:http'
import type { Accept, Door, Route } from '../channel.ts'
import type { Core } from '../core.ts'
import { keyed } from './api.ts'
import { express, mount } from './express.ts'
import { healthRoutes } from './health.ts'
import { pageRoutes } from './pages.ts'
import { problem } from './problem.ts'
import { createSockets } from './sockets.ts'
import { staffRoutes } from './staff.ts'
import { ticketRoutes } from './tickets.ts'
import { webhookRoute } from './webhooks.ts'

export interface HttpSettings {
  adminKey: string
  trustProxy: number
  /** Where the build left pages and browser code. */
  webFolder: string
  ping(): Promise<void>
}

export interface HttpServer {
  /** Answers the port, which the system chooses for 0. */
  listen(port: number): Promise<number>
  close(): Promise<void>
}

export function createHttpServer(core: Core, door: Door, accept: Accept, settings: HttpSettings): HttpServer {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', settings.trustProxy)

  const channels = [...core.channels.values()]
  const served = channels.flatMap((channel) => channel.serve?.(door) ?? [])
  const webhooks = channels.flatMap((channel) => channel.webhooks ?? [])
  const api = [...ticketRoutes(core), ...staffRoutes(core)].map((route): Route => ({ ...route, handle: keyed(settings.adminKey, route.handle) }))
  const routes: Route[] = [
    ...healthRoutes(core, settings.ping),
    ...webhooks.map((webhook) => webhookRoute(webhook, accept)),
    ...served.flatMap((routes) => routes.http),
    ...api,
    ...pageRoutes(settings.webFolder),
  ]
  for (const route of routes) mount(app, route, core.log)
  app.use((_request, response) => {
    const reply = problem(404, 'Not found', 'There is nothing at this address.')
    response
      .status(reply.status)
      .set({ ...reply.headers })
      .end(reply.body)
  })

  const server: Server = createServer(app)
  // A body of 60 MB over a slow line still fits; a connection that says nothing does not stay.
  server.requestTimeout = 300_000
  server.headersTimeout = 20_000
  const sockets = createSockets(
    served.flatMap((routes) => routes.sockets),
    core.log,
  )
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject)
        server.listen(port, () => {
          const address = server.address()
          resolve(typeof address === 'object' && address !== null ? address.port : port)
        })
      }),
    close: () =>
      new Promise((resolve) => {
        sockets.close()
        server.close(() => resolve())
        server.closeIdleConnections()
        setTimeout(() => server.closeAllConnections(), 5000).unref()
      }),
  }
}
