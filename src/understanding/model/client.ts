// Asks any OpenAI-compatible server to read a message. Slow, wrong or absent, it costs a moment and nothing else.
import type { Clock } from '../../clock.ts'
import { newId, type Random } from '../../random.ts'
import { blankInstructions } from './instructions.ts'
import { promptFor } from './prompt.ts'
import { parseReading, type ModelReading } from './reading.ts'

export interface ModelOptions {
  /** The server's base, e.g. `http://localhost:8000/v1`. */
  url: string
  apiKey: string | undefined
  model: string
  timeoutMs: number
  clock: Clock
  random: Random
  /** `globalThis.fetch` outside of tests. */
  fetch: typeof fetch
  /** Told of every failure; the message is without customers' words. */
  onProblem(error: Error): void
}

export interface Model {
  /** Undefined when there is nothing usable. Never throws. */
  read(text: string, products: readonly string[]): Promise<ModelReading | undefined>
}

const longestText = 4000
/** Bytes of an answer; a reading fits many times. */
const longestAnswer = 32_768
/** After so many failures in a row the server is left alone for a while, so that not every turn waits for it. */
const patience = 3
const restMs = 30_000

export function createModel({ url, apiKey, model, timeoutMs, clock, random, fetch: request, onProblem }: ModelOptions): Model {
  let failures = 0
  let restUntil = 0

  async function ask(text: string, products: readonly string[]): Promise<ModelReading | undefined> {
    const signal = AbortSignal.timeout(timeoutMs)
    const response = await request(`${url.replace(/\/+$/, '')}/chat/completions`, {
      method: 'POST',
      redirect: 'error',
      signal,
      headers: { 'content-type': 'application/json', ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) },
      body: JSON.stringify({
        model,
        temperature: 0,
        max_tokens: 600,
        response_format: { type: 'json_object' },
        messages: promptFor(text, products, `=====${newId('mark', clock, random)}=====`),
      }),
    })
    if (!response.ok) throw new Error(`the model's server answered ${response.status}`)
    return parseReading(contentOf(await readBounded(response)))
  }

  return {
    async read(text, products) {
      const plain = blankInstructions(text).slice(0, longestText)
      if (plain.trim() === '' || clock.now() < restUntil) return undefined
      try {
        const reading = await ask(plain, products)
        failures = 0
        return reading
      } catch (error) {
        failures++
        if (failures >= patience) restUntil = clock.now() + restMs
        onProblem(error instanceof Error ? error : new Error('the model failed'))
        return undefined
      }
    },
  }
}

async function readBounded(response: Response): Promise<string> {
  let size = 0
  const parts: Uint8Array[] = []
  for await (const part of response.body ?? []) {
    size += part.length
    if (size > longestAnswer) throw new Error("the model's answer is too long")
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** `choices[0].message.content` of a chat completion. */
function contentOf(body: string): string {
  const answer: unknown = JSON.parse(body)
  const first = pick(pick(answer, 'choices'), '0')
  const content = pick(pick(first, 'message'), 'content')
  if (typeof content !== 'string') throw new Error("the model's answer is no chat completion")
  return content
}

function pick(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined
}
