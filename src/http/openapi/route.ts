// GET /api/v1/openapi.json: what the API can do is no secret, so it takes no key.
import type { Route } from '../../channel.ts'
import type { Core } from '../../core.ts'
import type { Endpoint } from '../endpoint.ts'
import { json } from '../problem.ts'
import { openApiDocument } from './document.ts'

export function documentRoute(core: Pick<Core, 'publicUrl'>, endpoints: readonly Endpoint[]): Route {
  let reply: ReturnType<typeof json> | undefined
  return {
    method: 'GET',
    path: '/api/v1/openapi.json',
    handle: async () => (reply ??= json(200, openApiDocument(endpoints, core), { 'cache-control': 'no-cache', 'access-control-allow-origin': '*' })),
  }
}
