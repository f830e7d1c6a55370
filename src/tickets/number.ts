// Ticket numbers: `R-`, six random characters of Crockford base32 and a check character, readable over the phone.
import { crockford, randomText, type Random } from '../random.ts'

export function newTicketNumber(random: Random): string {
  const body = randomText(random, 6)
  return `R-${body}${checkCharacter(body)}`
}

/** The number in its one spelling, or undefined when it is none: case and O/0, I/L/1 are forgiven, a wrong check character is not. */
export function readTicketNumber(text: string): string | undefined {
  const match = /^\s*R\s*[-–—]?\s*([0-9A-Z]{7})\s*$/i.exec(text)
  const plain = match?.[1]?.toUpperCase().replaceAll('O', '0').replace(/[IL]/g, '1')
  if (plain === undefined || plain.includes('U')) return undefined
  return checkCharacter(plain.slice(0, 6)) === plain[6] ? `R-${plain}` : undefined
}

/** Every ticket number in a longer text, in its one spelling, each once. */
export function findTicketNumbers(text: string): string[] {
  // Without the dash only what holds a digit: "R4K7Q2MM", and not every word of eight letters.
  const found = text.matchAll(/(?<![\p{L}\p{N}])R(?:\s?[-–—]\s?|(?=[A-Z]*\d))[0-9A-Z]{7}(?![0-9A-Z])/giu)
  return [...new Set([...found].flatMap(([candidate]) => readTicketNumber(candidate) ?? []))]
}

/** Luhn mod 32 over the six characters: finds any single wrong character and most swaps of neighbours. */
function checkCharacter(body: string): string {
  let sum = 0
  for (const [index, character] of [...body].reverse().entries()) {
    const value = crockford.indexOf(character) * (index % 2 === 0 ? 2 : 1)
    sum += Math.floor(value / 32) + (value % 32)
  }
  return crockford[(32 - (sum % 32)) % 32] ?? '0'
}
