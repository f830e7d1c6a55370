// Who takes back their leave to be written to, and who only says "stop": tables of both kinds, in English and Chinese.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isForCarrier, isUnsubscribe, readConsent } from '../../src/understanding/consent.ts'
import { chineseIntents } from './intents.zh.ts'
import { englishIntents } from './intents.en.ts'
import { notOptOuts } from './no-opt-outs.ts'
import { moreOptOuts, optIns, optOuts } from './opt-outs.ts'

const chat = { carrierKeywords: false }
const text = { carrierKeywords: true }
const wishOf = (words: string, hints = chat) => readConsent(words, hints)?.wish

const carrierWords = ['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']

describe('an opt-out in natural words', () => {
  it.each(optOuts)('%s', (words, scope) => {
    for (const hints of [chat, text]) expect(readConsent(words, hints)).toMatchObject({ wish: 'opt_out', scope })
  })
  it.each(moreOptOuts)('%s', (words) => {
    expect(wishOf(words)).toBe('opt_out')
  })
  it('may stand among other words, before or after them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...optOuts.map(([words]) => words)),
        fc.constantFrom('My T5 treadmill stops after ten minutes.', 'The address is 12 Elm Street.', '洗衣机漏水。', 'Thank you!'),
        fc.boolean(),
        (words, other, first) => {
          expect(wishOf(first ? `${words}\n${other}` : `${other}\n${words}`)).toBe('opt_out')
        },
      ),
    )
  })
  it('is one in any case, width of letters and spacing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...optOuts.map(([words]) => words)), fc.constantFrom(' ', '  ', '\t', '\u00a0'), fc.boolean(), (words, space, upper) => {
        expect(wishOf(`  ${(upper ? words.toUpperCase() : words.toLowerCase()).replaceAll(' ', space)} `)).toBe('opt_out')
      }),
    )
  })
})

describe('no opt-out', () => {
  it.each(notOptOuts)('%s', (words) => {
    expect(wishOf(words)).not.toBe('opt_out')
  })
  it.each(notOptOuts.filter((words) => !/^(?:END|QUIT|CANCEL|(?:please )?stop)$/i.test(words)))('nor in a text message: %s', (words) => {
    expect(wishOf(words, text)).not.toBe('opt_out')
  })
  const about = Object.entries({ ...englishIntents })
    .concat(Object.entries(chineseIntents))
    .flatMap(([intent, sentences]) => (intent === 'none' ? [] : sentences))
    .filter((words) => !/^\W*(?:stop|cancel|quit|end|退订)\W*$/i.test(words))
  it(`in any of ${about.length} sentences about repairs`, () => {
    expect(about.filter((words) => wishOf(words, text) === 'opt_out')).toEqual([])
  })
  it('in whatever people may write, and reads it in no time', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (words) => void readConsent(words, text)))
    for (const words of [
      'stop '.repeat(20_000),
      'please '.repeat(20_000),
      'opt out of '.repeat(10_000),
      '别'.repeat(50_000),
      'stop sending me '.repeat(9000),
    ]) {
      const began = performance.now()
      readConsent(words, text)
      expect(performance.now() - began).toBeLessThan(1000)
    }
  })
})

describe("a carrier's keyword", () => {
  it('opts out when it stands alone on a channel of a carrier, in any dress', () => {
    fc.assert(
      fc.property(fc.constantFrom(...carrierWords), fc.constantFrom('', ' ', '.', '!', ' !! ', '\n'), fc.boolean(), (word, mark, upper) => {
        expect(readConsent(`${mark}${upper ? word : word.toLowerCase()}${mark}`, text)).toEqual({ wish: 'opt_out', words: 'keyword', scope: 'here' })
      }),
    )
    for (const words of ['please stop', 'Stop please', 'stop stop stop', 'just stop', 'STOP ALL', 'stop now']) expect(wishOf(words, text)).toBe('opt_out')
  })
  it('is a word like others when it does not, or elsewhere', () => {
    fc.assert(
      fc.property(fc.constantFrom(...carrierWords, 'START', 'YES'), fc.constantFrom('the belt', 'light', 'R-4K7Q2MM', 'button'), (word, rest) => {
        expect(readConsent(`${word} ${rest}`, text)).toBeUndefined()
      }),
    )
    for (const word of ['STOP', 'CANCEL', 'END', 'QUIT', 'START', 'YES']) expect(readConsent(word, chat)).toBeUndefined()
  })
  it.each(['START', 'yes', 'Unstop', 'YES!'])('%s gives leave again', (word) => {
    expect(readConsent(word, text)).toEqual({ wish: 'opt_in', words: 'keyword', scope: 'here' })
  })
  it.each(['HELP', 'info', 'Help!'])('%s is left to the carrier', (word) => {
    expect(isForCarrier(word)).toBe(true)
    expect(readConsent(word, text)).toBeUndefined()
  })
  it.each(['help me', 'info on my repair', 'I need help'])('%s is not', (words) => {
    expect(isForCarrier(words)).toBe(false)
  })
})

describe('an opt-in', () => {
  it.each(optIns)('%s', (words) => {
    expect(wishOf(words)).toBe('opt_in')
  })
  it.each([
    "don't text me again",
    'my washer leaks again',
    'you texted me again',
    'please start the repair',
    'the dryer does not start',
    '继续漏水',
    '恢复出厂设置',
  ])('is not: %s', (words) => {
    expect(wishOf(words)).not.toBe('opt_in')
  })
  it('counts when it comes last, and so does an opt-out', () => {
    expect(wishOf('Stop texting me.\nSorry, you can text me again')).toBe('opt_in')
    expect(wishOf('You can text me again.\nNo, stop texting me.')).toBe('opt_out')
  })
})

describe('the subject of a mail', () => {
  it.each(['unsubscribe', 'Unsubscribe', ' UNSUBSCRIBE ', 'opt out', '退订'])('%s opts out', (subject) => {
    expect(readConsent('', { ...chat, subject })?.wish).toBe('opt_out')
    expect(isUnsubscribe(subject)).toBe(true)
  })
  it.each(['Re: unsubscribe button broken', 'My dryer', 'Stop'])('%s does not', (subject) => {
    expect(readConsent('It leaks', { ...chat, subject })).toBeUndefined()
  })
})
