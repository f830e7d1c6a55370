// Tokens, and opening, taking up and reading a conversation.
import { z } from 'zod'
import type { HttpReply, HttpRequest } from '../../src/channel.ts'
import { readWatermark, root, type Webchat } from './context.ts'
import { caller, forVisitor, type Endpoint } from './guard.ts'
import { answer, refuse, tooMany } from './refusal.ts'
import { toActivitySet } from './to-activity.ts'
import { accessLifetime, type Visitor } from './tokens.ts'
import { newVisitorId } from './visitor-id.ts'

const pageSize = 100
const bodyLimit = 16 * 1024

const tokenRequest = z.object({
  user: z.object({ id: z.string().max(500).nullish(), name: z.string().max(200).nullish() }).nullish(),
})

export function conversationEndpoints(webchat: Webchat): Endpoint[] {
  const { tokens, door } = webchat

  const withToken = async (visitor: Visitor) => ({
    conversationId: visitor.conversation,
    token: await tokens.access(visitor),
    expires_in: accessLifetime,
  })
  const opened = async (visitor: Visitor, watermark: number) => ({
    ...(await withToken(visitor)),
    streamUrl: await streamUrl(webchat, visitor, watermark),
  })

  return [
    { method: 'POST', path: `${root}/tokens/generate`, handle: (request) => generate(webchat, request, withToken) },
    {
      method: 'POST',
      path: `${root}/tokens/refresh`,
      async handle(request) {
        const who = await caller(request, (token) => tokens.readForRefresh(token))
        return who.kind === 'refused' ? who.reply : answer(200, await withToken(who.visitor))
      },
    },
    {
      method: 'POST',
      path: `${root}/conversations`,
      // What the body claims about user and language is not needed: the token says who, and each message in what language.
      handle: forVisitor(webchat, async (_request, visitor) => {
        const begun = await door.history(visitor.conversation, 0, 1)
        return answer(begun.length === 0 ? 201 : 200, await opened(visitor, 0))
      }),
    },
    {
      method: 'GET',
      path: `${root}/conversations/:id`,
      handle: forVisitor(webchat, async ({ query }, visitor) => {
        const watermark = readWatermark(query.get('watermark'))
        return watermark === undefined ? noWatermark() : answer(200, await opened(visitor, watermark))
      }),
    },
    {
      method: 'GET',
      path: `${root}/conversations/:id/activities`,
      handle: forVisitor(webchat, async ({ query }, visitor) => {
        const watermark = readWatermark(query.get('watermark'))
        if (watermark === undefined) return noWatermark()
        const page = await door.history(visitor.conversation, watermark, pageSize)
        return answer(200, page.length === 0 ? { activities: [], watermark: String(watermark) } : await toActivitySet(webchat, page))
      }),
    },
  ]
}

const noWatermark = () => refuse(400, 'BadArgument', 'The watermark is not one of ours: send back the last one you were given, or none.')

async function streamUrl({ base, tokens }: Webchat, visitor: Visitor, watermark: number): Promise<string> {
  const address = `${base.replace(/^http/, 'ws')}${root}/conversations/${visitor.conversation}/stream`
  return `${address}?watermark=${watermark}&t=${await tokens.stream(visitor)}`
}

async function generate(webchat: Webchat, request: HttpRequest, withToken: (visitor: Visitor) => Promise<unknown>): Promise<HttpReply> {
  const wait = webchat.limits.tokens.take(request.ip)
  if (wait > 0) return tooMany(wait)
  const body = await request.bytes(bodyLimit)
  if (body === undefined) return refuse(413, 'PayloadTooLarge', 'The request is too large.')
  const parsed = readTokenRequest(body)
  if (parsed === undefined) return refuse(400, 'MalformedData', 'The body is not JSON like {"user":{"id":"…","name":"…"}}.')
  const id = newVisitorId(webchat.random, webchat.site, parsed.user?.id || undefined)
  return answer(200, await withToken(webchat.tokens.visitor(id, parsed.user?.name?.toWellFormed() || undefined)))
}

/** Nothing at all is fine too: most clients send no body. */
function readTokenRequest(body: Uint8Array): z.infer<typeof tokenRequest> | undefined {
  if (body.length === 0) return {}
  try {
    return tokenRequest.safeParse(JSON.parse(Buffer.from(body).toString('utf8'))).data
  } catch {
    return undefined
  }
}
