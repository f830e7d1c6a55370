// The facts that a text names, each with its place: read one after another, so that what one reader took is not read again by the next.
import { findTicketNumbers } from '../tickets/number.ts'
import { readAddress } from './entities/address.ts'
import { readEmail } from './entities/email.ts'
import { readContactName } from './entities/name.ts'
import { readDanger, readUrgent } from './entities/danger.ts'
import type { Found } from './entities/found.ts'
import { readPhone } from './entities/phone.ts'
import { readPreferredTime } from './entities/preferred-time.ts'
import { readProduct, type CatalogueProduct } from './entities/product.ts'
import { readRating } from './entities/rating.ts'
import { readErrorCode, readSerial, serialWords } from './entities/serial.ts'
import { signatureStart } from './entities/signature.ts'
import { guessSymptom, readSymptom, type Taken } from './entities/symptom.ts'
import { readAnother, readCorrection } from './entities/turns.ts'
import { readWay } from './entities/way.ts'
import { blank } from './span.ts'
import { readTimes, type TimeWindow, type WhenContext } from './times/index.ts'
import type { Entities, Slot } from './understanding.ts'

export interface ReadContext {
  products: readonly CatalogueProduct[]
  /** ISO 3166 code of where phone numbers without a country's code belong to. */
  country: string | undefined
  /** Undefined: times stay words. */
  when: WhenContext | undefined
}

export type FoundSlots = { [S in Slot]?: Found<unknown> }

export interface ReadEntities {
  entities: Entities
  found: FoundSlots
  /** What is wrong in words that no rule knows, where the message turns out to report something. */
  guessSymptom(): Found | undefined
}

export function readEntities(text: string, context: ReadContext): ReadEntities {
  const signature = signatureStart(text)
  // What is in a signature was not said: positions stay.
  const body = blank(text, { start: signature, end: text.length })
  const product = readProduct(body, context.products)
  const serial = readSerial(body, context.products, product?.value)
  const email = readEmail(body) ?? fromSignature(readEmail(text))
  const withoutCodes = blank(body, serial, email)
  const address = readAddress(withoutCodes) ?? fromSignature(readAddress(text))
  const phone = readPhone(blank(withoutCodes, address), context.country) ?? fromSignature(readPhone(blank(text, serial, address), context.country))
  const elsewhere = blank(withoutCodes, address, phone)
  const time = readTime(elsewhere, context.when)
  const contactName = readContactName(text)
  const errorCode = readErrorCode(body, serial, address, phone)
  const rating = readRating(body)
  const taken: Taken = { product, errorCode, others: [serialWords(body, serial), address, phone, email, time.preferred, contactName] }
  const found = {
    product,
    serial,
    errorCode,
    symptom: readSymptom(body, taken),
    address,
    contactName,
    phone,
    email,
    preferredTime: time.preferred,
    rating,
    danger: readDanger(body),
    urgent: readUrgent(body),
  }
  const way = readWay(body)?.way
  const ticketNumbers = findTicketNumbers(apart(text))
  return {
    entities: {
      ticketNumbers,
      ...valuesOf(found),
      ...(time.windows.length === 0 ? {} : { windows: time.windows }),
      ...(readAnother(body) ? { another: true } : {}),
      ...(way === undefined ? {} : { way }),
      ...(readCorrection(body) ? { corrects: true } : {}),
    },
    found: { ...found, ...ticketPlace(text, ticketNumbers) },
    guessSymptom: () => guessSymptom(body, taken),
  }
}

/** Only where nothing else was said, and never without asking. */
function fromSignature(found: Found | undefined): Found | undefined {
  return found === undefined ? undefined : { ...found, certain: false }
}

/** What the customer's words for a time mean. Windows alone, without words for a visit, are no wish. */
function readTime(text: string, when: WhenContext | undefined): { preferred: Found | undefined; windows: readonly TimeWindow[] } {
  const preferred = readPreferredTime(text)
  if (preferred === undefined || when === undefined) return { preferred, windows: [] }
  return { preferred, windows: readTimes(preferred.said, when).windows }
}

type Values = { [S in Exclude<Slot, 'ticketNumber'>]?: Entities[S] }

function valuesOf(found: { [S in keyof Values]: Found<NonNullable<Values[S]>> | undefined }): Values {
  const { product, serial, errorCode, symptom, address, contactName, phone, email, preferredTime, rating, danger, urgent } = found
  return {
    ...(product === undefined ? {} : { product: product.value }),
    ...(serial === undefined ? {} : { serial: serial.value }),
    ...(errorCode === undefined ? {} : { errorCode: errorCode.value }),
    ...(symptom === undefined ? {} : { symptom: symptom.value }),
    ...(address === undefined ? {} : { address: address.value }),
    ...(contactName === undefined ? {} : { contactName: contactName.value }),
    ...(phone === undefined ? {} : { phone: phone.value }),
    ...(email === undefined ? {} : { email: email.value }),
    ...(preferredTime === undefined ? {} : { preferredTime: preferredTime.value }),
    ...(rating === undefined ? {} : { rating: rating.value }),
    ...(danger === undefined ? {} : { danger: true }),
    ...(urgent === undefined ? {} : { urgent: true }),
  }
}

/** The first one. */
function ticketPlace(text: string, numbers: readonly string[]): FoundSlots {
  const match = /(?<![\p{Script=Latin}\p{N}])R(?:\s?[-–—]\s?|(?=[A-Z]*\d))[0-9A-Z]{7}(?![0-9A-Z])/iu.exec(text)
  const [value] = numbers
  return match === null || value === undefined ? {} : { ticketNumber: { value, start: match.index, end: match.index + match[0].length, certain: true } }
}

/** A number may follow Chinese characters without a space. */
function apart(text: string): string {
  return text.replace(/(\p{Script=Han})(?=R)/giu, '$1 ')
}
