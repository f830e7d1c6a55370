// The only place that knows Express: turns its requests into ours and our replies into its.
import express, { type Express, type Request, type Response } from 'express'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { HttpReply, HttpRequest, Route } from '../channel.ts'
import { Unavailable } from '../errors.ts'
import { errorFields, type Log } from '../log.ts'
import { problem } from './problem.ts'

export function mount(app: Express, route: Route, log: Log): void {
  const run = async (request: Request, response: Response): Promise<void> => {
    await answer(response, await safely(route, requestOf(request), log))
  }
  switch (route.method) {
    case 'GET':
      return void app.get(route.path, run)
    case 'POST':
      return void app.post(route.path, run)
    case 'PUT':
      return void app.put(route.path, run)
    case 'PATCH':
      return void app.patch(route.path, run)
    case 'DELETE':
      return void app.delete(route.path, run)
    case 'OPTIONS':
      return void app.options(route.path, run)
  }
}

/** For what no route took: an address of nobody's, or one that cannot be read. Express itself would answer with a page that names our files. */
export function mountRefusals(app: Express): void {
  app.use(async (_request: Request, response: Response) => {
    await answer(response, problem(404, 'Not found', 'There is nothing at this address.'))
  })
  // Told from the one above by its four parameters.
  app.use(async (_error: unknown, _request: Request, response: Response, _next: unknown) => {
    await answer(response, problem(400, 'Bad request', 'This address cannot be read; check its percent signs.'))
  })
}

/** Our fault is a 5xx, so that the sender tries again; the words of the error stay inside. */
async function safely(route: Route, request: HttpRequest, log: Log): Promise<HttpReply> {
  try {
    return await route.handle(request)
  } catch (error) {
    log.error('request failed', { route: `${route.method} ${route.path}`, ...errorFields(error) })
    if (error instanceof Unavailable) {
      const reply = problem(503, 'Unavailable', `The ${error.part} cannot be reached just now; nothing was stored. Send the same again in a moment.`)
      return { ...reply, headers: { ...reply.headers, 'retry-after': '5' } }
    }
    return problem(500, 'Internal error', 'Something went wrong on our side; send the same again, and tell us if it stays.')
  }
}

export function requestOf(request: Request): HttpRequest {
  const url = new URL(request.originalUrl, 'http://localhost')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value
  const params: Record<string, string> = {}
  for (const [name, value] of Object.entries(request.params)) params[name] = Array.isArray(value) ? value.join('/') : value
  return {
    method: request.method,
    path: url.pathname,
    params,
    query: url.searchParams,
    headers,
    ip: request.ip ?? '',
    body: request,
    bytes: (limit) => readBytes(request, limit),
  }
}

/** Reads on to the end past the limit, so that the sender gets to read the refusal, but keeps nothing of it. */
async function readBytes(body: Readable, limit: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) continue
    size += chunk.length
    if (size > 4 * limit) return undefined
    if (size <= limit) chunks.push(chunk)
    else chunks.length = 0
  }
  return size > limit ? undefined : Buffer.concat(chunks)
}

async function answer(response: Response, reply: HttpReply): Promise<void> {
  response.status(reply.status)
  for (const [name, value] of Object.entries(reply.headers ?? {})) response.setHeader(name, value)
  const { body } = reply
  if (body === undefined) return void response.end()
  if (typeof body === 'string') return void response.end(body)
  if (body instanceof Uint8Array) return void response.end(body)
  try {
    await pipeline(body, response)
  } catch {
    // The reader went away, or the file could not be read to its end: the connection is cut, so that nobody takes a part for the whole.
    response.destroy()
  }
}

export { express, type Express }
