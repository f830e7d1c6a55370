// Reads free text in English and Chinese: the language, what the customer wants, and the facts they name. Pure rules, and a model's reading if there is one.
import { findTicketNumbers } from '../tickets/number.ts'
import { readAddressSpan } from './entities/address.ts'
import { readContactName, readEmail, readPhone } from './entities/contact.ts'
import { readDanger, readUrgent } from './entities/danger.ts'
import { readPreferredTime } from './entities/preferred-time.ts'
import { readProduct, type CatalogueProduct } from './entities/product.ts'
import { readRating } from './entities/rating.ts'
import { readErrorCode, readSerial, readSerialSpan } from './entities/serial.ts'
import { readSymptom } from './entities/symptom.ts'
import { readAnother, readCorrection } from './entities/turns.ts'
import { readWay } from './entities/way.ts'
import { judgeIntent } from './intent.ts'
import { detectLanguage } from './language.ts'
import { blankInstructions, mergeReading, type ModelReading } from './model/index.ts'
import { blank } from './span.ts'
import type { Entities, Understanding } from './understanding.ts'

export interface Hints {
  /** The catalogue. */
  products: readonly CatalogueProduct[]
  /** The button that was pressed. */
  choice?: string
  /** The mail's subject, which may say what the text does not. */
  subject?: string
  /** What a model made of the same text, where one is set up. */
  reading?: ModelReading
}

export function understand(written: string, hints: Hints): Understanding {
  const text = blankInstructions(tidy(written))
  const subject = hints.subject ?? ''
  const whole = [isReply(subject) ? '' : withoutPrefixes(subject), text].filter((part) => part !== '').join('\n')
  const entities = readEntities(whole, hints.products)
  const rules: Understanding = {
    language: detectLanguage(text.trim() === '' ? whole : text),
    ...judgeIntent({ text, whole, entities, choice: hints.choice }),
    entities: { ...entities, ticketNumbers: [...new Set([...entities.ticketNumbers, ...findTicketNumbers(subject)])] },
  }
  return hints.reading === undefined ? rules : mergeReading(rules, hints.reading, text)
}

/** The subject of an answer speaks of what was said before, not of what is said now. */
function isReply(subject: string): boolean {
  return /^\s*(?:re|aw|sv|回复|答复|回覆)\s*(?:\[\d+\])?\s*[:：]/i.test(subject) || findTicketNumbers(subject).length > 0
}

/** More than this is not read: a request is told sooner, and nobody can make the rules slow. */
const longest = 5000

/** One space, and no more than one empty line. */
function tidy(text: string): string {
  return text
    .slice(0, longest)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

function readEntities(text: string, products: readonly CatalogueProduct[]): Entities {
  const place = readAddressSpan(text)
  // A house number is no date, and a serial number no phone number.
  const elsewhere = blank(text, place, readSerialSpan(text))
  const found = {
    product: readProduct(text, products),
    serial: readSerial(text),
    errorCode: readErrorCode(text),
    symptom: readSymptom(text, products),
    address: place === undefined ? undefined : text.slice(place.start, place.end),
    contactName: readContactName(text),
    phone: readPhone(elsewhere),
    email: readEmail(text),
    preferredTime: readPreferredTime(elsewhere),
    rating: readRating(text),
    danger: readDanger(text) || undefined,
    urgent: readUrgent(text) || undefined,
    another: readAnother(text) || undefined,
    corrects: readCorrection(text) || undefined,
    way: readWay(text)?.way,
  }
  return { ticketNumbers: findTicketNumbers(apart(text)), ...withoutUndefined(found) }
}

/** "Fwd: Re: Treadmill" says "Treadmill". */
function withoutPrefixes(subject: string): string {
  return subject.replace(/^(?:\s*(?:re|fwd?|aw|wg|sv|回复|答复|转发|回覆|轉寄)\s*(?:\[\d+\])?\s*[:：])+/i, '').trim()
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const kept: { [K in keyof T]?: Exclude<T[K], undefined> } = {}
  for (const key in value) {
    const found = value[key]
    if (isPresent(found)) kept[key] = found
  }
  return kept
}

function isPresent<T>(value: T): value is Exclude<T, undefined> {
  return value !== undefined
}

/** A number may follow Chinese characters without a space. */
function apart(text: string): string {
  return text.replace(/(\p{Script=Han})(?=R)/giu, '$1 ')
}
