// Serial numbers by the format of their maker: separators do not count, and look-alike characters are put right where the format says which.

const groups = ['O0', 'I1L', 'B8', 'S5', 'Z2']
const lookAlikes = new Map(groups.flatMap((group) => [...group].map((one) => [one, [...group].filter((other) => other !== one)] as const)))
/** So many doubtful characters are tried; a serial number with more of them is taken as it is. */
const mostDoubtful = 8

/** A format as settings write it, e.g. `KP-\d{5}`: anchored, in any case, separators left out. @throws SyntaxError when it is no regular expression. */
export function readFormat(source: string): RegExp {
  const bare = source.replace(/^\^|\$$/g, '').replace(/\[[^\]]*\]|\\?[-\s_/](?![^{]*\})|\\\.|(\\?.)/gs, (part, kept: string | undefined) => {
    if (part.startsWith('[')) return part
    return kept ?? ''
  })
  return new RegExp(`^(?:${bare})$`, 'i')
}

export function isFormat(source: string): boolean {
  try {
    return !readFormat(source).test('')
  } catch {
    return false
  }
}

export interface Fit {
  /** As written, in capitals, with look-alikes put right. */
  serial: string
  /** The format leaves one reading only. */
  certain: boolean
  /** Every slip is the usual one: a letter written for a digit. */
  usual: boolean
}

/** Undefined when no reading of it fits. */
export function fitSerial(written: string, format: RegExp): Fit | undefined {
  const serial = capitals(written)
  const places = [...serial].flatMap((character, index) => (/[A-Z0-9]/.test(character) ? [index] : []))
  const compact = places.map((index) => serial[index] ?? '')
  const fits = format.test(compact.join(''))
  if (fits && !looksDoubtful(serial)) return { serial, certain: true, usual: true }
  const doubtful = compact.flatMap((character, index) => (lookAlikes.has(character) ? [index] : []))
  if (doubtful.length === 0 || doubtful.length > mostDoubtful) return fits ? { serial, certain: false, usual: true } : undefined
  const readings = readingsOf(compact, doubtful).filter(({ characters }) => format.test(characters.join('')))
  if (fits) return { serial, certain: readings.length === 1, usual: true }
  const fewest = Math.min(...readings.map(({ changes }) => changes))
  const [best, ...others] = readings.filter(({ changes }) => changes === fewest)
  if (best === undefined) return undefined
  const mended = [...serial]
  for (const [index, place] of places.entries()) mended[place] = best.characters[index] ?? ''
  return {
    serial: mended.join(''),
    certain: others.length === 0,
    usual: best.characters.every((character, index) => character === compact[index] || /\d/.test(character)),
  }
}

interface Reading {
  characters: readonly string[]
  changes: number
}

function readingsOf(compact: readonly string[], doubtful: readonly number[]): Reading[] {
  let readings: Reading[] = [{ characters: compact, changes: 0 }]
  for (const index of doubtful)
    readings = readings.flatMap((reading) => [
      reading,
      ...(lookAlikes.get(compact[index] ?? '') ?? []).map((other) => ({
        characters: reading.characters.with(index, other),
        changes: reading.changes + 1,
      })),
    ])
  return readings
}

export function capitals(written: string): string {
  return written.normalize('NFKC').toUpperCase()
}

/** Nobody can tell a letter O among digits from a zero, or an I from a one, without the maker's format. */
export function looksDoubtful(serial: string): boolean {
  return /\d[OIL]\d|[A-Z]0[A-Z]/.test(serial.replace(/[^A-Z0-9]/g, ''))
}
