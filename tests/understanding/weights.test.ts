// The weights that are committed are those that the training sentences give, and each intent has enough sentences in each language.
import { expect, it } from 'vitest'
import { learnt } from '../../src/understanding/classifier/learnt.ts'
import { storeWeights } from '../../src/understanding/classifier/stored.ts'
import { devices, faults } from '../../src/understanding/spans/learnt.ts'
import { trainDevices, trainFaults } from '../../src/understanding/training/span-examples.ts'
import { trainOnAll } from '../../src/understanding/training/examples.ts'
import { readSentences } from '../../src/understanding/training/sentences.ts'
import { intents } from '../../src/understanding/understanding.ts'

it('are up to date: else run npm run train', () => {
  const { rows, ...others } = trainOnAll()
  const { rows: stored, ...known } = learnt
  expect(known).toEqual(others)
  expect(Buffer.from(stored).equals(Buffer.from(rows))).toBe(true)
  expect(JSON.parse(storeWeights(learnt))).toMatchObject({ intents: learnt.intents, step: learnt.step })
})

it('of the stretches that tell a fault and a device are up to date, too', () => {
  for (const [trained, stored] of [
    [trainFaults(), faults],
    [trainDevices(), devices],
  ] as const) {
    expect(trained.step).toBe(stored.step)
    expect(Buffer.from(trained.rows).equals(Buffer.from(stored.rows))).toBe(true)
  }
}, 120_000)

it('are learnt from at least sixty sentences for each intent and language, none of them twice', () => {
  const sentences = readSentences()
  for (const intent of intents)
    for (const language of ['en', 'zh'] as const)
      expect(sentences.filter((each) => each.intent === intent && each.language === language).length, `${intent} ${language}`).toBeGreaterThanOrEqual(60)
  const seen = new Map<string, string>()
  for (const { text, intent, language } of sentences) {
    expect(seen.get(`${language} ${text.toLowerCase()}`), text).toBeUndefined()
    seen.set(`${language} ${text.toLowerCase()}`, intent)
  }
})
