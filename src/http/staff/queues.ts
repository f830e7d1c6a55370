// `/admin/queues`: the queues as Bull Board shows them, for staff who have signed in. Jobs carry ids only, so nothing of a customer's shows.
// It changes by PUT alone, which no form and no other site can send: the cookie is SameSite=Strict, and we answer no preflight.
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { HttpReply, Route } from '../../channel.ts'
import type { Core } from '../../core.ts'
import { problem } from '../problem.ts'
import { behindLogin } from './login.ts'

const base = '/admin/queues'

/** Its library of components sets styles in the page; scripts come from us only, and it talks to us only. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'"

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}

export function queueRoutes(core: Core): Route[] {
  const board = core.queues.board?.()
  if (board === undefined) return []
  const page = behindLogin(core, async () => ({
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
    body: board.page(`${base}/`),
  }))
  return [
    ...board.pages.map((path): Route => ({ method: 'GET', path: path === '/' ? base : base + path, handle: page })),
    {
      method: 'GET',
      path: `${base}/static/*path`,
      handle: behindLogin(core, ({ params }) => file(board.files, params['path'] ?? '')),
    },
    ...board.routes.map(({ method, path, run }): Route => ({
      method,
      path: base + path,
      handle: behindLogin(core, async ({ params, query }) => {
        const { status, body } = await run({ params, query })
        return {
          status,
          headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
          ...(status === 204 ? {} : { body: JSON.stringify(body) }),
        }
      }),
    })),
  ]
}

async function file(folder: string, path: string): Promise<HttpReply> {
  const full = normalize(join(folder, path))
  const missing = problem(404, 'Not found', 'There is nothing at this address.')
  if (!full.startsWith(normalize(folder) + sep)) return missing
  try {
    const body = await readFile(full)
    const type = types[extname(full)] ?? 'application/octet-stream'
    // A worker among them lives under the policy that its own script came with.
    const headers = { 'content-type': type, 'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'cache-control': 'private, max-age=3600' }
    return { status: 200, headers, body }
  } catch {
    return missing
  }
}
