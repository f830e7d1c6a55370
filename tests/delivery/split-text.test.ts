// A long text in several messages: nothing lost, nothing torn.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitMessage, splitText } from '../../src/delivery/split-text.ts'

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
const characters = (text: string) => Array.from(segmenter.segment(text), ({ segment }) => segment)
const written = (texts: readonly string[]) => texts.flatMap(characters).filter((character) => !/^\s+$/.test(character))

const text = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.lorem({ maxCount: 8 }) },
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\n\n', '\n', ' ', '👩‍👩‍👧‍👦', '漏水。', 'e\u0301\u0302'),
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(''))

describe('a long text', () => {
  it('that fits is left as it is, blanks and all', () => {
    expect(splitText('  Hello \n', 100)).toEqual(['  Hello \n'])
    expect(splitText('a'.repeat(1600), 1600)).toHaveLength(1)
    expect(splitText('a'.repeat(1601), 1600)).toEqual(['a'.repeat(1600), 'a'])
  })

  it('is parted at the end of a paragraph, else of a line, a sentence, a word', () => {
    const [long, word] = ['x'.repeat(60), 'y'.repeat(30)]
    expect(splitText(`${long}\n\n${word} ${word}`, 100)).toEqual([long, `${word} ${word}`])
    expect(splitText(`${long}\n${word} ${word}`, 100)).toEqual([long, `${word} ${word}`])
    expect(splitText(`${long}. ${word} ${word}`, 100)).toEqual([`${long}.`, `${word} ${word}`])
    expect(splitText(`${long} ${word} ${word}`, 100)).toEqual([`${long} ${word}`, word])
    expect(splitText(`${'漏'.repeat(70)}。${'水'.repeat(60)}`, 100)).toEqual([`${'漏'.repeat(70)}。`, '水'.repeat(60)])
  })

  it('loses nothing but blanks, and tears no character, in parts that all fit', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 40, max: 200 }), fc.integer({ min: 0, max: 20 }), (whole, limit, tail) => {
        const parts = splitText(whole, limit, tail)
        expect(written(parts)).toEqual(written([whole]))
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(limit)
        expect((parts.at(-1) ?? '').length + tail).toBeLessThanOrEqual(limit)
      }),
    )
  })

  it('keeps room behind the last part where nothing but blanks follow it', () => {
    expect(splitText('nullafelis egestas congue\n\n', 40, 16).map(({ length }) => length <= 40 - 16)).toEqual([true, true])
  })

  it('of a message acknowledges first and asks last, with room for its choices', () => {
    const choices = ['All correct', 'Change something'].map((label) => ({ value: label, label }))
    const message = { text: 'word '.repeat(320).trim(), choices, acknowledgement: true, utterances: [{ text: 'summary.intro', with: {} }] }
    const [first, last, ...more] = splitMessage(message, 1600)
    expect(more).toEqual([])
    expect(first).toMatchObject({ choices: [], acknowledgement: true, utterances: [] })
    expect(last).toMatchObject({ text: expect.stringMatching(/^word/), choices, acknowledgement: false })
    expect((last?.text ?? '').length + choices.map(({ label }, n) => `\n${n + 1} ${label}`).join('').length + 1).toBeLessThanOrEqual(1600)
    expect(splitMessage({ ...message, text: 'word' }, 1600)).toEqual([{ ...message, text: 'word' }])
  })
})
