// From marked sentences to what the models of stretches learn from: read as any message is, plainly spelt and not, alone and with other words around.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { readFacts, takenBy } from '../read-facts.ts'
import { deviceRow } from '../entities/named-device.ts'
import { faultRow } from '../entities/symptom.ts'
import type { Span } from '../span.ts'
import { featuresOf } from '../spans/features.ts'
import type { SpanWeights } from '../spans/model.ts'
import type { ReadRow } from '../spans/tokens.ts'
import type { Intent } from '../understanding.ts'
import { context } from './context.ts'
import { readSentences, type Sentence } from './sentences.ts'
import { trainSpans, type SpanExample } from './train-spans.ts'

const blockSchema = z.strictObject({ before: z.string(), behind: z.string() })
const aroundSchema = z.strictObject({ en: blockSchema, zh: blockSchema })
const around = aroundSchema.parse(parse(readFileSync(join(import.meta.dirname, 'around.yaml'), 'utf8')))

type Marked = Pick<Sentence, 'text' | 'fault' | 'device'>

/** What is wrong is told in these, marked or not. */
const unmarked: readonly Intent[] = ['reopen', 'complain', 'ask_status']
/** How often a marked sentence is learnt with other words around it. */
const times = 2

export function trainFaults(): SpanWeights {
  const sentences = readSentences().filter(({ intent, fault }) => fault !== undefined || !unmarked.includes(intent))
  return trainSpans(sentences.flatMap(variantsOf).flatMap(({ text, fault, device }) => exampleOf(rowOfFault(text, device), fault)))
}

/** Of messages that report nothing nobody has marked the devices: it is learnt from them only that where the lists know none there is none. */
export function trainDevices(): SpanWeights {
  const sentences = readSentences()
  const reports = sentences.filter(({ intent }) => intent === 'report_repair').flatMap(variantsOf)
  const others = sentences.filter(({ text, intent }) => intent !== 'report_repair' && readFacts(text, context).product === undefined)
  return trainSpans([...reports, ...others].flatMap(({ text, device }) => exampleOf(deviceRow(text, takenBy(readFacts(text, context))), device)))
}

/** As if a device that no list knows had been found. */
function rowOfFault(text: string, device: Span | undefined): ReadRow {
  const facts = readFacts(text, context)
  const product = facts.product?.certain === true ? facts.product : (device ?? facts.product)
  return faultRow(text, product === undefined ? takenBy(facts) : [...takenBy(facts), { start: product.start, end: product.end, kind: 'xProduct' }])
}

function exampleOf(row: ReadRow, meant: Span | undefined): SpanExample[] {
  const features = featuresOf(row)
  if (meant === undefined) return [{ features, meant: undefined }]
  const within = row.tokens.flatMap(({ start, end }, index) => (end > meant.start && start < meant.end ? [index] : []))
  const [first] = within
  const last = within.at(-1)
  if (first === undefined || last === undefined || within.some((index) => features[index]?.barred === true)) return []
  return [{ features, meant: { first, last } }]
}

function variantsOf(sentence: Sentence, number: number): Marked[] {
  const { intent, fault, text } = sentence
  if (intent !== 'report_repair') return [sentence]
  const plain = { ...sentence, text: plainly(text) }
  const others = fault === undefined ? [] : Array.from({ length: times }, (_, time) => surrounded(sentence, number * times + time))
  return [sentence, ...(plain.text === text ? [] : [plain]), ...others]
}

/** As thumbs and voices write. As long as before. */
function plainly(text: string): string {
  const small = text.toLowerCase()
  return (small.length === text.length ? small : text).replace(/[.,!?;:，。！？；](?!\d)/g, ' ')
}

/** The same sentence gets the same words each time. */
function surrounded({ language, text, fault, device }: Sentence, number: number): Marked {
  const before = lineOf(around[language].before, number * 7)
  const behind = lineOf(around[language].behind, number * 11)
  const marks = language === 'en' ? [' ', '. ', ', ', ' '] : [' ', '，', '。', '']
  const mark = marks[number % marks.length] ?? ' '
  const lead = number % 4 === 1 ? '' : before + (before.endsWith('\n') ? '' : /[,，.。]$/.test(before) ? ' ' : mark)
  const tail = number % 4 === 0 ? '' : (behind.startsWith('\n') ? '' : /[.。?!]$/.test(text) ? ' ' : mark) + behind
  const whole = lead + text + tail
  const moved = (span: Span | undefined): Span | undefined =>
    span === undefined ? undefined : { start: span.start + lead.length, end: span.end + lead.length }
  return { text: number % 3 === 0 ? plainly(whole) : whole, fault: moved(fault), device: moved(device) }
}

function lineOf(block: string, number: number): string {
  const lines = block.split('\n').filter((line) => line.trim() !== '')
  return (lines[number % lines.length] ?? '').replaceAll('\\n', '\n')
}
