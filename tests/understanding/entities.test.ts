// The facts in several hundred sentences in both languages.
import { describe, expect, it } from 'vitest'
import { understand } from '../../src/understanding/index.ts'
import { settings } from '../support/talk.ts'
import { chineseEntities } from './entities.zh.ts'
import { englishEntities } from './entities.en.ts'

const tables = { English: englishEntities, Chinese: chineseEntities }

for (const [language, table] of Object.entries(tables)) {
  describe(`in ${language}`, () => {
    it.each(table)('%s', (sentence, expected) => {
      const found = new Map<string, unknown>(Object.entries(understand(sentence, { products: settings.products, country: 'US' }).entities))
      const wanted = Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, value === null ? undefined : value]))
      expect(Object.fromEntries(Object.keys(expected).map((name) => [name, found.get(name)]))).toEqual(wanted)
    })
  })
}
