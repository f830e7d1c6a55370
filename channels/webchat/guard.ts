// What every route does first and last: the origin list, CORS, who is asking, and the store being away.
import type { HttpReply, HttpRequest, Route } from '../../src/channel.ts'
import { Unavailable } from '../../src/errors.ts'
import type { Webchat } from './context.ts'
import { refuse } from './refusal.ts'
import type { TokenRead, Visitor } from './tokens.ts'

export interface Endpoint {
  method: 'GET' | 'POST'
  path: string
  handle(request: HttpRequest): Promise<HttpReply>
}

/** Adds to the endpoints what they share, and an OPTIONS route for each path. */
export function guard(webchat: Webchat, endpoints: readonly Endpoint[]): Route[] {
  const { origins } = webchat
  const paths = [...new Set(endpoints.map((endpoint) => endpoint.path))]
  return [
    ...endpoints.map((endpoint): Route => ({
      ...endpoint,
      async handle(request) {
        const reply = origins.allows(request.headers) ? await calm(() => endpoint.handle(request)) : originRefused()
        return { ...reply, headers: { ...reply.headers, ...origins.cors(request.headers) } }
      },
    })),
    ...paths.map((path): Route => ({
      method: 'OPTIONS',
      path,
      handle: async ({ headers }) => (origins.allows(headers) ? { status: 204, headers: origins.cors(headers) } : originRefused()),
    })),
  ]
}

const originRefused = () => refuse(403, 'OriginNotAllowed', 'This site may not use the chat: its owner can add it to WEBCHAT_ALLOWED_ORIGINS.')

/** Our fault and passing: the client is asked to try again. Other errors are for the server's own handler, which logs them. */
async function calm(handle: () => Promise<HttpReply>): Promise<HttpReply> {
  try {
    return await handle()
  } catch (error) {
    if (error instanceof Unavailable) return refuse(503, 'ServiceUnavailable', 'Nothing was stored: please try again in a moment.', { 'retry-after': '2' })
    throw error
  }
}

export type Caller = { kind: 'visitor'; visitor: Visitor } | { kind: 'refused'; reply: HttpReply }

/** Who is asking, by the bearer of the Authorization header, read in one of the two ways. */
export async function caller(request: HttpRequest, read: (token: string) => Promise<TokenRead<Visitor>>): Promise<Caller> {
  const token = /^Bearer +(\S+) *$/i.exec(request.headers['authorization'] ?? '')?.[1]
  if (token === undefined) return refused(refuse(401, 'Unauthorized', 'Send a token: Authorization: Bearer, from POST /v3/directline/tokens/generate.'))
  const result = await read(token)
  switch (result.kind) {
    case 'valid':
      return { kind: 'visitor', visitor: result.value }
    case 'expired':
      return refused(refuse(403, 'TokenExpired', 'The token has expired: POST it to /v3/directline/tokens/refresh, or ask for a new one.'))
    case 'invalid':
      // 403 and these words, as Direct Line itself answers.
      return refused(refuse(403, 'BadArgument', 'Invalid token or secret.'))
  }
}

const refused = (reply: HttpReply): Caller => ({ kind: 'refused', reply })

/** For routes below `/conversations`: a valid token, and for this very conversation. */
export function forVisitor(webchat: Webchat, handle: (request: HttpRequest, visitor: Visitor) => Promise<HttpReply>): Endpoint['handle'] {
  return async (request) => {
    const who = await caller(request, (token) => webchat.tokens.readAccess(token))
    if (who.kind === 'refused') return who.reply
    const id = request.params['id']
    if (id !== undefined && id !== who.visitor.conversation) return refuse(403, 'Forbidden', 'The token belongs to another conversation.')
    return handle(request, who.visitor)
  }
}
