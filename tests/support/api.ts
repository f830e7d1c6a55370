// A caller of the REST API, as another system would be.
import { expect } from 'vitest'
import type { z } from 'zod'

export interface Api {
  get(path: string, headers?: Record<string, string>): Promise<Response>
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>
  patch(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  /** What a GET answers, read by a schema; fails on any other status. */
  read<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>>
}

/** `url` is asked each time, since processes come and go. */
export function apiOf(url: () => string, key: string): Api {
  const call = (method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Response> =>
    fetch(`${url()}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  const get: Api['get'] = (path, headers = {}) => call('GET', path, undefined, headers)
  return {
    get,
    post: (path, body, headers = {}) => call('POST', path, body, headers),
    patch: (path, body, headers = {}) => call('PATCH', path, body, headers),
    async read(path, schema) {
      const response = await get(path)
      expect(response.status, path).toBe(200)
      return schema.parse(await response.json())
    },
  }
}
