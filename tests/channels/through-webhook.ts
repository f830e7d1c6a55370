// A body handed to a channel's webhook as src/http does it: over its limit, refused, or read and accepted.
import { Readable } from 'node:stream'
import type { Channel, Door, HttpReply, HttpRequest, Webhook } from '../../src/channel.ts'
import { webhookRoute } from '../../src/http/webhooks.ts'
import type { ChannelEvent } from '../../src/message.ts'
import type { Credentials } from './fixture.ts'

export function post(path: string, body: Buffer, { headers, query }: Credentials, params: Readonly<Record<string, string>> = {}): HttpRequest {
  return {
    method: 'POST',
    path,
    params,
    query: new URLSearchParams(query),
    headers,
    ip: '192.0.2.1',
    body: Readable.from([body], { objectMode: false }),
    bytes: async (limit) => (body.length > limit ? undefined : body),
  }
}

export function toWebhook(
  webhook: Webhook,
  body: Buffer,
  credentials: Credentials,
  accept: Door['accept'],
  params: Readonly<Record<string, string>> = {},
): Promise<HttpReply> {
  return webhookRoute(webhook, accept).handle(post(webhook.path, body, credentials, params))
}

/** What the webhook at this path made of the body; nothing where it refused. */
export async function throughWebhook(
  channel: Channel,
  path: string,
  body: Buffer,
  credentials: Credentials,
  door: Door,
  params: Readonly<Record<string, string>> = {},
): Promise<readonly ChannelEvent[]> {
  const webhook = channel.webhooks?.find((one) => one.path === path)
  if (webhook === undefined) throw new Error(`no webhook at ${path}`)
  const events: ChannelEvent[] = []
  await toWebhook(
    webhook,
    body,
    credentials,
    (event) => {
      events.push(event)
      return door.accept(event)
    },
    params,
  )
  return events
}
