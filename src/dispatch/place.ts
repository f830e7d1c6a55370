// Where work is: points on the map, the postcode in an address, and how long the way between two takes. Pure.

/** Degrees, WGS 84. */
export interface Point {
  lat: number
  lon: number
}

/** Where a visit takes place; what is not known is null. */
export interface Site {
  address: string | null
  postcode: string | null
  point: Point | null
}

/** Where postcodes lie: the longest prefix of one counts. */
export type Gazetteer = readonly { postcode: string; lat: number; lon: number }[]

export interface Roads {
  /** On average, in km/h as the road goes. */
  speed: number
  /** For a way of which an end is not known, milliseconds. */
  unknownTravelMs: number
}

const earthKm = 6371
/** Roads are so much longer than the crow flies. */
const detour = 1.3

export function kmBetween(one: Point, other: Point): number {
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const [dLat, dLon] = [radians(other.lat - one.lat), radians(other.lon - one.lon)]
  const a = Math.sin(dLat / 2) ** 2 + Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * Math.sin(dLon / 2) ** 2
  return 2 * earthKm * Math.asin(Math.min(1, Math.sqrt(a)))
}

/** Of a way of which an end is not known, what its time stands for. */
export function kmOnRoad(from: Point | null, to: Point | null, { speed, unknownTravelMs }: Roads): number {
  return from === null || to === null ? (speed * unknownTravelMs) / 3_600_000 : kmBetween(from, to) * detour
}

/** Milliseconds, in whole minutes. */
export function travelMs(from: Point | null, to: Point | null, { speed, unknownTravelMs }: Roads): number {
  if (from === null || to === null) return unknownTravelMs
  return Math.ceil(((kmBetween(from, to) * detour) / speed) * 60) * 60_000
}

/** In one spelling, so that prefixes can be compared. */
export function plainPostcode(postcode: string): string {
  return postcode.toUpperCase().replace(/[\s-]/g, '')
}

/** The postcode at the end of an address, where it usually stands: British, Canadian, Dutch, or four to six digits. */
export function readPostcode(address: string): string | null {
  const shapes = [
    /\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b/gi,
    /\b[A-Z]\d[A-Z][\s-]?\d[A-Z]\d\b/gi,
    /\b\d{4}\s?[A-Z]{2}\b(?=\s+[A-Z])/g,
    /(?<![\d-])\d{4,6}(?![\d])/g,
  ]
  for (const shape of shapes) {
    const last = [...address.matchAll(shape)].at(-1)?.[0]
    if (last !== undefined) return plainPostcode(last)
  }
  return null
}

export function locate(postcode: string | null, gazetteer: Gazetteer): Point | null {
  if (postcode === null) return null
  const plain = plainPostcode(postcode)
  const [nearest] = gazetteer
    .filter((known) => plain.startsWith(plainPostcode(known.postcode)))
    .toSorted((one, other) => plainPostcode(other.postcode).length - plainPostcode(one.postcode).length)
  return nearest === undefined ? null : { lat: nearest.lat, lon: nearest.lon }
}

/** What is known of an address. */
export function siteOf(address: string | null, gazetteer: Gazetteer): Site {
  const postcode = address === null ? null : readPostcode(address)
  return { address, postcode, point: locate(postcode, gazetteer) }
}
