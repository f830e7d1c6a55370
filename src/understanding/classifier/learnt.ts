// The weights that were learnt, as stored in weights.json by `npm run train`.
import { inflateRawSync } from 'node:zlib'
import { intents } from '../understanding.ts'
import type { Weights } from './classifier.ts'
import { boxes } from './features.ts'
import stored from './weights.json' with { type: 'json' }

export const learnt: Weights = {
  intents: stored.intents.flatMap((name) => intents.find((intent) => intent === name) ?? []),
  rows: new Int8Array(inflateRawSync(Buffer.from(stored.rows, 'base64'))),
  biases: stored.biases,
  step: stored.step,
  temperature: stored.temperature,
}

if (learnt.rows.length !== boxes * learnt.intents.length) throw new Error('weights.json does not fit this version: run npm run train')
