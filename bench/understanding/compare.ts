// Whether a value that was read is the one that was meant.
import { readPhone } from '../../src/understanding/entities/phone.ts'
import type { SlotName } from './labels.ts'

/** Words shared, out of both sides; from here two descriptions are the same. */
const alikeFrom = 0.6

/** `country`: where numbers without a country's code belong to. */
export function isRight(slot: SlotName, read: string, meant: string, country: string): boolean {
  switch (slot) {
    case 'phone':
      return phone(read, country) === phone(meant, country)
    case 'serial':
    case 'errorCode':
    case 'ticketNumber':
      return letters(read) === letters(meant)
    case 'from':
    case 'until':
      return Date.parse(read) === Date.parse(meant)
    case 'symptom':
      return sharedWords(read, meant) >= alikeFrom || isPart(read, meant) || isPart(meant, read)
    case 'address':
      return sharedWords(read, meant) >= alikeFrom
    case 'product':
      return letters(read) === letters(meant) || sharedWords(read, meant) >= alikeFrom
    case 'email':
      return read.toLowerCase() === meant.toLowerCase()
    case 'contactName':
      return letters(read) === letters(meant)
    case 'rating':
      return Number(read) === Number(meant)
    case 'urgency':
      return read === meant
  }
}

function phone(text: string, country: string): string {
  return readPhone(text, country)?.value ?? text.replace(/\D/g, '')
}

/** What is left when only letters and digits count. */
export function letters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** "Burning smell" tells what "a burning smell from the machine" tells: the words of one in a row in the other, which is at most four times as long. */
function isPart(one: string, other: string): boolean {
  const [part, whole] = [wordsOf(one), wordsOf(other)]
  return part.length >= 2 && whole.length <= 4 * part.length && ` ${whole.join(' ')} `.includes(` ${part.join(' ')} `)
}

/** F1 over words; Chinese by characters. */
export function sharedWords(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)]
  const left = [...b]
  let shared = 0
  for (const word of a) {
    const at = left.indexOf(word)
    if (at < 0) continue
    left.splice(at, 1)
    shared++
  }
  return a.length + b.length === 0 ? 0 : (2 * shared) / (a.length + b.length)
}

function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{Script=Han}|[\p{L}\p{N}']+/gu)
      ?.flatMap((word) => word.match(/\p{Script=Han}|[^\p{Script=Han}]+/gu) ?? []) ?? []
  )
}
