// A web chat visitor on plain Direct Line 3.0, who repeats what was not acknowledged.
import { z } from 'zod'

const started = z.object({ conversationId: z.string(), token: z.string() })
const activities = z.object({
  activities: z.array(
    z.object({
      id: z.string(),
      type: z.string(),
      text: z.string().optional(),
      from: z.object({ id: z.string(), role: z.string().optional(), name: z.string().optional() }),
      suggestedActions: z.object({ actions: z.array(z.object({ title: z.string(), value: z.unknown() })) }).optional(),
    }),
  ),
  watermark: z.string(),
})
export type Activity = z.infer<typeof activities>['activities'][number]

export interface Visitor {
  conversation: string
  /** Resolves once acknowledged; `gateways` are tried in turn. The id makes repetitions one message. */
  say(text: string, id: string): Promise<void>
  /** Sends a file without words. */
  upload(content: Uint8Array, name: string): Promise<void>
  /** Everything in the conversation, in order. */
  history(): Promise<Activity[]>
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** `gateways` is asked at every try, since processes come and go; each call gives up after `patienceMs`. */
export async function openChat(gateways: () => readonly string[], patienceMs = 60_000): Promise<Visitor> {
  async function call(path: string, init: RequestInit): Promise<unknown> {
    const end = Date.now() + patienceMs
    for (let round = 0; ; round++) {
      const all = gateways()
      const base = all[round % all.length]
      try {
        const response = await fetch(`${base}${path}`, { ...init, signal: AbortSignal.timeout(10_000) })
        if (response.ok) return await response.json()
        if (response.status < 500 && response.status !== 429) throw new Error(`refused: ${response.status} ${await response.text()}`)
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('refused')) throw error
      }
      if (Date.now() > end) throw new Error(`no gateway answered ${path} in ${patienceMs} ms`)
      await pause(100)
    }
  }
  const json = { 'content-type': 'application/json' }
  const token = started.parse(await call('/v3/directline/tokens/generate', { method: 'POST', headers: json, body: '{}' }))
  const opened = started.parse(
    await call('/v3/directline/conversations', { method: 'POST', headers: { ...json, authorization: `Bearer ${token.token}` }, body: '{}' }),
  )
  const headers = { ...json, authorization: `Bearer ${opened.token}` }
  const path = `/v3/directline/conversations/${opened.conversationId}/activities`
  return {
    conversation: opened.conversationId,
    async say(text, id) {
      await call(path, { method: 'POST', headers, body: JSON.stringify({ type: 'message', from: { id: 'me' }, text, channelData: { clientActivityID: id } }) })
    },
    async upload(content, name) {
      const form = new FormData()
      form.append('file', new Blob([new Uint8Array(content)]), name)
      const { authorization } = headers
      await call(path.replace(/activities$/, 'upload'), { method: 'POST', headers: { authorization }, body: form })
    },
    async history() {
      const all: Activity[] = []
      let watermark = ''
      for (;;) {
        const page = activities.parse(await call(`${path}?watermark=${watermark}`, { headers }))
        if (page.activities.length === 0) return all
        all.push(...page.activities)
        watermark = page.watermark
      }
    },
  }
}

export const fromBot = (activity: Activity): boolean => activity.from.role === 'bot'
