// The sentences a customer reads, loaded once at start and checked so that no language lacks one.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'yaml'
import type { Language } from '../message.ts'

export interface Texts {
  /** The sentence with its `{placeholders}` filled. Throws for an unknown key or a missing parameter: both are our mistakes, found by the tests. */
  render(language: Language, key: string, params?: Readonly<Record<string, string | number>>): string
  has(key: string): boolean
  /** The sentence as it stands in the file. */
  template(language: Language, key: string): string
  keys(): readonly string[]
}

const languages = ['en', 'zh'] as const satisfies readonly Language[]
export const placeholder = /\{([a-z]\w*)\}/gi

/** Reads `en.yaml` and `zh.yaml` of a folder. Throws naming every key that one of them lacks or fills differently. */
export function loadTexts(folder = join(import.meta.dirname, '../../flows/texts')): Texts {
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'))
  const tables = new Map(files.map((name) => [basename(name, '.yaml'), flatten(parse(readFileSync(join(folder, name), 'utf8')))]))
  return makeTexts({ en: tables.get('en') ?? new Map(), zh: tables.get('zh') ?? new Map() })
}

export function makeTexts(tables: Readonly<Record<Language, ReadonlyMap<string, string>>>): Texts {
  const differences = compare(tables)
  if (differences.length > 0) throw new Error(`flows/texts: mend these keys, then start again:\n${differences.join('\n')}`)

  function template(language: Language, key: string): string {
    const found = tables[language].get(key)
    if (found === undefined) throw new Error(`flows/texts has no sentence "${key}"`)
    return found
  }

  return {
    template,
    has: (key) => tables.en.has(key),
    keys: () => [...tables.en.keys()],
    render: (language, key, params = {}) =>
      template(language, key).replace(placeholder, (_, name: string) => {
        const value = params[name]
        if (value === undefined) throw new Error(`the sentence "${key}" wants "${name}", which it was not given`)
        return String(value)
      }),
  }
}

/** What is in one language and not, or not with the same placeholders, in the other. */
function compare(tables: Readonly<Record<Language, ReadonlyMap<string, string>>>): string[] {
  const keys = new Set(languages.flatMap((language) => [...tables[language].keys()]))
  return [...keys].flatMap((key) => {
    const lacking = languages.filter((language) => !tables[language].has(key))
    if (lacking.length > 0) return lacking.map((language) => `${language}.yaml lacks "${key}"`)
    const [first, ...others] = languages.map((language) => placeholdersOf(tables[language].get(key) ?? ''))
    return others.every((other) => other === first) ? [] : [`"${key}" has other placeholders in each language`]
  })
}

function placeholdersOf(text: string): string {
  return [...new Set([...text.matchAll(placeholder)].map(([match]) => match))].sort().join(' ')
}

/** `{ ask: { serial: '…' } }` becomes `ask.serial`. */
function flatten(node: unknown, path = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[path, node.trim()]])
  if (typeof node !== 'object' || node === null) throw new Error(`flows/texts: "${path}" is no sentence`)
  const below = Object.entries(node).map(([name, child]) => flatten(child, path === '' ? name : `${path}.${name}`))
  return new Map(below.flatMap((map) => [...map]))
}
