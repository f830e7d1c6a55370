// How weights are stored: one text, small enough to be committed.
import { deflateRawSync } from 'node:zlib'
import type { Weights } from './classifier.ts'

/** As weights.json holds them. */
export function storeWeights({ intents: names, rows, biases, step, temperature }: Weights): string {
  return `${JSON.stringify({ intents: names, biases, step, temperature, rows: deflateRawSync(rows, { level: 9 }).toString('base64') }, undefined, 2)}\n`
}
