// The intents of several hundred sentences in both languages.
import { describe, expect, it } from 'vitest'
import { understand } from '../../src/understanding/index.ts'
import { settings } from '../support/talk.ts'
import { chineseIntents } from './intents.zh.ts'
import { englishIntents } from './intents.en.ts'

const tables = { English: englishIntents, Chinese: chineseIntents }

for (const [language, table] of Object.entries(tables)) {
  describe(`in ${language}`, () => {
    for (const [intent, sentences] of Object.entries(table)) {
      it.each(sentences)(`${intent}: %s`, (sentence) => {
        expect(understand(sentence, { products: settings.products }).intent).toBe(intent)
      })
    }
  })
}
