// The body of a report: one JSON object in UTF-8.
import { z } from 'zod'
import type { ReadResult } from '../../src/channel.ts'

type Json = z.output<ReturnType<typeof z.json>>
type Parsed = { kind: 'json'; json: Json } | Extract<ReadResult, { kind: 'refused' }>

const jsonTypes = /^application\/(?:[\w.+-]+\+)?json$/i

export function parseBody(contentType: string, body: Uint8Array): Parsed {
  const type = contentType.split(';')[0]?.trim() ?? ''
  if (!jsonTypes.test(type)) return { kind: 'refused', status: 415, reason: 'send the report as application/json' }
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body), (key, value: unknown) => {
      // A field that means something else to JavaScript; no sender has it.
      if (key === '__proto__') throw new Error('a field named __proto__')
      return value
    })
    const parsed = z.record(z.string(), z.json()).safeParse(json)
    if (parsed.success) return { kind: 'json', json: parsed.data }
  } catch {
    // Said below.
  }
  return { kind: 'refused', status: 400, reason: 'the body is not one JSON object in UTF-8' }
}
