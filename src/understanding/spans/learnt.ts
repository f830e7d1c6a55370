// The weights that were learnt, as stored in weights.json by `npm run train`.
import { inflateRawSync } from 'node:zlib'
import { boxes } from './features.ts'
import type { SpanWeights } from './model.ts'
import stored from './weights.json' with { type: 'json' }

export const faults = read(stored.faults)
export const devices = read(stored.devices)

function read({ step, rows: packed }: { step: number; rows: string }): SpanWeights {
  const rows = new Int8Array(inflateRawSync(Buffer.from(packed, 'base64')))
  if (rows.length !== boxes) throw new Error('spans/weights.json does not fit this version: run npm run train')
  return { rows, step }
}
