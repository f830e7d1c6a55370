// A visitor of the tests: asks the server over HTTP and reads what it answers.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { WebchatServer } from '../../support/webchat-server.ts'

export interface Answer {
  status: number
  headers: Headers
  json: unknown
}

export interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer> | FormData
}

export const tokenAnswer = z.object({ conversationId: z.string(), token: z.string(), expires_in: z.number() })
export const openAnswer = tokenAnswer.extend({ streamUrl: z.string() })
export const idAnswer = z.object({ id: z.string() })
export const errorAnswer = z.object({ error: z.object({ code: z.string(), message: z.string() }) })
export const activitySet = z.object({
  activities: z.array(
    z.looseObject({
      id: z.string(),
      type: z.string(),
      text: z.string().optional(),
      from: z.object({ id: z.string(), name: z.string().optional(), role: z.string() }),
      attachments: z.array(z.object({ contentType: z.string(), name: z.string(), contentUrl: z.string(), thumbnailUrl: z.string().optional() })).optional(),
    }),
  ),
  watermark: z.string().optional(),
})

export async function ask(server: WebchatServer, path: string, init: Asked = {}): Promise<Answer> {
  const response = await fetch(`${server.url}/v3/directline${path}`, init)
  const text = await response.text()
  return { status: response.status, headers: response.headers, json: text === '' ? undefined : JSON.parse(text) }
}

/** Status and code of a refusal. */
export function refusal({ status, json }: Answer): string {
  return `${status} ${errorAnswer.parse(json).error.code}`
}

export interface Visitor {
  token: string
  conversation: string
  ask(path: string, init?: Asked): Promise<Answer>
  post(activity: unknown): Promise<Answer>
  say(text: string, clientActivityID?: string): Promise<Answer>
  upload(body: FormData): Promise<Answer>
  activities(watermark?: string): Promise<z.infer<typeof activitySet>>
  /** The address of a fresh stream. */
  stream(watermark?: string): Promise<string>
}

export async function visit(server: WebchatServer, token?: string): Promise<Visitor> {
  const begun = tokenAnswer.parse((await ask(server, '/tokens/generate', { method: 'POST' })).json)
  const bearer = token ?? begun.token
  const conversation = begun.conversationId
  const own = (path: string, init: Asked = {}) => ask(server, path, { ...init, headers: { authorization: `Bearer ${bearer}`, ...init.headers } })
  const post = (activity: unknown) =>
    own(`/conversations/${conversation}/activities`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: typeof activity === 'string' ? activity : JSON.stringify(activity),
    })
  return {
    token: bearer,
    conversation,
    ask: own,
    post,
    say: (text, clientActivityID) => post({ type: 'message', text, ...(clientActivityID === undefined ? {} : { channelData: { clientActivityID } }) }),
    upload: (body) => own(`/conversations/${conversation}/upload?userId=x`, { method: 'POST', body }),
    activities: async (watermark = '') => activitySet.parse((await own(`/conversations/${conversation}/activities?watermark=${watermark}`)).json),
    stream: async (watermark = '') => openAnswer.parse((await own(`/conversations/${conversation}?watermark=${watermark}`)).json).streamUrl,
  }
}

/** A recorded body. */
export function payload(name: string): Promise<string> {
  return readFile(join(import.meta.dirname, 'payloads', `${name}.json`), 'utf8')
}

/** A clock that stands until it is moved. */
export function testClock(start = Date.parse('2026-05-04T10:00:00.000Z')) {
  let now = start
  return {
    now: () => now,
    pass(seconds: number) {
      now += seconds * 1000
    },
  }
}

/** The smallest real PNG. */
export const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')
