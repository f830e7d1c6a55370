// The few Direct Line requests the widget makes, each with what came of it.
import { isRecord, text } from './storage.ts'

/** `unreachable`: no answer, or one that says to try again (5xx, 429). */
export type Outcome<Value> = { kind: 'done'; value: Value } | { kind: 'refused'; status: number } | { kind: 'unreachable'; waitMs: number }

export interface Token {
  token: string
  conversationId: string
  /** Milliseconds since the epoch. */
  expires: number
}

export interface DirectLine {
  generate(): Promise<Outcome<Token>>
  refresh(token: string): Promise<Outcome<Token>>
  /** The address of a stream that starts after the watermark. */
  stream(token: Token, watermark: string): Promise<Outcome<string>>
  activities(token: Token, watermark: string): Promise<Outcome<unknown>>
  /** Answers the id under which it is stored. */
  post(token: Token, activity: object, files: readonly File[]): Promise<Outcome<string>>
  /** An address the server made, as this page reaches the server: by the host and scheme it got the script from. */
  here(url: string): string
}

const root = 'v3/directline/'
const answerMs = 20_000
const uploadMs = 5 * 60_000

interface Asked {
  method?: 'POST'
  headers?: Record<string, string>
  body?: string | FormData
}

/** @param base where the script came from, with a slash at its end. */
export function createDirectLine(base: string): DirectLine {
  function here(url: string): string {
    const at = url.indexOf(`/${root}`)
    return at < 0 ? url : new URL(url.slice(at + 1), base).href
  }

  async function ask(path: string, token: string, init: Asked, limitMs = answerMs): Promise<Outcome<unknown>> {
    try {
      const headers = { ...init.headers, ...(token === '' ? {} : { authorization: `Bearer ${token}` }) }
      const signal = AbortSignal.timeout(limitMs)
      const response = await fetch(new URL(root + path, base), { ...init, headers, signal, credentials: 'omit', cache: 'no-store' })
      if (response.ok) return { kind: 'done', value: await response.json() }
      if (response.status < 500 && response.status !== 429) return { kind: 'refused', status: response.status }
      return { kind: 'unreachable', waitMs: Number(response.headers.get('retry-after') ?? 0) * 1000 }
    } catch {
      return { kind: 'unreachable', waitMs: 0 }
    }
  }

  async function askToken(path: string, token: string): Promise<Outcome<Token>> {
    return map(await ask(path, token, { method: 'POST' }), (json) => ({
      token: text(json['token']),
      conversationId: text(json['conversationId']),
      expires: Date.now() + (Number(json['expires_in']) || 0) * 1000,
    }))
  }

  const conversation = ({ conversationId }: Token, rest: string) => `conversations/${encodeURIComponent(conversationId)}${rest}`

  return {
    here,
    generate: () => askToken('tokens/generate', ''),
    refresh: (token) => askToken('tokens/refresh', token),
    async stream(token, watermark) {
      const path = conversation(token, `?watermark=${encodeURIComponent(watermark)}`)
      return map(await ask(path, token.token, {}), (json) => here(text(json['streamUrl'])).replace(/^http/, 'ws'))
    },
    activities: (token, watermark) => ask(conversation(token, `/activities?watermark=${encodeURIComponent(watermark)}`), token.token, {}),
    async post(token, activity, files) {
      const json = JSON.stringify(activity)
      if (files.length === 0) {
        const init: Asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: json }
        return map(await ask(conversation(token, '/activities'), token.token, init), (answer) => text(answer['id']))
      }
      const body = new FormData()
      body.append('activity', new Blob([json], { type: 'application/vnd.microsoft.activity' }))
      for (const file of files) body.append('file', file, file.name)
      const answer = await ask(conversation(token, '/upload?userId='), token.token, { method: 'POST', body }, uploadMs)
      return map(answer, (stored) => text(stored['id']))
    },
  }
}

function map<Value>(outcome: Outcome<unknown>, read: (json: Record<string, unknown>) => Value): Outcome<Value> {
  if (outcome.kind !== 'done') return outcome
  return { kind: 'done', value: read(isRecord(outcome.value) ? outcome.value : {}) }
}
