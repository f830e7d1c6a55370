// Which product it is: the catalogue's name, small slips forgiven, else the words for a device.
import { fold } from '../fold.ts'
import { deviceSpan, madeBy } from './devices.ts'
import { distance } from './distance.ts'
import type { Span } from '../span.ts'

export interface CatalogueProduct {
  name: string
  aliases: readonly string[]
}

export function readProduct(text: string, products: readonly CatalogueProduct[]): string | undefined {
  // "My new phone number is 415 …" speaks of no device.
  const folded = fold(text).replace(/\b(?:phone|mobile|cell|telephone)(?: (?:number|no\.?))?(?=\s*(?:is|:|=|at|on)?\s*[+(]?\d)/g, (words) =>
    ' '.repeat(words.length),
  )
  return fromCatalogue(folded, products) ?? devicePhrase(text, folded)
}

/** Where the words for the product stand, if they do. */
export function readProductSpan(text: string, products: readonly CatalogueProduct[]): Span | undefined {
  const folded = fold(text)
  const known = products
    .flatMap(({ name, aliases }) => [name, ...aliases])
    .map((word) => fold(word))
    .sort((a, b) => b.length - a.length)
  for (const word of known) {
    const start = folded.indexOf(word)
    if (start >= 0) return { start, end: start + word.length }
  }
  return deviceSpan(folded)
}

/** The longest name or alias that the text holds; a token with a digit in it must be exact, since T5 is not T6. */
function fromCatalogue(folded: string, products: readonly CatalogueProduct[]): string | undefined {
  const tokens = tokensOf(folded)
  let best: { name: string; weight: number } | undefined
  for (const product of products) {
    for (const word of [product.name, ...product.aliases]) {
      const wanted = tokensOf(fold(word))
      const weight = wanted.join('').length
      if (wanted.length > 0 && weight > (best?.weight ?? 0) && holds(tokens, wanted)) best = { name: product.name, weight }
    }
  }
  return best?.name
}

function holds(tokens: readonly string[], wanted: readonly string[]): boolean {
  return tokens.some((_, start) => wanted.every((token, offset) => alike(tokens[start + offset], token)))
}

function alike(token: string | undefined, wanted: string): boolean {
  if (token === undefined) return false
  if (token === wanted) return true
  if (/\d/.test(wanted) || /\p{Script=Han}/u.test(wanted) || wanted.length < 5) return false
  if (token === `${wanted}s`) return true
  return token[0] === wanted[0] && distance(token, wanted) <= (wanted.length >= 9 ? 2 : 1)
}

/** Latin words and numbers as they stand, Chinese character by character, so that no spaces are needed. */
function tokensOf(folded: string): string[] {
  return folded.match(/\p{Script=Han}|[\p{L}\p{N}]+/gu)?.flatMap((token) => (/\p{Script=Han}/u.test(token) ? splitHan(token) : [token])) ?? []
}

function splitHan(token: string): string[] {
  return token.match(/\p{Script=Han}|[^\p{Script=Han}]+/gu) ?? []
}

function devicePhrase(text: string, folded: string): string | undefined {
  const span = deviceSpan(folded)
  if (span !== undefined) return text.slice(span.start, span.end)
  const make = madeBy(folded)
  if (make !== undefined) return text.slice(make.start, make.end)
  const owned =
    /(?:^|[\s,.;(])(?:my|our)\s+((?!own\b|name|address|phone|number|email|mail|house|home|office|place|order|request|ticket|repair|problem|issue|question|appointment|husband|wife|son|daughter|mother|father|landlord|tenant|contact|serial|back|warranty|account|invoice|last|first|previous|new|old|other|case|booking|technician|preferred|preference)[a-z][a-z-]+(?:\s+[a-z0-9][a-z0-9-]*){0,2}?)\s+(?:is|has|was|won't|wont|doesn't|doesnt|does|isn't|isnt|can't|cant|cannot|keeps?|stopped|stops|makes?|making|broke|leaks?|shows?|fails?|failed|died|will not|would not|wouldn't|just|started|seems|needs?|no longer|turns?|trips?)\b/.exec(
      folded,
    )
  const phrase = owned?.[1]
  if (owned === null || phrase === undefined) return undefined
  const start = owned.index + owned[0].indexOf(phrase)
  return text.slice(start, start + phrase.length)
}
