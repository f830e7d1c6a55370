// How the weights of stretches are stored: one text, small enough to be committed.
import { deflateRawSync } from 'node:zlib'
import type { SpanWeights } from './model.ts'

/** As weights.json holds them. */
export function storeSpanWeights(models: { faults: SpanWeights; devices: SpanWeights }): string {
  const packed = Object.entries(models).map(([name, { step, rows }]) => [name, { step, rows: deflateRawSync(rows, { level: 9 }).toString('base64') }])
  return `${JSON.stringify(Object.fromEntries(packed), undefined, 2)}\n`
}
