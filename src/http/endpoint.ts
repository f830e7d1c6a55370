// One route of the REST API in one place: method, path, what it takes, what it answers and the code that does it.
// The schemas check each request here, and the API's document can be made from the same table.
import { z } from 'zod'
import type { HttpReply, HttpRequest } from '../channel.ts'
import type { Caller } from '../access/index.ts'
import type { Core } from '../core.ts'
import type { Deed } from '../desk/index.ts'
import { once } from './access/idempotency.ts'
import { json, problem } from './problem.ts'

const bodyLimit = 1_000_000
/** Of a file. */
const fileLimit = 5_000_000

/** What is answered when all goes well; without `view` it is no JSON. */
export interface Answer {
  status: number
  description: string
  view?: z.ZodType
  /** What else it may be than JSON. */
  content?: 'text/csv' | 'application/octet-stream'
}

/** A view that fits the declared schema, or a reply made by hand: a refusal, a file. */
export type Outcome<A extends Answer> = Shown<A> | (HttpReply & { view?: never })
type Shown<A extends Answer> = A extends { view: infer V extends z.ZodType } ? { view: z.input<V>; headers?: Readonly<Record<string, string>> } : never

export interface Declaration<T extends z.ZodObject, A extends Answer> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, with `{name}` parts. */
  path: `/${string}`
  summary: string
  /** What a body is, unless it is JSON: then `body` is its text. */
  content?: 'text/csv'
  /** Up to three parts: `params`, `query` and `body`. A part that is not named takes nothing. */
  takes: T
  answers: A
  /** By status, why it can be refused, besides what every route has: 400, 401, 403, 413, 422, 429, 500 and 503. */
  refuses?: Readonly<Record<number, string>>
}

export interface Endpoint extends Declaration<z.ZodObject, Answer> {
  handle(request: HttpRequest, caller: Caller): Promise<HttpReply>
}

/** Declares a route; `handle` gets input that fits `takes`, and under which cause and version to act. */
export function endpoint<T extends z.ZodObject, A extends Answer>(
  core: Pick<Core, 'clock' | 'random' | 'collections'>,
  declared: Declaration<T, A> & { handle(input: z.output<T>, deed: Deed, caller: Caller): Promise<Outcome<A>> },
): Endpoint {
  const { handle, ...declaration } = declared
  return {
    ...declaration,
    handle: (given, caller) =>
      once(core, caller.actor.id, given, async (request, cause) => {
        const read = await readInput(request, declared)
        if (read.kind === 'refused') return read.reply
        const parsed = declared.takes.safeParse(read.input)
        if (!parsed.success) return refusal(parsed.error)
        const outcome = await handle(parsed.data, { actor: caller.actor, key: cause, version: versionOf(request) }, caller)
        return 'status' in outcome ? outcome : json(declared.answers.status, outcome.view, outcome.headers)
      }),
  }
}

type Read = { kind: 'input'; input: unknown } | { kind: 'refused'; reply: HttpReply }

async function readInput(request: HttpRequest, { takes, content }: Pick<Endpoint, 'takes' | 'content'>): Promise<Read> {
  const query = Object.fromEntries(request.query)
  const unwanted = 'query' in takes.shape ? [] : Object.keys(query)
  if (unwanted.length > 0) return refused(400, 'Bad request', `This takes no query; leave out ${unwanted.join(', ')}.`)
  if (!('body' in takes.shape)) return { kind: 'input', input: { params: request.params, query } }
  const limit = content === undefined ? bodyLimit : fileLimit
  const bytes = await request.bytes(limit)
  if (bytes === undefined) return refused(413, 'Content too large', `A body has at most ${limit} bytes.`)
  if (content !== undefined) return readText(bytes, { params: request.params, query })
  try {
    const body: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return { kind: 'input', input: { params: request.params, query, body } }
  } catch {
    return refused(400, 'Bad request', 'The body is no JSON in UTF-8; send one JSON object.')
  }
}

/** UTF-8, or what Excel calls Unicode text; anything else would come out as other characters than were written. */
function readText(bytes: Uint8Array, input: { params: unknown; query: unknown }): Read {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8'
  try {
    return { kind: 'input', input: { ...input, body: new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes) } }
  } catch {
    return refused(400, 'Bad request', 'The file is not in UTF-8; in Excel choose "CSV UTF-8 (Comma delimited)" when saving, and send it again.')
  }
}

function refused(status: number, title: string, detail: string): Read {
  return { kind: 'refused', reply: problem(status, title, detail) }
}

/** A path that can be nothing's is not found; the rest names every field and what it should be. */
function refusal(error: z.ZodError): HttpReply {
  const lost = error.issues.find(({ path }) => path[0] === 'params')
  if (lost !== undefined) return problem(404, 'Not found', lost.message)
  const errors = error.issues.map(({ path, message }) => {
    const [part, ...field] = path
    return { in: part === 'query' ? 'query' : 'body', field: field.join('.'), message }
  })
  const named = errors.map(({ in: part, field, message }) => `${field === '' ? `the ${part}` : field}: ${message}`)
  return problem(400, 'Bad request', `Correct this and send it again: ${named.join('; ')}.`, { errors })
}

/** From `If-Match: "3"`; undefined when the caller does not mind, -1 when it is no version of ours. */
function versionOf(request: HttpRequest): number | undefined {
  const given = request.headers['if-match']
  if (given === undefined || given === '*') return undefined
  const [, version] = /^(?:W\/)?"?(\d{1,9})"?$/.exec(given) ?? []
  return version === undefined ? -1 : Number(version)
}
