// How many segments a text takes on the phone network, counted as Twilio does: 160/153 characters of GSM-7, 70/67 of UCS-2.
// https://www.twilio.com/docs/glossary/what-sms-character-limit, 3GPP TS 23.038, 6.2.1

export interface Segments {
  encoding: 'GSM-7' | 'UCS-2'
  count: number
}

const basic = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà')
/** Take an escape character before them, which no segment's end may part from them. */
const extended = new Set('\f^{}\\[~]|€')

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

export function countSegments(text: string): Segments {
  const characters = [...text]
  const isGsm = characters.every((character) => basic.has(character) || extended.has(character))
  return isGsm
    ? {
        encoding: 'GSM-7',
        count: pack(
          characters.map((character) => (extended.has(character) ? 2 : 1)),
          160,
          153,
        ),
      }
    : {
        encoding: 'UCS-2',
        count: pack(
          Array.from(graphemes.segment(text), ({ segment }) => segment.length),
          70,
          67,
        ),
      }
}

/** Segments for units that are not to be parted, where more than one segment leaves less room in each. */
function pack(units: readonly number[], alone: number, together: number): number {
  if (units.reduce((sum, unit) => sum + unit, 0) <= alone) return 1
  let count = 1
  let used = 0
  for (const unit of units) {
    if (used + unit > together && used > 0) {
      count++
      used = 0
    }
    // One that is longer than a segment is parted after all.
    const spilled = Math.ceil((used + unit) / together) - 1
    count += Math.max(0, spilled)
    used += unit - Math.max(0, spilled) * together
  }
  return count
}

const plainer: readonly [RegExp, string][] = [
  [/[‘’‚‛′`´]/g, "'"],
  [/[“”„‟″«»]/g, '"'],
  [/[‐‑‒–—―−]/g, '-'],
  [/…/g, '...'],
  [/[\u00a0\u2000-\u200a\u202f\u205f\u3000]/g, ' '],
  [/[\u200b\u2060\ufeff]/g, ''],
  [/[•·]/g, '-'],
]

/**
 * The same words with plain quotes and dashes where that takes fewer segments: a single curly quote more than halves what fits into one.
 * Never longer than `limit` characters unless it was before.
 */
export function thrifty(text: string, limit: number): string {
  const plain = plainer.reduce((words, [typographic, typed]) => words.replace(typographic, typed), text)
  return plain.length <= limit && countSegments(plain).count < countSegments(text).count ? plain : text
}
