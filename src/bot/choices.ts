// Reads whether a message answers the question asked last: a pressed button, a bare number, a label, or a plain yes or no.
import type { Choice } from '../message.ts'
import type { Intent } from '../understanding/understanding.ts'

/** The value chosen, or undefined when the message is none of these choices: then it is read as free text. */
export function readChoice(message: { text: string; choice?: string; intent: Intent }, asked: readonly Choice[]): string | undefined {
  if (message.choice !== undefined) return asked.find((choice) => choice.value === message.choice)?.value
  const first = firstLine(message.text)
  const position = positionOf(first)
  if (position !== undefined) return asked[position - 1]?.value
  const plain = fold(first)
  const named = asked.find((choice) => fold(choice.label) === plain || fold(choice.value) === plain)
  if (named !== undefined) return named.value
  return byPlainWord(
    message.intent === 'thank' && /^(?:yes|ok|okay|right|correct|perfect|great|good|fine|是|对|對|好|可以|没问题|沒問題)/.test(plain)
      ? 'confirm'
      : message.intent,
    asked,
  )
}

/** "Yes" means the choice to confirm and "no" the one to change, where the question offers them. */
function byPlainWord(intent: Intent, asked: readonly Choice[]): string | undefined {
  const wanted = plainWords[intent]
  return asked.find((choice) => wanted?.includes(choice.value))?.value
}

const plainWords: Partial<Record<Intent, readonly string[]>> = {
  confirm: ['confirm', 'yes'],
  approve: ['approve', 'confirm', 'yes'],
  deny: ['change', 'no', 'keep', 'skip'],
  decline: ['decline', 'change', 'no', 'keep', 'skip'],
  skip: ['skip'],
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth']

/** A bare number in any of the ways people write one: `1`, `1.`, `#1`, `(1)`, `option 1`, `①`, `１`, `第一个`, `the second one`. */
function positionOf(line: string): number | undefined {
  const plain = line.normalize('NFKC').toLowerCase()
  const ordinal = /^(?:the )?(first|second|third|fourth|fifth)(?: one)?[.!]?$/.exec(plain)?.[1]
  if (ordinal !== undefined) return ordinals.indexOf(ordinal) + 1
  const digits = /^(?:option|number|no\.?|choice|选项?|選項?|第)?\s*[#(（[]?\s*(\d{1,2}|[一二三四五六七八九])\s*[)）\].,。、:]?\s*(?:个|個|项|項)?$/.exec(
    plain,
  )?.[1]
  if (digits === undefined) return undefined
  const han = '一二三四五六七八九'.indexOf(digits)
  return han >= 0 ? han + 1 : Number(digits)
}

function firstLine(text: string): string {
  return (
    text
      .split('\n')
      .map((line) => line.trim())
      .find((line) => line !== '') ?? ''
  )
}

function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\p{P}\p{S}\s]+/gu, ' ')
    .trim()
}
