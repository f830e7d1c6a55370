// Parts that an engineer used or needs, from their words to the catalogue's: what is only likely is chosen, or read back, before it counts.
import { z } from 'zod'
import type { MeantPartView } from '../../src/flow.ts'
import type { Choice } from '../../src/message.ts'
import type { Heard } from '../heard.ts'

const partName = z.object({ number: z.string(), name: z.string() })
export const namedPartSchema = z.object({
  /** As they said it. */
  words: z.string(),
  quantity: z.number(),
  /** In the catalogue; null: not in it, as far as anybody knows. */
  part: partName.nullable(),
  sure: z.boolean(),
  /** To be chosen from; none when there is nothing to choose. */
  options: z.array(partName),
})
export type NamedPart = z.infer<typeof namedPartSchema>

/** One that may be it is taken for it, and read back. */
export function namedOf({ words, quantity, sure, options: [only, ...more] }: MeantPartView): NamedPart {
  if (sure !== null) return { words, quantity, part: sure, sure: true, options: [] }
  const several = only !== undefined && more.length > 0
  return { words, quantity, part: several ? null : (only ?? null), sure: false, options: several ? [only, ...more] : [] }
}

/** The first of which several could be meant. */
export function doubtful(parts: readonly NamedPart[]): NamedPart | undefined {
  return parts.find(({ options }) => options.length > 0)
}

export function optionChoices({ options }: NamedPart): Choice[] {
  return [...options.map(({ number, name }) => ({ value: number, label: label({ number, name }) })), { value: 'none', label: '@work.none_of_these' }]
}

/** Undefined when the answer is none of the choices. */
export function chosen(parts: readonly NamedPart[], { choice, text }: Heard): NamedPart[] | undefined {
  const asked = doubtful(parts)
  const said = text.trim().toLowerCase()
  const found = asked?.options.find(({ number, name }) => choice === number || said === number.toLowerCase() || said === name.toLowerCase())
  if (asked === undefined || (found === undefined && choice !== 'none')) return undefined
  const settled: NamedPart = { ...asked, part: found ?? null, sure: found !== undefined, options: [] }
  return parts.map((each) => (each === asked ? settled : each))
}

/** "2 × KP-100 Drive belt, 1 × “gizmo”". */
export function listed(parts: readonly NamedPart[]): string {
  return parts.map(({ quantity, part, words }) => `${quantity} × ${part === null ? `“${words}”` : label(part)}`).join(', ')
}

/** What a message says besides that the work is done, where it speaks of parts. */
export function usedIn(text: string): string | null {
  const said = /\b(?:used|fitted|installed)\b[^]*|(?:用了|用掉|换了|装了)[^]*/i.exec(text)?.[0]
  return said ?? null
}

/** What a message asks for besides "a part". */
export function neededIn(text: string): string | null {
  const said = /\bneed(?:s|ed)?\b[^]*|(?:缺少?|需要)[^]*/i.exec(text)?.[0]
  const named = said?.replace(/\b(?:need(?:s|ed)?|an?|another|new|some|spare|parts?)\b|[缺少需要一个件新的些零配\s.。!！]/gi, '') ?? ''
  return named === '' ? null : (said ?? null)
}

function label({ number, name }: { number: string; name: string }): string {
  return name === '' || name === number ? number : `${number} ${name}`
}
