// The facts that rules find in a text, one after another, so that what one reader took is not read again by the next.
import { findTicketNumbers } from '../tickets/number.ts'
import { readAddress } from './entities/address.ts'
import { readEmail } from './entities/email.ts'
import type { Found } from './entities/found.ts'
import { readContactName } from './entities/name.ts'
import { readPhone } from './entities/phone.ts'
import { readPreferredTime } from './entities/preferred-time.ts'
import { readProduct, type CatalogueProduct } from './entities/product.ts'
import { readErrorCode, readSerial, serialWords } from './entities/serial.ts'
import { signatureStart } from './entities/signature.ts'
import { blank, type Span } from './span.ts'
import type { TakenSpan } from './spans/tokens.ts'
import { readTimes, type TimeWindow, type WhenContext } from './times/index.ts'

export interface ReadContext {
  products: readonly CatalogueProduct[]
  /** ISO 3166 code of where phone numbers without a country's code belong to. */
  country: string | undefined
  /** Undefined: times stay words. */
  when: WhenContext | undefined
}

export interface Facts {
  /** The text without its signature: what is there was not said. Positions stay. */
  body: string
  product: Found | undefined
  serial: Found | undefined
  /** With the words that announce it. */
  serialWords: Span | undefined
  errorCode: Found | undefined
  address: Found | undefined
  contactName: Found | undefined
  phone: Found | undefined
  email: Found | undefined
  preferredTime: Found | undefined
  windows: readonly TimeWindow[]
  ticketNumber: Found | undefined
  ticketNumbers: readonly string[]
}

export function readFacts(text: string, context: ReadContext): Facts {
  const body = blank(text, { start: signatureStart(text), end: text.length })
  const product = readProduct(body, context.products)
  const serial = readSerial(body, context.products, product?.value)
  const email = readEmail(body) ?? fromSignature(readEmail(text))
  const withoutCodes = blank(body, serial, email)
  const address = readAddress(withoutCodes) ?? fromSignature(readAddress(text))
  const phone = readPhone(blank(withoutCodes, address), context.country) ?? fromSignature(readPhone(blank(text, serial, address), context.country))
  const ticketNumbers = findTicketNumbers(apart(text))
  return {
    body,
    product,
    serial,
    serialWords: serialWords(body, serial),
    errorCode: readErrorCode(body, serial, address, phone),
    address,
    contactName: readContactName(text),
    phone,
    email,
    ...readTime(blank(withoutCodes, address, phone), context.when),
    ticketNumber: ticketPlace(text, ticketNumbers),
    ticketNumbers,
  }
}

/** What they took from the text: no stretch of another kind has any of it in it. */
export function takenBy(facts: Facts): TakenSpan[] {
  const { body, serialWords: serial, errorCode, address, contactName, phone, email, preferredTime, ticketNumber } = facts
  const taken = {
    xSerial: serial,
    xCode: errorCode,
    xAddress: address,
    xName: contactName,
    xPhone: phone,
    xEmail: email,
    xTime: preferredTime,
    xTicket: ticketNumber,
  }
  return Object.entries(taken).flatMap(([kind, span]) =>
    span === undefined || body.slice(span.start, span.end).trim() === '' ? [] : [{ kind, start: span.start, end: span.end }],
  )
}

/** Only where nothing else was said, and never without asking. */
function fromSignature(found: Found | undefined): Found | undefined {
  return found === undefined ? undefined : { ...found, certain: false }
}

/** What the customer's words for a time mean. An hour in passing without a day is none: somebody opens then, or is to be rung. */
function readTime(text: string, when: WhenContext | undefined): Pick<Facts, 'preferredTime' | 'windows'> {
  const preferredTime = readPreferredTime(text)
  if (preferredTime === undefined || when === undefined) return { preferredTime, windows: [] }
  const { windows, dayNamed } = readTimes(preferredTime.said, when)
  return dayNamed || preferredTime.certain ? { preferredTime, windows } : { preferredTime: undefined, windows: [] }
}

/** The first one. */
function ticketPlace(text: string, numbers: readonly string[]): Found | undefined {
  const match = /(?<![\p{Script=Latin}\p{N}])R(?:\s?[-–—]\s?|(?=[A-Z]*\d))[0-9A-Z]{7}(?![0-9A-Z])/iu.exec(text)
  const [value] = numbers
  return match === null || value === undefined ? undefined : { value, start: match.index, end: match.index + match[0].length, certain: true }
}

/** A number may follow Chinese characters without a space. */
function apart(text: string): string {
  return text.replace(/(\p{Script=Han})(?=R)/giu, '$1 ')
}
