// Which product of the catalogue a text names: exactly, with a slip of the finger, or only perhaps.
import type { Span } from '../span.ts'
import { deviceSpan, isPutRight } from './devices.ts'
import { distance } from './distance.ts'
import type { Found } from './found.ts'
import type { CatalogueProduct } from './product.ts'
import { fold } from '../fold.ts'

interface Piece extends Span {
  text: string
}

interface Mention extends Found {
  /** Letters of the name that matched: the longer one says more. */
  weight: number
}

/**
 * The longest name or alias that the text holds. Two products that fit alike: the first one named, as a guess; a model number with a
 * slip in it is a guess too, and none at all where two models are as near.
 */
export function readCatalogue(folded: string, products: readonly CatalogueProduct[]): Found | undefined {
  const pieces = piecesOf(folded)
  const exact = longest(mentions(folded, pieces, products, alike))
  const slipped = exact.length > 0 ? exact : longest(mentions(folded, pieces, products, near))
  const found = slipped.length > 0 ? slipped : longest(mentions(folded, pieces, products.map(withoutModel), alike))
  const names = new Set(found.map(({ value }) => value))
  const [earliest] = found.toSorted((one, other) => one.start - other.start)
  const first = found.find(({ start }) => isPutRight(folded, start)) ?? earliest
  if (first === undefined || (exact.length === 0 && names.size > 1)) return undefined
  const { weight: _, ...mention } = first
  return { ...mention, certain: exact.length > 0 && names.size === 1 }
}

/** "WashMaster" for the WashMaster 900: perhaps. */
function withoutModel({ name, aliases, ...product }: CatalogueProduct): CatalogueProduct {
  const shorter = [name, ...aliases].flatMap((word) => {
    const short = fold(word).replace(/\s*[a-z]{0,2}-?\d[a-z0-9-]*$/, '')
    return short !== fold(word) && (/\p{Script=Han}{3}/u.test(short) || /^[a-z]{5}/.test(short)) && deviceSpan(short) === undefined ? [short] : []
  })
  return { ...product, name, aliases: shorter }
}

type Alike = (piece: string, wanted: string) => boolean

function mentions(folded: string, pieces: readonly Piece[], products: readonly CatalogueProduct[], same: Alike): Mention[] {
  return products.flatMap((product) =>
    [product.name, ...product.aliases].flatMap((word) => {
      const wanted = piecesOf(fold(word)).map(({ text }) => text)
      const weight = wanted.join('').length
      return pieces.flatMap((piece, start) => {
        const count = lengthOf(pieces, start, wanted, same)
        const last = pieces[start + count - 1]
        if (count === 0 || last === undefined || refused(folded, piece.start)) return []
        return [{ value: product.name, start: piece.start, end: last.end, certain: true, weight }]
      })
    }),
  )
}

/** "Not the T5": named to be ruled out. */
function refused(folded: string, at: number): boolean {
  return /(?:\bnot (?:an? |the |my )?|不是|并非)$/.test(folded.slice(Math.max(0, at - 10), at))
}

/** How many pieces from `start` on are the name; 0 for none. "T 5" and "T-5" are T5. */
function lengthOf(pieces: readonly Piece[], start: number, wanted: readonly string[], same: Alike): number {
  if (wanted.every((text, offset) => same(pieces[start + offset]?.text ?? '', text))) return wanted.length
  const compact = wanted.join('')
  let joined = ''
  for (let count = 1; count <= wanted.length + 2 && joined.length < compact.length; count++) {
    const piece = pieces[start + count - 1]
    if (piece === undefined || !compact.startsWith(joined + piece.text)) return 0
    joined += piece.text
    if (joined === compact) return count
  }
  return 0
}

function longest(found: readonly Mention[]): Mention[] {
  const weight = Math.max(...found.map((each) => each.weight))
  return found.filter((each) => each.weight === weight)
}

/** A slip in a word is forgiven; a piece with a digit in it must be exact, since T5 is not T6. */
function alike(piece: string, wanted: string): boolean {
  if (piece === wanted) return true
  if (/\d/.test(wanted) || /\p{Script=Han}/u.test(wanted) || wanted.length < 5) return false
  if (piece === `${wanted}s`) return true
  return piece[0] === wanted[0] && distance(piece, wanted) <= (wanted.length >= 9 ? 2 : 1)
}

/** A longer model number with one slip in it. */
function near(piece: string, wanted: string): boolean {
  return alike(piece, wanted) || (/\d/.test(wanted) && wanted.length >= 5 && /\d/.test(piece) && distance(piece, wanted) <= 1)
}

/** Latin words and numbers as they stand, Chinese character by character, so that no spaces are needed. */
function piecesOf(folded: string): Piece[] {
  return [...folded.matchAll(/\p{Script=Han}|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu)].map(({ 0: text, index }) => ({
    text,
    start: index,
    end: index + text.length,
  }))
}
