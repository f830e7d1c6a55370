// Reads free text in English and Chinese: the language, what the customer wants, and the facts they name. Pure; a model's reading helps if there is one.
import { findTicketNumbers } from '../tickets/number.ts'
import type { CatalogueProduct } from './entities/product.ts'
import { judgeIntent } from './intent.ts'
import { detectLanguage } from './language.ts'
import { blankInstructions, mergeReading, type ModelReading } from './model/index.ts'
import { inLightOf } from './in-light-of.ts'
import { readEntities, type FoundSlots } from './read-entities.ts'
import { tidy, type Tidied } from './tidy.ts'
import type { WhenContext } from './times/index.ts'
import { slots, type Place, type Slot, type Understanding } from './understanding.ts'

export interface Hints {
  /** The catalogue. */
  products: readonly CatalogueProduct[]
  /** ISO 3166 code of where phone numbers without a country's code belong to. */
  country?: string | undefined
  /** When it was written, and in which time zone; without it, times stay words. */
  when?: WhenContext
  /** The button that was pressed. */
  choice?: string
  /** The mail's subject, which may say what the text does not. */
  subject?: string
  /** What a model made of the same text, where one is set up. */
  reading?: ModelReading
}

/** More than this is not read: a request is told sooner, and nobody can make the rules slow. */
const longest = 5000

export function understand(written: string, hints: Hints): Understanding {
  const tidied = tidy(written, longest)
  const text = blankInstructions(tidied.text)
  const subject = subjectOf(hints.subject ?? '')
  const before = subject.text === '' ? '' : `${subject.text}\n`
  const whole = text === '' ? subject.text : before + text
  const read = readEntities(whole, { products: hints.products, country: hints.country, when: hints.when })
  const judged = judgeIntent({ text, whole, entities: read.entities, found: read.found, choice: hints.choice })
  const { entities, found } = inLightOf(judged, read)
  const rules: Understanding = {
    language: detectLanguage(text.trim() === '' ? whole : text),
    ...judged,
    entities: { ...entities, ticketNumbers: [...new Set([...entities.ticketNumbers, ...findTicketNumbers(hints.subject ?? '')])] },
    places: placesOf(found, { tidied, subjectStart: subject.start, bodyStart: before.length }),
  }
  return hints.reading === undefined ? rules : mergeReading(rules, hints.reading, text, (span) => tidied.written(span))
}

interface Layout {
  tidied: Tidied
  /** Where the part of the subject that is read begins in the subject as given. */
  subjectStart: number
  /** Where the text begins in what was read. */
  bodyStart: number
}

function placesOf(found: FoundSlots, { tidied, subjectStart, bodyStart }: Layout): Understanding['places'] {
  const places: Partial<Record<Slot, Place>> = {}
  for (const slot of slots) {
    const value = found[slot]
    if (value === undefined) continue
    const { start, end, certain } = value
    places[slot] =
      start < bodyStart
        ? { of: 'subject', start: start + subjectStart, end: Math.min(end, bodyStart) + subjectStart, certain }
        : { of: 'text', ...tidied.written({ start: start - bodyStart, end: end - bodyStart }), certain }
  }
  return places
}

/** The subject of an answer speaks of what was said before, not of what is said now: "Fwd: Re: Treadmill" says "Treadmill". */
function subjectOf(subject: string): { text: string; start: number } {
  const isReply = /^\s*(?:re|aw|sv|回复|答复|回覆)\s*(?:\[\d+\])?\s*[:：]/i.test(subject) || findTicketNumbers(subject).length > 0
  if (isReply) return { text: '', start: 0 }
  const prefixes = /^(?:\s*(?:re|fwd?|aw|wg|sv|回复|答复|转发|回覆|轉寄)\s*(?:\[\d+\])?\s*[:：])*\s*/i.exec(subject)?.[0] ?? ''
  return { text: subject.slice(prefixes.length).trimEnd(), start: prefixes.length }
}
