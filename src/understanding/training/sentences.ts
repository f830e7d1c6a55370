// The training sentences: a file for each intent, with the lines of each language.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { intents, type Intent } from '../understanding.ts'

const folder = join(import.meta.dirname, 'sentences')
const fileSchema = z.strictObject({ en: z.string(), zh: z.string() })

export interface Sentence {
  intent: Intent
  language: 'en' | 'zh'
  text: string
}

export function readSentences(): Sentence[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      const intent = intents.find((each) => `${each}.yaml` === name)
      if (intent === undefined) throw new Error(`${name} is named after no intent`)
      const file = fileSchema.parse(parse(readFileSync(join(folder, name), 'utf8')))
      return (['en', 'zh'] as const).flatMap((language) => linesOf(file[language]).map((text) => ({ intent, language, text })))
    })
}

function linesOf(block: string): string[] {
  return block
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
