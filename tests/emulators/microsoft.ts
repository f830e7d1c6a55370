// Microsoft as a bot meets it: keys by OpenID, a login, a connector with conversations and attachments. It knows nothing of the bot but its registration.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { createIssuers, service, type Change, type Issuers } from './microsoft/tokens.ts'

/** What a bot sends; loose, as the connector takes any activity. */
const activity = z.looseObject({
  type: z.string(),
  text: z.string().optional(),
  textFormat: z.string().optional(),
  replyToId: z.string().optional(),
  attachments: z
    .array(
      z.looseObject({
        contentType: z.string(),
        contentUrl: z.string().optional(),
        content: z
          .looseObject({ buttons: z.array(z.looseObject({ type: z.string(), title: z.string(), text: z.string().optional(), value: z.unknown() })).optional() })
          .optional(),
      }),
    )
    .optional(),
  suggestedActions: z.looseObject({ actions: z.array(z.looseObject({ type: z.string(), title: z.string(), value: z.unknown() })) }).optional(),
})

export interface Sent {
  id: string
  conversation: string
  activity: z.infer<typeof activity>
}

export interface Answer {
  status: number
  headers?: Readonly<Record<string, string>>
  body?: string
}

/** An activity as a channel posts it. */
export type Posted = Readonly<Record<string, unknown>> & { serviceUrl?: unknown; channelId?: unknown }

export interface Microsoft {
  appId: string
  appPassword: string
  openIdUrl: string
  loginUrl: string
  /** Where the connector is, as activities name it. */
  serviceUrl: string
  issuers: Issuers
  /** What the bot said and the connector took, in order. */
  sent: Sent[]
  /** Calls of the connector, taken or not. */
  calls(): number
  /** Tokens handed out. */
  logins(): number
  /** From now on this is a conversation the bot may write into. */
  open(conversation: string): void
  /** From now on it is gone. */
  shut(conversation: string): void
  /** The next calls of the connector get these answers instead. */
  answerNext(...answers: Answer[]): void
  /** The next requests for a token get these answers instead. */
  answerLogin(...answers: Answer[]): void
  /** Puts a file where only the bot's token opens it; answers its address. */
  guard(content: Uint8Array, contentType: string): string
  /** Posts an activity to a bot with a good token, or with this one; null sends none. */
  post(bot: string, activity: Posted, token?: string | null): Promise<Response>
  close(): Promise<void>
}

export async function startMicrosoft(): Promise<Microsoft> {
  const appId = randomUUID()
  const appPassword = randomUUID()
  const issuers = await createIssuers(appId)
  // Ports come back, and bots keep the keys of an address for a day.
  const here = `/${randomUUID()}`
  const sent: Sent[] = []
  const conversations = new Set<string>()
  const files = new Map<string, { content: Uint8Array; contentType: string }>()
  const planned: { connector: Answer[]; login: Answer[] } = { connector: [], login: [] }
  const counts = { calls: 0, logins: 0 }

  const json = (status: number, body: unknown): Answer => ({ status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  const trouble = (status: number, code: string): Answer => json(status, { error: { code, message: `${code} for 29:somebody` } })

  async function connector(request: IncomingMessage, path: string, body: string): Promise<Answer | { file: { content: Uint8Array; contentType: string } }> {
    counts.calls++
    const next = planned.connector.shift()
    if (next !== undefined) return next
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    if (!(await issuers.isForConnector(token))) return trouble(401, 'Unauthorized')
    const file = files.get(path)
    if (file !== undefined && request.method === 'GET') return { file }
    const conversation = /^\/v3\/conversations\/([^/]+)\/activities(?:\/[^/]+)?$/.exec(path)?.[1]
    if (conversation === undefined || request.method !== 'POST') return trouble(405, 'MethodNotAllowed')
    if (!conversations.has(decodeURIComponent(conversation))) return trouble(404, 'ConversationNotFound')
    const read = activity.safeParse(JSON.parse(body))
    if (!read.success) return trouble(400, 'BadSyntax')
    const id = String(1_700_000_000_000 + sent.length)
    sent.push({ id, conversation: decodeURIComponent(conversation), activity: read.data })
    return json(201, { id })
  }

  async function login(body: string): Promise<Answer> {
    const next = planned.login.shift()
    if (next !== undefined) return next
    const form = new URLSearchParams(body)
    const known = form.get('client_id') === appId && form.get('client_secret') === appPassword
    if (!known || form.get('grant_type') !== 'client_credentials') return json(401, { error: 'invalid_client' })
    if (form.get('scope') !== `${service}/.default`) return json(400, { error: 'invalid_scope' })
    counts.logins++
    return json(200, { token_type: 'Bearer', expires_in: 3599, access_token: await issuers.forBot() })
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    const path = (request.url ?? '').slice(here.length)
    const answer =
      path === '/v1/.well-known/openidconfiguration'
        ? json(200, { issuer: service, jwks_uri: `${base}/keys`, id_token_signing_alg_values_supported: ['RS256'] })
        : path === '/keys'
          ? json(200, await issuers.jwks())
          : path === '/botframework.com/oauth2/v2.0/token'
            ? await login(body)
            : await connector(request, path.replace(/^\/amer/, ''), body)
    if ('file' in answer) response.writeHead(200, { 'content-type': answer.file.contentType }).end(answer.file.content)
    else response.writeHead(answer.status, answer.headers).end(answer.body)
  }

  const server = createServer(
    (request, response) => void handle(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined)),
  )
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const base = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}${here}`
  const serviceUrl = `${base}/amer/`

  return {
    appId,
    appPassword,
    openIdUrl: `${base}/v1/.well-known/openidconfiguration`,
    loginUrl: `${base}/botframework.com`,
    serviceUrl,
    issuers,
    sent,
    calls: () => counts.calls,
    logins: () => counts.logins,
    open: (conversation) => void conversations.add(conversation),
    shut: (conversation) => void conversations.delete(conversation),
    answerNext: (...answers) => void planned.connector.push(...answers),
    answerLogin: (...answers) => void planned.login.push(...answers),
    guard(content, contentType) {
      const path = `/v3/attachments/${randomUUID()}/views/original`
      files.set(path, { content, contentType })
      return `${serviceUrl}${path.slice(1)}`
    },
    async post(bot, posted, token) {
      const bearer = token === undefined ? await issuers.fromService(String(posted.serviceUrl)) : token
      return fetch(`${bot}/api/messages`, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }) },
        body: JSON.stringify(posted),
      })
    },
    async close() {
      if (!server.listening) return
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export type { Change }
