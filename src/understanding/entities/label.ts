// The serial number among what the codes on a device's label say: links, lists, GS1 identifiers and bare numbers.
import type { LabelCode } from '../../labels/code.ts'
import type { CatalogueProduct } from './product.ts'
import { capitals, readFormat } from './serial-format.ts'

export interface LabelSerial {
  value: string
  /** It is of a format we know: of the product that was named, else of any. Otherwise it is a guess. */
  certain: boolean
}

/** A machine read it, so no look-alikes are put right. `product` is the one that was named, if it is known. */
export function serialOnLabel(codes: readonly LabelCode[], products: readonly CatalogueProduct[], product: string | undefined): LabelSerial | undefined {
  const formats = products.flatMap(({ name, serial }) => (serial === undefined ? [] : [{ name, format: readFormat(serial) }]))
  const own = formats.filter(({ name }) => name === product)
  const known = (own.length > 0 ? own : formats).map(({ format }) => format)
  const candidates = codes.flatMap(candidatesIn).toSorted((one, other) => one.rank - other.rank)
  const certain = candidates.find(({ value }) => known.some((format) => format.test(compact(value))))
  if (certain !== undefined) return { value: certain.value, certain: true }
  const guess = candidates.find(({ rank }) => rank < ranks.other)
  return guess === undefined ? undefined : { value: guess.value, certain: false }
}

/** How much speaks for it, best first. `other` counts only where a format says so: an article's number is the same on every one of them. */
const ranks = { named: 0, bare: 1, inLink: 2, other: 3 } as const

interface Candidate {
  value: string
  rank: (typeof ranks)[keyof typeof ranks]
}

const names = /^(?:s[\s/._-]?n|s[\s/._-]?no|snr|ser|serial|serial[\s_-]?(?:no|nr|num|number)|sernr|serien[\s_-]?nummer|序列号|序列號|机身号|機身號)$/i

function candidatesIn({ format, text }: LabelCode): Candidate[] {
  const retail = /^(?:EAN|UPC|ISBN)/.test(format)
  const found = [...identified(text), ...(URL.canParse(text) && /^https?:/i.test(text) ? inLink(new URL(text)) : inWords(text))]
  return found.flatMap(({ value, rank }) => {
    const serial = capitals(value).trim()
    return isSerial(serial) ? [{ value: serial, rank: retail ? ranks.other : rank }] : []
  })
}

/** GS1, application identifier 21: https://ref.gs1.org/ai/21 */
function identified(text: string): Candidate[] {
  const serial = /\(21\)([^()]{1,20})/.exec(text)?.[1]
  return serial === undefined ? [] : [{ value: serial, rank: ranks.named }]
}

function inLink(link: URL): Candidate[] {
  const named = [...link.searchParams].flatMap(([name, value]) => (names.test(name) ? [value] : []))
  const parts = link.pathname.split('/').flatMap((part) => decoded(part) ?? [])
  // GS1 Digital Link: https://ref.gs1.org/standards/digital-link/uri-syntax/
  const digital = parts[parts.findIndex((part) => part === '21') + 1]
  const last = parts.findLast((part) => part !== '')
  return [
    ...[...named, ...(parts.includes('21') && digital !== undefined ? [digital] : [])].map((value) => ({ value, rank: ranks.named })),
    ...(last === undefined ? [] : [{ value: last, rank: ranks.inLink }]),
    ...[...link.searchParams.values()].map((value) => ({ value, rank: ranks.other })),
  ]
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}

/** "SN: KP-20391; MODEL: T5", or nothing but the number. */
function inWords(text: string): Candidate[] {
  const fields = text.split(/[\n;,|]/).map((field) => /^([^:=]{1,20}?)\s*[:=]\s*(.+)$/.exec(field.trim()))
  const named = fields.flatMap((field) => (field?.[1] !== undefined && field[2] !== undefined && names.test(field[1].trim()) ? [field[2]] : []))
  const announced = /^s\/?n[\s:#]*(\S+)$/i.exec(text.trim())?.[1]
  const values = [...named, ...(announced === undefined ? [] : [announced])]
  const others = fields.flatMap((field) => field?.[2] ?? [])
  return [
    ...values.map((value) => ({ value, rank: ranks.named })),
    ...(text.includes('\n') || fields.some((field) => field !== null) ? [] : [{ value: text, rank: ranks.bare }]),
    ...others.map((value) => ({ value, rank: ranks.other })),
  ]
}

/** A code with a digit in it, of a length that a serial number has. */
function isSerial(value: string): boolean {
  return /^[A-Z0-9][A-Z0-9\-/._ ]{2,31}$/.test(value) && /\d/.test(value) && compact(value).length >= 4
}

const compact = (serial: string): string => serial.replace(/[^A-Z0-9]/g, '')
