// How Slack calls an app: signed over HTTP or in envelopes over a socket, again when it hears no 2xx, within three seconds.
// https://docs.slack.dev/apis/events-api#retries
import { createHmac, randomUUID } from 'node:crypto'
import type { WebSocket } from 'ws'
import { record, type Json } from './workspace.ts'

export type Kind = 'event' | 'interaction' | 'command'

/** One call of the app and what came of it. */
export interface Attempt {
  kind: Kind
  /** HTTP status; over a socket 200 for an acknowledgement. 0: no answer in time, or no connection. */
  status: number
  /** What the app answered. */
  body: string
  /** Milliseconds to the answer. */
  ms: number
}

export interface DeliveryOptions {
  signingSecret: string
  /** How long Slack waits, milliseconds. */
  patienceMs: number
  /** Waits before an event is sent again, milliseconds; Slack's own are next to nothing, a minute, five minutes. */
  retryMs: readonly number[]
}

export interface Delivery {
  /** Where the app listens; undefined: nowhere, events are lost unless a socket is open. */
  requestUrl: string | undefined
  /** How often the first delivery of every event is made, in parallel. */
  copies: number
  /** Every call made so far. */
  attempts: Attempt[]
  /** Calls until the app takes it, or Slack gives up. */
  event(body: Json): Promise<Attempt[]>
  /** Once: Slack does not repeat these. */
  interaction(payload: Json): Promise<Attempt>
  command(fields: Readonly<Record<string, string>>): Promise<Attempt>
  /** Settles when nothing is on its way any more. */
  quiet(): Promise<void>
  sockets: Set<WebSocket>
  acknowledged(envelope: string, payload: unknown): void
}

/** `v0=` and the hex HMAC-SHA256 over version, time and body. */
export function sign(secret: string, seconds: number, body: string): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': String(seconds), 'x-slack-signature': `v0=${signature}` }
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const waiting = new Map<string, (payload: unknown) => void>()
  const running = new Set<Promise<unknown>>()

  async function call(kind: Kind, body: Json, retry?: { number: number; reason: string }): Promise<Attempt> {
    const began = performance.now()
    const [socket] = [...delivery.sockets].toSorted(() => Math.random() - 0.5)
    const answer = socket === undefined ? await post(kind, body, retry) : await envelope(socket, kind, body, retry)
    const attempt: Attempt = { kind, ...answer, ms: performance.now() - began }
    delivery.attempts.push(attempt)
    return attempt
  }

  async function post(kind: Kind, body: Json, retry: { number: number; reason: string } | undefined): Promise<{ status: number; body: string }> {
    if (delivery.requestUrl === undefined) return { status: 0, body: '' }
    const [text, contentType] =
      kind === 'event'
        ? [JSON.stringify(body), 'application/json']
        : [
            kind === 'interaction'
              ? new URLSearchParams({ payload: JSON.stringify(body) }).toString()
              : new URLSearchParams(Object.entries(body).map(([name, value]): [string, string] => [name, String(value)])).toString(),
            'application/x-www-form-urlencoded',
          ]
    try {
      const response = await fetch(delivery.requestUrl, {
        method: 'POST',
        body: text,
        redirect: 'manual',
        headers: {
          'content-type': contentType,
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          ...sign(options.signingSecret, Math.floor(Date.now() / 1000), text),
          ...(retry === undefined ? {} : { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason }),
        },
        signal: AbortSignal.timeout(options.patienceMs),
      })
      return { status: response.status, body: await response.text() }
    } catch {
      return { status: 0, body: '' }
    }
  }

  function envelope(
    socket: WebSocket,
    kind: Kind,
    body: Json,
    retry: { number: number; reason: string } | undefined,
  ): Promise<{ status: number; body: string }> {
    const id = randomUUID()
    const types = { event: 'events_api', interaction: 'interactive', command: 'slash_commands' } as const
    return new Promise((resolve) => {
      const give = (status: number, text: string): void => {
        clearTimeout(timer)
        waiting.delete(id)
        resolve({ status, body: text })
      }
      const timer = setTimeout(() => give(0, ''), options.patienceMs)
      waiting.set(id, (payload) => give(200, Object.keys(record(payload)).length === 0 ? '' : JSON.stringify(payload)))
      socket.send(
        JSON.stringify({
          envelope_id: id,
          type: types[kind],
          payload: body,
          accepts_response_payload: kind !== 'event',
          ...(kind === 'event' ? { retry_attempt: retry?.number ?? 0, retry_reason: retry?.reason ?? '' } : {}),
        }),
      )
    })
  }

  async function event(body: Json): Promise<Attempt[]> {
    if (delivery.requestUrl === undefined && delivery.sockets.size === 0) return []
    const made = await Promise.all(Array.from({ length: delivery.copies }, () => call('event', body)))
    for (const [index, wait] of options.retryMs.entries()) {
      const last = made.at(-1)
      if (last === undefined || (last.status >= 200 && last.status < 300)) break
      await new Promise((resolve) => setTimeout(resolve, wait))
      made.push(await call('event', body, { number: index + 1, reason: last.status === 0 ? 'http_timeout' : 'http_error' }))
    }
    return made
  }

  function tracked<T>(work: Promise<T>): Promise<T> {
    running.add(work)
    void work.finally(() => running.delete(work))
    return work
  }

  const delivery: Delivery = {
    requestUrl: undefined,
    copies: 1,
    attempts: [],
    sockets: new Set(),
    event: (body) => tracked(event(body)),
    interaction: (payload) => tracked(call('interaction', payload)),
    command: (fields) => tracked(call('command', fields)),
    async quiet() {
      while (running.size > 0) await Promise.all(running)
    },
    acknowledged: (id, payload) => waiting.get(id)?.(payload),
  }
  return delivery
}
