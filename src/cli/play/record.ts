// Writes a conversation down as a transcript, with names in the place of ticket numbers.
import type { Happened } from './stage.ts'
import type { Opening } from './transcript.ts'

export interface Recorder {
  /** The customer's words, or an order without its mark, and what followed. */
  add(mark: '>' | '!', text: string, happened: Happened): void
  text(): string
}

export function createRecorder(opening: Opening): Recorder {
  const numbers: string[] = []
  const written = Object.entries(opening).flatMap(([name, value]) => (value === undefined ? [] : [`! ${name} ${value}`]))
  return {
    add(mark, text, { heard, done }) {
      written.push('', ...text.split('\n').map((line) => `${mark} ${line}`))
      written.push(...done.map((line) => `* ${line}`))
      for (const [index, message] of heard.entries()) written.push(...(index > 0 ? [''] : []), ...message.map((line) => `< ${line}`))
    },
    text: () => `${written.join('\n').trim()}\n`.replace(/\bR-[0-9A-Z]{7}\b/g, named),
  }

  function named(number: string): string {
    if (!numbers.includes(number)) numbers.push(number)
    const at = numbers.indexOf(number)
    return at === 0 ? '{number}' : `{number${at + 1}}`
  }
}
