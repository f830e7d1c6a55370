// Bull Board over our queues, free of any server framework: its page, its files, and what the page asks. It looks and it retries; nothing else.
import { createBullBoard } from '@bull-board/api'
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter'
import type { Queue } from 'bullmq'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Board {
  /** Where the scripts, styles and pictures of the page are, asked for under `static/`. */
  files: string
  /** The page, for wherever it is served; `base` begins and ends with a slash. */
  page(base: string): string
  /** Paths at which the page itself is asked for. */
  pages: readonly string[]
  /** What the page asks. */
  routes: readonly BoardRoute[]
}

export interface BoardRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  /** With `:name` parts. */
  path: string
  run(request: { params: Readonly<Record<string, string>>; query: URLSearchParams }): Promise<{ status: number; body: unknown }>
}

type Server = Parameters<typeof createBullBoard>[0]['serverAdapter']
type Given<Method extends keyof Server> = Parameters<Server[Method]>[0]

const methods = { get: 'GET', post: 'POST', put: 'PUT', patch: 'PATCH' } as const
/** A job that failed may be tried again: whatever it wakes looks for its own work in the store. */
const retries: ReadonlySet<string> = new Set(['/api/queues/:queueName/retry/:queueStatus', '/api/queues/:queueName/:jobId/retry'])

/** `queues`: BullMQ's. */
export function createBoard(queues: readonly unknown[]): Board {
  let given: Given<'setQueues'> | undefined
  let config: Given<'setUIConfig'> = {}
  let entry: Given<'setEntryRoute'> | undefined
  let asked: Given<'setApiRoutes'> = []
  let failed: Given<'setErrorHandler'> | undefined
  let [views, files] = ['', '']
  const server: Server = {
    setQueues: (queues) => ((given = queues), server),
    setViewsPath: (path) => ((views = path), server),
    setStaticPath: (_, path) => ((files = path), server),
    setEntryRoute: (route) => ((entry = route), server),
    setErrorHandler: (handler) => ((failed = handler), server),
    setApiRoutes: (routes) => ((asked = routes), server),
    setUIConfig: (uiConfig) => ((config = uiConfig), server),
  }
  createBullBoard({
    // It is made for any backend of BullMQ's; its types know the one on Redis only.
    queues: queues.map((queue) => new BullMQAdapter(queue as Queue)),
    serverAdapter: server,
    options: {
      uiConfig: { boardTitle: 'Mendline queues', hideDocsLink: true, showWorkers: false, hideRedisDetails: true },
      handlerHooks: {
        before: ({ method, route }) =>
          method === 'get' || retries.has(route)
            ? { allow: true }
            : { allow: false, status: 403, message: 'This page looks and retries; nothing else is done here.' },
      },
    },
  })
  const [onBoard, front, told] = [given, entry, failed]
  if (onBoard === undefined || front === undefined || told === undefined) throw new Error('Bull Board has set up no page')

  return {
    files,
    pages: listOf(front.route),
    page(base) {
      const { name, params } = front.handler({ basePath: base, uiConfig: config })
      return fillTemplate(readFileSync(join(views, name), 'utf8'), params)
    },
    routes: asked.flatMap(({ method, route, handler }) =>
      listOf(method).flatMap((each) =>
        listOf(route).map((path): BoardRoute => ({
          method: methods[each],
          path,
          async run({ params, query }) {
            try {
              const { status = 200, body } = await handler({
                queues: onBoard,
                uiConfig: config,
                query: Object.fromEntries(query),
                params,
                body: {},
                headers: {},
              })
              return { status, body }
            } catch (error) {
              const { status = 500, body } = told(error instanceof Error ? error : new Error(String(error)))
              return { status, body }
            }
          },
        })),
      ),
    ),
  }
}

function listOf<T>(one: T | readonly T[]): readonly T[] {
  return Array.isArray(one) ? one : [one as T]
}

/** Its template without what comes from elsewhere (fonts of Google's) and without styles inside the page, which our policy would refuse anyway. */
function fillTemplate(template: string, params: Readonly<Record<string, string>>): string {
  return template
    .replace(/<link href="https:[^>]*>\s*/g, '')
    .replace(/<div id="root">[\s\S]*?<\/style>\s*<\/div>/, '<div id="root"></div>')
    .replace(/<%([=-])\s*(\w+)\s*%>/g, (_, how: string, name: string) => (how === '=' ? escaped(params[name] ?? '') : (params[name] ?? '')))
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
