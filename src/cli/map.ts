// `mendline map --try <file.json>`: what a report of another system would become under the mapping of mendline.yaml, or why nothing. Changes nothing.
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readCompany } from '../company.ts'
import { readerOf, type Reading } from '../sources/index.ts'

export interface MapParts {
  args: readonly string[]
  /** The text of a file; undefined when it cannot be read. */
  read(path: string): string | undefined
  print(line: string): void
}

const usage = 'Usage: npx mendline map --try <file.json> [--source <name>] [--settings <mendline.yaml>]'

/** Answers the exit code: 0 when it is understood, 1 when it is not, 2 for a command that makes no sense. */
export function map({ args, read, print }: MapParts): 0 | 1 | 2 {
  const given = argumentsOf(args)
  if (given?.try === undefined) {
    print(usage)
    return 2
  }
  const file = given.settings ?? 'mendline.yaml'
  const yaml = read(file)
  const company = yaml === undefined ? undefined : readCompany(yaml, file, { surveyDelayMs: 0 })
  if (company === undefined) return refuse(print, `${file} cannot be read.`)
  if (company.kind === 'wrong') return refuse(print, ...company.problems)
  const sources = company.company.webhooks.in
  const [first] = sources
  const source = given.source === undefined && sources.length === 1 ? first : sources.find((each) => each.source === given.source)
  if (source === undefined)
    return refuse(print, `Name one with --source: ${sources.map((each) => each.source).join(', ') || `webhooks.in of ${file} has none`}.`)
  const text = read(given.try)
  if (text === undefined) return refuse(print, `${given.try} cannot be read.`)
  const json = parse(text)
  if (json === undefined) return refuse(print, `${given.try} is not one JSON object.`)
  const reading = readerOf(source.source, source.shapes)(json)
  for (const line of linesOf(reading)) print(line)
  return reading.kind === 'unreadable' ? 1 : 0
}

function argumentsOf(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { try: { type: 'string' }, source: { type: 'string' }, settings: { type: 'string' } } }).values
  } catch {
    return undefined
  }
}

function parse(text: string) {
  try {
    return z.record(z.string(), z.json()).parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

function refuse(print: (line: string) => void, ...lines: readonly string[]): 1 {
  for (const line of lines) print(line)
  return 1
}

function linesOf(reading: Reading): string[] {
  switch (reading.kind) {
    case 'ignored':
      return ['It is ignored, as the settings say.']
    case 'unreadable':
      return [`It would wait in needs-review: ${reading.reason}.`]
    case 'fault': {
      const { state, serial, code, hysteresisMs, ...rest } = reading.fault
      const what = state === 'raised' ? 'opens a ticket, or is noted on the open one' : 'is noted on its ticket as over'
      return [`Fault ${code} of ${serial} ${what}; within ${hysteresisMs / 60_000} min of its last report it opens nothing.`, ...fieldsOf(rest)]
    }
    case 'request': {
      const { id, ...rest } = reading.request
      return [`A ticket would be opened${id === undefined ? '' : `, once for ever for the id ${id}`}.`, ...fieldsOf(rest)]
    }
  }
}

/** A line for each that is there. */
function fieldsOf(fields: Readonly<Record<string, unknown>>, under = ''): string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return []
    return typeof value === 'object' && value !== null ? fieldsOf({ ...value }, `${name}.`) : [`  ${under}${name}: ${String(value)}`]
  })
}
