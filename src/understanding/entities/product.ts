// Which product it is: one of the catalogue, else the customer's own words for a device.
import { fold } from '../fold.ts'
import { readCatalogue } from './catalogue.ts'
import { deviceSpan, madeBy } from './devices.ts'
import { found, type Found } from './found.ts'

export interface CatalogueProduct {
  name: string
  aliases: readonly string[]
  brand?: string | undefined
  /** The format of its serial numbers: a regular expression. */
  serial?: string | undefined
}

export function readProduct(text: string, products: readonly CatalogueProduct[]): Found | undefined {
  // "My new phone number is 415 …" speaks of no device.
  const folded = fold(text).replace(
    /\b(?:phone|mobile|cell|telephone)(?: (?:number|no\.?))?(?=\s*(?:is|:|=|at|on)?\s*[+(]?\d)|\bmy (?:phone|mobile|cell)(?: number| no\.?| (?=is now|has changed|changed))\b|\bmy (?:new |other )?(?:mobile|cell)(?= is now)|\bby (?:phone|mobile)\b|\bphone (?:me|number|call)\b|\b(?:over|on) the phone\b|手机(?=号|是|:|\s*[\d+])|打?手机联系/g,
    (words) => ' '.repeat(words.length),
  )
  return readCatalogue(folded, products) ?? ofBrand(folded, products) ?? devicePhrase(text, folded, products)
}

/** The one product of a brand that was named, as a guess. */
function ofBrand(folded: string, products: readonly CatalogueProduct[]): Found | undefined {
  for (const { brand } of products) {
    if (brand === undefined || brand.length < 3) continue
    const start = folded.indexOf(fold(brand))
    const ofIt = products.filter((product) => product.brand === brand)
    const device = deviceSpan(folded, brands(products))
    const kept =
      device === undefined
        ? ofIt
        : ofIt.filter(({ name, aliases }) => [name, ...aliases].some((word) => sharesWord(word, folded.slice(device.start, device.end))))
    const [only, ...others] = kept
    if (start >= 0 && only !== undefined && others.length === 0) return { value: only.name, start, end: start + brand.length, certain: false }
  }
  return undefined
}

function sharesWord(name: string, phrase: string): boolean {
  return fold(name)
    .split(/[^\p{L}]+/u)
    .some((word) => word.length >= 4 && phrase.includes(word))
}

function brands(products: readonly CatalogueProduct[]): string[] {
  return products.flatMap(({ brand }) => (brand === undefined ? [] : [fold(brand)]))
}

const owned =
  /(?:^|[\s,.;(])(?:my|our)\s+((?!own\b|name|address|phone|number|email|mail|house|home|office|place|order|request|ticket|repair|problem|issue|question|appointment|husband|wife|son|daughter|mother|father|landlord|tenant|contact|serial|back|warranty|account|invoice|last|first|previous|new|old|other|case|booking|technician|preferred|preference|visit|complaint|kitchen|bathroom|basement|floor|wall|job|boss|colleague|neighbou?r|family|kids?|engineer|quote|schedule|plan|time|water|power|electricity|fuse|breaker|bill)[a-z][a-z-]+(?:\s+[a-z0-9][a-z0-9-]*){0,2}?)\s+(?:is|has|was|won't|wont|doesn't|doesnt|does|isn't|isnt|can't|cant|cannot|keeps?|stopped|stops|makes?|making|broke|leaks?|shows?|fails?|failed|died|will not|would not|wouldn't|just|started|seems|needs?|no longer|turns?|trips?)\b/

function devicePhrase(text: string, folded: string, products: readonly CatalogueProduct[]): Found | undefined {
  const device = deviceSpan(folded, brands(products))
  const span = device?.certain === true ? device : (madeBy(folded) ?? device)
  if (span !== undefined) return found(text, span, span !== device || device.certain)
  const match = owned.exec(folded)
  const phrase = match?.[1]
  if (match === null || phrase === undefined) return undefined
  const start = match.index + match[0].indexOf(phrase)
  return found(text, { start, end: start + phrase.length }, false)
}
