// What counts as an answer to a question with choices.
import { describe, expect, it } from 'vitest'
import { readChoice } from '../../src/bot/choices.ts'
import { understand } from '../../src/understanding/index.ts'

const asked = [
  { value: 'confirm', label: 'All correct' },
  { value: 'change', label: 'Change something' },
]

function choose(text: string, choices = asked, choice?: string): string | undefined {
  const { intent, confidence } = understand(text, { products: [] })
  return readChoice({ text, intent: confidence >= 0.85 ? intent : 'none', ...(choice === undefined ? {} : { choice }) }, choices)
}

describe('a choice', () => {
  it.each([
    '1',
    '1.',
    '1)',
    '(1)',
    '#1',
    '＃1',
    '１',
    '①',
    'option 1',
    'Option 1.',
    '选1',
    '第一个',
    '一',
    'the first one',
    '  1  ',
    '1\n\nAnn',
    'all correct',
    'All correct!',
    'confirm',
    'yes',
    'ok',
    '是的',
    'ok thanks',
    '好的，谢谢',
  ])('the first one is meant by %j', (text) => expect(choose(text)).toBe('confirm'))

  it.each(['2', 'second', 'change something', '不对', 'no', '第二个', '②'])('the second one is meant by %j', (text) => expect(choose(text)).toBe('change'))

  it.each(['3', '0', '12', '1 and 2', '1st floor', 'thanks', 'yes, but the address is wrong', 'my fridge is broken', '', '1.5', 'KP-1'])(
    'none is meant by %j',
    (text) => expect(choose(text)).toBeUndefined(),
  )

  it('counts only while its question is open', () => {
    for (const text of ['1', 'yes', 'All correct']) expect(choose(text, [])).toBeUndefined()
    expect(choose('All correct', [], 'confirm')).toBeUndefined()
    expect(choose('Kept', [{ value: 'keep', label: 'Keep it' }], 'confirm')).toBeUndefined()
  })

  it('by a button needs no words', () => {
    expect(choose('', asked, 'change')).toBe('change')
  })

  it('yes and no mean nothing where the question offers neither', () => {
    const tickets = [
      { value: 'R-4K7Q2MM', label: 'R-4K7Q2MM T5' },
      { value: 'new', label: 'A new repair' },
    ]
    for (const text of ['yes', 'no']) expect(choose(text, tickets)).toBeUndefined()
    expect(choose('r-4k7q2mm', tickets)).toBe('R-4K7Q2MM')
    expect(choose('a new repair', tickets)).toBe('new')
  })
})
