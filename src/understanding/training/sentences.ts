// The training sentences: a file for each intent, with the lines of each language. In some of them the fault stands in [brackets] and the device in {braces}.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Span } from '../span.ts'
import { intents, type Intent } from '../understanding.ts'

const folder = join(import.meta.dirname, 'sentences')
const fileSchema = z.strictObject({ en: z.string(), zh: z.string() })

export interface Sentence {
  intent: Intent
  language: 'en' | 'zh'
  /** Without the marks. */
  text: string
  /** What is marked in it. */
  fault: Span | undefined
  device: Span | undefined
}

export function readSentences(): Sentence[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => {
      const intent = intents.find((each) => `${each}.yaml` === name)
      if (intent === undefined) throw new Error(`${name} is named after no intent`)
      const file = fileSchema.parse(parse(readFileSync(join(folder, name), 'utf8')))
      return (['en', 'zh'] as const).flatMap((language) => linesOf(file[language]).map((line) => ({ intent, language, ...unmarked(line) })))
    })
}

function linesOf(block: string): string[] {
  return block
    .split('\n')
    .map((line) => line.trim().replaceAll('\\n', '\n'))
    .filter((line) => line !== '')
}

function unmarked(line: string): Pick<Sentence, 'text' | 'fault' | 'device'> {
  const text = line.replace(/[[\]{}]/g, '')
  const plainIndex = (mark: string): number => line.slice(0, line.indexOf(mark)).replace(/[[\]{}]/g, '').length
  const marked = (open: string, close: string): Span | undefined => (line.includes(open) ? { start: plainIndex(open), end: plainIndex(close) } : undefined)
  return { text, fault: marked('[', ']'), device: marked('{', '}') }
}
