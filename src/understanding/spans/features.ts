// What speaks for a token to be within a stretch, to begin it, or to end it: its words and its clause, each hashed into a numbered box.
import { isKind, type ReadRow } from './tokens.ts'

export const boxes = 1 << 15

export interface TokenFeatures {
  /** Never within a stretch. */
  barred: boolean
  inside: readonly number[]
  start: readonly number[]
  end: readonly number[]
}

export function featuresOf({ tokens, clauses, hint }: ReadRow): TokenFeatures[] {
  const word = (index: number): string => tokens[index]?.word ?? (index < 0 ? '^' : '$')
  const hints = tokens.map(hint)
  const devices = tokens.flatMap(({ word: kind, clause }) => (kind === 'xProduct' ? [clause] : []))
  const firstFault = clauses.findIndex(({ trouble }) => trouble === 'fault')
  return tokens.map((token, index) => {
    const clause = clauses[token.clause]
    const before = word(index - 1)
    const here = word(index)
    const after = word(index + 1)
    const about = `${clause?.trouble ?? 'none'} ${placeOf(token.clause, devices)}`
    const known = hints[index] ?? ''
    const inside = [
      `w ${here}`,
      `b ${before} ${here}`,
      `a ${here} ${after}`,
      `t ${before} ${here} ${after}`,
      `q ${word(index - 2)} ${before}`,
      `n ${after} ${word(index + 2)}`,
      `c ${about}`,
      `l ${clause?.lead ?? ''}`,
      `o ${clause?.lead.split(' ')[0] ?? ''}`,
      `k ${clause?.kinds.join(' ') ?? ''}`,
      `p ${Math.min(3, token.clause)} ${clauses.length > 3 ? 'many' : clauses.length}`,
      `m ${clauses[token.clause - 1]?.trouble ?? '^'} ${clause?.trouble} ${clauses[token.clause + 1]?.trouble ?? '$'}`,
      `g ${Math.sign(token.clause - firstFault)} ${firstFault < 0 ? 'no' : ''} ${clause?.trouble}`,
      `h ${known} ${hints[index - 1] ?? ''} ${hints[index + 1] ?? ''}`,
      ...piecesOf(here),
    ]
    const start = [
      `w ${here}`,
      `b ${before}`,
      `d ${before} ${here}`,
      `a ${here} ${after}`,
      `q ${word(index - 2)} ${before}`,
      `o ${token.opens} ${about}`,
      `x ${isKind(before) ? before : ''} ${token.opens}`,
      `h ${known} ${hints[index - 1] ?? ''}`,
      ...piecesOf(here),
    ]
    const end = [
      `w ${here}`,
      `a ${after}`,
      `d ${here} ${after}`,
      `b ${before} ${here}`,
      `n ${after} ${word(index + 2)}`,
      `c ${token.closes} ${about}`,
      `x ${isKind(after) ? after : ''} ${token.closes}`,
      `h ${known} ${hints[index + 1] ?? ''}`,
      ...piecesOf(here),
    ]
    return {
      barred: barred.has(here),
      inside: inside.map((name) => box(`i${name}`)),
      start: start.map((name) => box(`s${name}`)),
      end: end.map((name) => box(`e${name}`)),
    }
  })
}

/** Other facts, and a new paragraph. */
const barred = new Set(['xSerial', 'xAddress', 'xPhone', 'xEmail', 'xTime', 'xName', 'xTicket', '\n\n'])

/** Where a clause stands to the one that names the device. */
function placeOf(clause: number, devices: readonly number[]): string {
  const [first] = devices
  if (first === undefined) return 'none'
  if (devices.includes(clause)) return 'same'
  return clause < first ? 'before' : clause === first + 1 ? 'next' : 'after'
}

/** Endings tell a verb from a noun where the word is a new one. */
function piecesOf(word: string): string[] {
  return /^[a-z']{4,}$/.test(word) ? [`f ${word.slice(-3)}`, `f ${word.slice(-2)}`, `v ${word.slice(0, 4)}`] : []
}

/** FNV-1a, 32 bits. */
function box(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return ((value ^ (value >>> 15)) >>> 0) & (boxes - 1)
}
