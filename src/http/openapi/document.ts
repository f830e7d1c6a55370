// The OpenAPI 3.1 document, made from the table of routes that also checks each request: it cannot say anything else than what is done.
import { z } from 'zod'
import type { Endpoint } from '../endpoint.ts'
import { collectSchemas, type JsonSchema, type Schemas } from './schemas.ts'

export const apiVersion = '1.0.0'

const problemSchema: JsonSchema = {
  type: 'object',
  description: 'Problem details (RFC 9457): `detail` says what to do',
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    errors: {
      type: 'array',
      description: 'Each field that is wrong',
      items: {
        type: 'object',
        properties: { in: { enum: ['query', 'body'] }, field: { type: 'string' }, message: { type: 'string' } },
        required: ['field', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status', 'detail'],
}

/** What any route can answer besides its own refusals. */
const everywhere: Readonly<Record<number, string>> = {
  400: 'It does not fit the schema; `errors` names each field.',
  401: 'There is no key, or it opens nothing.',
  403: 'The key is not for this; `detail` names the scope.',
  429: 'Too often; `Retry-After` says when to come again.',
  500: 'Something went wrong on our side; send the same again.',
  503: 'A store or queue cannot be reached; nothing was stored. Send the same again.',
}
/** And one that changes something. */
const ofChanges: Readonly<Record<number, string>> = {
  413: 'The body is too large.',
  422: 'The Idempotency-Key came with another request before.',
}
const usual = { ...everywhere, ...ofChanges }

export function openApiDocument(endpoints: readonly Endpoint[], { publicUrl }: { publicUrl: string }): JsonSchema {
  const schemas = collectSchemas()
  const paths: Record<string, Record<string, JsonSchema>> = {}
  for (const endpoint of endpoints) paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operation(endpoint, schemas) }
  const tags = [...new Set(endpoints.map(tagOf))].toSorted()
  return {
    openapi: '3.1.0',
    info: {
      title: 'Mendline',
      version: apiVersion,
      description:
        'Open tickets, follow them, and keep the records behind them. Lists are pages: `nextCursor` is the `cursor` of the next one. A change takes `If-Match` with the `ETag` last seen; any POST, PATCH or DELETE takes an `Idempotency-Key`, kept for seven days.',
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    security: [{ key: [] }],
    tags: tags.map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'ADMIN_KEY is the first key; POST /api-keys makes others.' } },
      schemas: { Problem: problemSchema, ...schemas.named() },
      responses: Object.fromEntries(Object.entries(usual).map(([status, description]) => [`Refused${status}`, refusal(description)])),
    },
  }
}

function operation(endpoint: Endpoint, schemas: Schemas): JsonSchema {
  const { method, path, summary, takes, answers, refuses = {}, content = 'application/json' } = endpoint
  const { params, query, body }: Readonly<Record<string, z.ZodType | undefined>> = takes.shape
  const expected = Object.keys(method === 'GET' ? everywhere : usual).filter((status) => !(status in refuses))
  const headers = [...(method === 'GET' ? [] : [idempotencyKey]), ...(412 in refuses ? [ifMatch] : [])]
  return {
    operationId: operationId(method, path),
    tags: [tagOf(endpoint)],
    summary,
    parameters: [...parametersOf(params, 'path', schemas), ...parametersOf(query, 'query', schemas), ...headers],
    ...(body === undefined ? {} : { requestBody: { required: true, content: { [content]: { schema: schemas.of(body, 'input') } } } }),
    responses: {
      [answers.status]: { description: answers.description, ...answered(endpoint, schemas) },
      ...Object.fromEntries(Object.entries(refuses).map(([status, description]) => [status, refusal(description)])),
      ...Object.fromEntries(expected.map((status) => [status, { $ref: `#/components/responses/Refused${status}` }])),
    },
  }
}

function answered({ answers: { view, content } }: Endpoint, schemas: Schemas): JsonSchema {
  const json = view === undefined ? {} : { 'application/json': { schema: schemas.of(view, 'output') } }
  const other = content === undefined ? {} : { [content]: { schema: { type: 'string' } } }
  return { content: { ...json, ...other } }
}

function refusal(description: string): JsonSchema {
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }
}

const objectSchema = z.object({ properties: z.record(z.string(), z.record(z.string(), z.unknown())).default({}), required: z.array(z.string()).default([]) })

function parametersOf(part: z.ZodType | undefined, place: 'path' | 'query', schemas: Schemas): JsonSchema[] {
  if (part === undefined) return []
  const { properties, required } = objectSchema.parse(schemas.of(part, 'input'))
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
  }))
}

const idempotencyKey: JsonSchema = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'The same request under the same key acts once and is answered the same, for seven days',
  schema: { type: 'string', maxLength: 255 },
}
const ifMatch: JsonSchema = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The ETag last seen: refused when it has changed since',
  schema: { type: 'string' },
}

function tagOf({ path }: Pick<Endpoint, 'path'>): string {
  return path.split('/')[1] ?? ''
}

/** E.g. `postTicketsNumberStatus`. */
function operationId(method: string, path: string): string {
  const words = path.split(/[^A-Za-z]+/).filter((word) => word !== '')
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
