// The pages and browser code that the build leaves in dist/web.
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import type { HttpReply, Route } from '../channel.ts'
import type { Core } from '../core.ts'
import { problem } from './problem.ts'
import { behindLogin } from './staff/login.ts'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

/** Our own code only; the widget's styles are adopted sheets, its photos blobs. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self' ws: wss:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

export function pageRoutes(core: Core, folder: string): Route[] {
  const file = async (path: string, headers: Readonly<Record<string, string>> = {}): Promise<HttpReply> => {
    const full = normalize(join(folder, path))
    if (!full.startsWith(normalize(folder) + sep)) return missing()
    try {
      const body = await readFile(full)
      const type = types[extname(full)] ?? 'application/octet-stream'
      return { status: 200, headers: { 'content-type': type, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache', ...headers }, body }
    } catch {
      return missing()
    }
  }
  const page = (path: string) => file(path, { 'content-security-policy': policy, 'referrer-policy': 'same-origin' })
  return [
    { method: 'GET', path: '/', handle: () => page('start/index.html') },
    { method: 'GET', path: '/chat', handle: () => page('chat/index.html') },
    { method: 'GET', path: '/dashboard', handle: behindLogin(core, () => page('dashboard/index.html')) },
    { method: 'GET', path: '/docs', handle: () => page('docs/index.html') },
    // Pages of other sites embed it.
    { method: 'GET', path: '/widget.js', handle: () => file('widget.js', { 'cross-origin-resource-policy': 'cross-origin' }) },
    { method: 'GET', path: '/:folder/:name', handle: (request) => file(`${request.params['folder'] ?? ''}/${request.params['name'] ?? ''}`) },
  ]
}

function missing(): HttpReply {
  return problem(404, 'Not found', 'There is nothing here. Run "npm run build" if this is a page of Mendline.')
}
