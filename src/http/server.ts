// The HTTP server: mounts channels, REST API, pages, health and metrics.
import { createServer, type Server } from 'node:http'
import type { Accept, Door, Route, Routes } from '../channel.ts'
import type { Core } from '../core.ts'
import { StartError } from '../errors.ts'
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
  trustProxy: number
  /** Asks the store for a sign of life. */
  ping(): Promise<void>
}

export interface HttpServer {
  /** Answers the port, which the system chooses for 0. */
  listen(port: number): Promise<number>
  close(): Promise<void>
}

/** What a gateway has and a worker has not: channels, REST API, pages. `webFolder` is where the build left pages and browser code. */
export function gatewayRoutes(core: Core, door: Door, accept: Accept, { adminKey, webFolder }: { adminKey: string; webFolder: string }): Routes {
  const channels = [...core.channels.values()]
  const served = channels.flatMap((channel) => channel.serve?.(door) ?? [])
  const webhooks = channels.flatMap((channel) => channel.webhooks ?? [])
  const api = [...ticketRoutes(core), ...staffRoutes(core)].map((route): Route => ({ ...route, handle: keyed(adminKey, route.handle) }))
  return {
    http: [...webhooks.map((webhook) => webhookRoute(webhook, accept)), ...served.flatMap((routes) => routes.http), ...api, ...pageRoutes(webFolder)],
    sockets: served.flatMap((routes) => routes.sockets),
  }
}

/** Serves `routes`, and health and metrics besides. */
export function createHttpServer(core: Core, settings: HttpSettings, routes: Routes): HttpServer {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', settings.trustProxy)
  for (const route of [...healthRoutes(core, settings.ping), ...routes.http]) mount(app, route, core.log)
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
  const sockets = createSockets(routes.sockets, core.log)
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head))

  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', (error) => reject(new StartError([`PORT: port ${port} cannot be opened (${error.message}); set PORT to a free one`])))
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
