// The lines of a quote as a person types them, one a line: "2 x Drive belt 45.50".
import { digitsOf } from './money.ts'
import type { QuoteLine } from './quote.ts'

/** `wrong` counts from 1. */
export type ReadLines = { kind: 'lines'; lines: QuoteLine[] } | { kind: 'wrong'; wrong: number }

export function readQuoteLines(text: string, currency: string): ReadLines {
  const lines: QuoteLine[] = []
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const read = readLine(line, digitsOf(currency))
    if (read === undefined) return { kind: 'wrong', wrong: index + 1 }
    lines.push(read)
  }
  return { kind: 'lines', lines }
}

/** What `readQuoteLines` reads again as the same. */
export function writeQuoteLines(lines: readonly QuoteLine[], currency: string): string {
  const digits = digitsOf(currency)
  return lines.map(({ description, quantity, unitPrice }) => `${quantity} x ${description} ${(unitPrice / 10 ** digits).toFixed(digits)}`).join('\n')
}

function readLine(line: string, digits: number): QuoteLine | undefined {
  const [, count = '1', description, price = ''] =
    /^\s*(?:(\d{1,4})\s*[x×*]\s+)?(\S.*?)[\s:=]+[€$£¥]?\s?(-?\d[\d.,']*)\s*(?:[A-Z]{3}|[€$£¥])?\s*$/u.exec(line) ?? []
  const unitPrice = readAmount(price, digits)
  const quantity = Number(count)
  return description === undefined || unitPrice === undefined || quantity < 1 ? undefined : { description, quantity, unitPrice }
}

/** "1,234.50", "1.234,50", "45", "45.5": the last mark before one or two digits is the decimal one. */
function readAmount(text: string, digits: number): number | undefined {
  // 45.505 is forty-five thousand to some and no price to others.
  if (/^-?\d+\.\d{3}$/.test(text)) return undefined
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d[\d.,']*?)(?:[.,](\d{1,2}))?$/.exec(text) ?? []
  if (whole === '' || fraction.length > digits) return undefined
  const amount = Number(whole.replace(/[.,']/g, '') + fraction.padEnd(digits, '0'))
  return Number.isSafeInteger(amount) && amount <= 1_000_000_000 ? (sign === '-' ? -amount : amount) : undefined
}
