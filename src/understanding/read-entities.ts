// What a text tells: the facts that rules find, the fault in the customer's own words, a device that no list knows, danger and haste.
import { readDanger, readUrgent } from './entities/danger.ts'
import { found, type Found } from './entities/found.ts'
import { readNamedDevice } from './entities/named-device.ts'
import { readRating } from './entities/rating.ts'
import { readFault } from './entities/symptom.ts'
import { readAnother, readCorrection } from './entities/turns.ts'
import { readWay } from './entities/way.ts'
import { readFacts, takenBy, type ReadContext } from './read-facts.ts'
import type { Entities, Slot } from './understanding.ts'

export type FoundSlots = { [S in Slot]?: Found<unknown> }

export interface ReadEntities {
  entities: Entities
  found: FoundSlots
  /** What is wrong, and with what, where the message turns out to report something: guesses will do. */
  guess: { product: Found | undefined; symptom: Found | undefined }
}

export function readEntities(text: string, context: ReadContext): ReadEntities {
  const facts = readFacts(text, context)
  const { body, ticketNumbers, ticketNumber, windows } = facts
  const taken = takenBy(facts)
  const device = isOfCatalogue(facts.product, context) ? { told: facts.product, guessed: facts.product } : readNamedDevice(body, taken, facts.product)
  const product = device.told
  const fault = readFault(body, product === undefined ? taken : [...taken, { ...product, kind: 'xProduct' }])
  const danger = readDanger(body)
  // Words of danger tell a fault by themselves.
  const symptom = fault.told ?? (danger === undefined ? undefined : found(body, danger))
  const { serial, errorCode, address, contactName, phone, email, preferredTime } = facts
  const slots = {
    product,
    serial,
    errorCode,
    symptom,
    address,
    contactName,
    phone,
    email,
    preferredTime,
    rating: readRating(body),
    danger,
    urgent: readUrgent(body),
  }
  const way = readWay(body)?.way
  return {
    entities: {
      ticketNumbers,
      ...valuesOf(slots),
      ...(windows.length === 0 ? {} : { windows }),
      ...(readAnother(body) ? { another: true } : {}),
      ...(way === undefined ? {} : { way }),
      ...(readCorrection(body) ? { corrects: true } : {}),
    },
    found: { ...slots, ...(ticketNumber === undefined ? {} : { ticketNumber }) },
    guess: { product: device.guessed, symptom: fault.guessed ?? symptom },
  }
}

function isOfCatalogue(product: Found | undefined, { products }: ReadContext): boolean {
  return products.some(({ name }) => name === product?.value)
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
