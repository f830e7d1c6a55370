// The HTTP server: mounts channels, REST API, pages, health and metrics.
import helmet from 'helmet'
import { createServer, type Server } from 'node:http'
import type { Accept, Door, Routes } from '../channel.ts'
import type { Core } from '../core.ts'
import { StartError } from '../errors.ts'
import { express, mount, mountRefusals } from './express.ts'
import { healthRoutes } from './health.ts'
import { linkedRoutes } from './linked/index.ts'
import { pageRoutes } from './pages.ts'
import { restRoutes } from './rest/index.ts'
import { loginRoutes } from './staff/login.ts'
import { queueRoutes } from './staff/queues.ts'
import { createSockets } from './sockets.ts'
import { webhookRoute } from './webhooks.ts'

/** For whatever a route does not say itself; pages bring their own policy. */
const plainHeaders = helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } } })

export interface HttpSettings {
  trustProxy: number
  /** Told at /healthz, so that `mendline doctor` knows its own desk. */
  deskId: string
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
  return {
    http: [
      ...webhooks.map((webhook) => webhookRoute(webhook, accept)),
      ...served.flatMap((routes) => routes.http),
      ...restRoutes(core, adminKey),
      ...linkedRoutes(core),
      ...loginRoutes(core, adminKey),
      ...queueRoutes(core),
      ...pageRoutes(core, webFolder),
    ],
    sockets: served.flatMap((routes) => routes.sockets),
  }
}

/** Serves `routes`, and health and metrics besides. */
export function createHttpServer(core: Core, settings: HttpSettings, routes: Routes): HttpServer {
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.use(plainHeaders)
  app.set('trust proxy', settings.trustProxy)
  for (const route of [...healthRoutes(core, settings), ...routes.http]) mount(app, route, core.log)
  mountRefusals(app)

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
