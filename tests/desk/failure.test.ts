// Parts as people type them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readParts } from '../../src/tickets/index.ts'

describe('parts used', () => {
  it.each([
    ['', []],
    ['seal kit', [{ part: 'seal kit', quantity: 1 }]],
    ['2 x seal kit', [{ part: 'seal kit', quantity: 2 }]],
    [
      'seal kit x2, belt B-12',
      [
        { part: 'seal kit', quantity: 2 },
        { part: 'belt B-12', quantity: 1 },
      ],
    ],
    [
      '3× hose\n belt 4PJ1270 * 2 ',
      [
        { part: 'hose', quantity: 3 },
        { part: 'belt 4PJ1270', quantity: 2 },
      ],
    ],
    ['hex 8', [{ part: 'hex 8', quantity: 1 }]],
  ])('are read from %j', (text, parts) => {
    expect(readParts(text)).toEqual(parts)
  })

  it('are refused when a quantity is none', () => {
    expect(readParts('0 x seal')).toBeUndefined()
    expect(readParts('seal x0')).toBeUndefined()
  })

  it('are read from any text without throwing, each with a name and a whole number', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        for (const { part, quantity } of readParts(text) ?? []) {
          expect(part.trim()).not.toBe('')
          expect(Number.isInteger(quantity) && quantity > 0).toBe(true)
        }
      }),
    )
  })
})
