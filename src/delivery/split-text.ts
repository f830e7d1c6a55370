// A text too long for one message of a channel, in several: parted at the end of a paragraph, a line, a sentence or a word, never inside a character.
import type { Choice, SaidKey } from '../message.ts'

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * Parts of at most `limit` characters (UTF-16 code units, as providers count them), the last with room for `tail` more. Put together they are
 * the text but for blanks where it was parted. A `tail` above half the limit gets no more than that.
 */
export function splitText(text: string, limit: number, tail = 0): string[] {
  if (text.length + tail <= limit) return [text]
  // Blanks at the end belong to no part; a good end before them would leave the last part without its room.
  const units = unitsOf(text.trimEnd(), limit)
  const room = limit - Math.min(tail, Math.floor(limit / 2))
  const parts: string[] = []
  for (let from = 0; from < units.length;) {
    const to = endOf(units, from, limit, room)
    const part = units.slice(from, to)
    while (isBlank(part.at(-1))) part.pop()
    if (part.length > 0) parts.push(part.join(''))
    from = to
    while (isBlank(units[from])) from++
  }
  return parts
}

interface Words {
  text: string
  choices: Choice[]
  acknowledgement: boolean
  utterances: SaidKey[]
}

/** A message over a channel's limit in several, each to be sent once: the first acknowledges, the last asks. A part has no template: its words are none of a key's. */
export function splitMessage<Message extends Words>(message: Message, limit: number): Message[] {
  const texts = splitText(message.text, limit, roomFor(message.choices))
  if (texts.length === 1) return [message]
  return texts.map((text, index) => ({
    ...message,
    text,
    choices: index === texts.length - 1 ? message.choices : [],
    acknowledgement: index === 0 && message.acknowledgement,
    utterances: [],
  }))
}

/** For the choices under the last part, numbered as channels do. */
function roomFor(choices: readonly Choice[]): number {
  return choices.reduce((sum, { label }) => sum + label.length + 6, 0)
}

/** Characters as people see them. One of more than `limit` code units is no writing; it is parted after all. */
function unitsOf(text: string, limit: number): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment).flatMap((segment) => (segment.length > limit ? [...segment] : segment))
}

/** Where the part that begins at `from` ends. */
function endOf(units: readonly string[], from: number, limit: number, room: number): number {
  let size = 0
  let end = from
  /** The last good ends, best first: paragraph, line, sentence, word. */
  const ends: [number, number, number, number] = [0, 0, 0, 0]
  for (let at = from; at < units.length; at++) {
    size += units[at]?.length ?? 0
    if (size > limit) return ends.find((good) => good > 0) ?? end
    end = at + 1
    if (end < units.length && size > limit / 2) {
      const kind = kindOfEnd(units, at)
      if (kind !== undefined) ends[kind] = end
    }
  }
  // All that is left fits; where the tail does not, something is kept back to go with it.
  return size <= room ? units.length : (ends.find((good) => good > 0) ?? Math.max(from + 1, units.length - 1))
}

function kindOfEnd(units: readonly string[], at: number): 0 | 1 | 2 | 3 | undefined {
  const [before, unit, after] = [units[at - 1], units[at], units[at + 1]]
  if (isLineEnd(unit)) return isLineEnd(before) ? 0 : 1
  if (/^[。！？；]$/.test(unit ?? '')) return 2
  if (isBlank(unit)) return /^[.!?;:]$/.test(before ?? '') ? 2 : 3
  return isBlank(after) && /^[.!?]$/.test(unit ?? '') ? 2 : undefined
}

const isLineEnd = (unit: string | undefined): boolean => unit === '\n' || unit === '\r\n'

/** A blank with an accent of its own is no blank. */
const isBlank = (unit: string | undefined): boolean => unit !== undefined && /^\s+$/.test(unit)
