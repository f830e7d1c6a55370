// Lines of a quote as people type them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readQuoteLines, writeQuoteLines } from '../../src/quotes/index.ts'

const one = (description: string, quantity: number, unitPrice: number) => ({ kind: 'lines', lines: [{ description, quantity, unitPrice }] })

describe('a line of a quote', () => {
  it.each([
    ['2 x Drive belt 45.50', 'EUR', 'Drive belt', 2, 4550],
    ['Labour: 90', 'EUR', 'Labour', 1, 9000],
    ['1× 传动带 ¥1,200', 'CNY', '传动带', 1, 120_000],
    ['Pump 1.234,5 EUR', 'EUR', 'Pump', 1, 123_450],
    ['3 x Belt T5 1000', 'JPY', 'Belt T5', 3, 1000],
    ['Discount -10.00', 'USD', 'Discount', 1, -1000],
    ['Belt = $45', 'USD', 'Belt', 1, 4500],
  ])('%s in %s is read', (text, currency, ...wanted) => {
    expect(readQuoteLines(text, currency)).toEqual(one(...wanted))
  })

  it.each(['Drive belt', '45.50', '2 x', 'Belt 45.505', '0 x Belt 4', 'Belt 4 or 5 euros'])('%s is none', (text) => {
    expect(readQuoteLines(`Labour 90\n\n${text}`, 'EUR')).toEqual({ kind: 'wrong', wrong: 3 })
  })

  it('has no fractions where the currency has none', () => {
    expect(readQuoteLines('Belt 10.5', 'JPY')).toEqual({ kind: 'wrong', wrong: 1 })
  })

  it('that was written out is read as it was', () => {
    const line = fc.record({
      description: fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ]{0,20}[A-Za-z]$/).map((text) => text.replace(/ +/g, ' ')),
      quantity: fc.integer({ min: 1, max: 999 }),
      unitPrice: fc.integer({ min: -99_999, max: 9_999_999 }),
    })
    fc.assert(
      fc.property(fc.array(line, { maxLength: 5 }), fc.constantFrom('EUR', 'USD', 'JPY', 'CNY'), (lines, currency) => {
        expect(readQuoteLines(writeQuoteLines(lines, currency), currency)).toEqual({ kind: 'lines', lines })
      }),
    )
  })
})
