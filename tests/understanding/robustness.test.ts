// Whatever people send: reading it comes to an end, throws nothing, and always says the same.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { understand } from '../../src/understanding/index.ts'
import { fold } from '../../src/understanding/fold.ts'
import { settings } from '../support/talk.ts'
import { chineseIntents } from './intents.zh.ts'
import { englishIntents } from './intents.en.ts'

const { products } = settings

it('reads any text without throwing, and the same way each time', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme', maxLength: 300 })), (text) => {
      const understanding = understand(text, { products })
      expect(understanding.confidence).toBeGreaterThanOrEqual(0)
      expect(understanding.confidence).toBeLessThanOrEqual(1)
      expect(understand(text, { products })).toEqual(understanding)
      expect(structuredClone(understanding)).toEqual(understanding)
    }),
    { numRuns: 300 },
  )
})

it('keeps every position when it folds, so that values are read in the own spelling', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => fold(text).length === text.length))
})

it('finds values only in the words that were written', () => {
  const sentences = [...Object.values(englishIntents), ...Object.values(chineseIntents)].flat()
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...sentences), { minLength: 1, maxLength: 4 }), (parts) => {
      const text = parts.join('\n')
      const { address, preferredTime, contactName } = understand(text, { products }).entities
      for (const value of [address, preferredTime, contactName]) if (value !== undefined) expect(text).toContain(value)
    }),
  )
})

it.each([
  '好的',
  '嗯',
  '区',
  '谢谢',
  'ok ',
  'thanks so much ',
  'the a ',
  'Monday , ',
  '1 ',
  '12 a ',
  'no, ',
  'it is ',
  '路1号',
  '1-',
  '(1)',
  'a@',
  'a.',
  'SN ',
  '地址',
  ': ',
  ' \n',
  'my ',
  'still ',
  '，',
  '不',
  '在',
  '周一到',
  'between 2 and ',
  "i'd like to ",
])('comes to an end on a text that repeats %j a thousand times', (part) => {
  for (const end of ['', 'x', '!', '坏', ' 7']) expect(understand(part.repeat(1000) + end, { products }).confidence).toBeLessThanOrEqual(1)
})

it('reads only the beginning of a very long text', () => {
  const understanding = understand(`My fridge is not cooling. ${'bla '.repeat(200_000)} SN KP-20391`, { products })
  expect(understanding.intent).toBe('report_repair')
  expect(understanding.entities.serial).toBeUndefined()
})

it('reads the subject of a mail as well, without its marks of replying', () => {
  const { intent, entities } = understand('Please see below.', { products, subject: 'Fwd: Re: T5 treadmill stops with E03' })
  expect(intent).toBe('report_repair')
  expect(entities).toMatchObject({ product: 'T5 treadmill', errorCode: 'E03' })
})

it('reads no more than the ticket number from the subject of an answer', () => {
  for (const subject of ['Re: T5 treadmill stops [R-4K7Q2MM]', 'T5 treadmill stops [R-4K7Q2MM]', '回复：[R-4K7Q2MM] 跑步机坏了']) {
    const { intent, entities } = understand('Thanks a lot!', { products, subject })
    expect(intent).toBe('thank')
    expect(entities).toEqual({ ticketNumbers: ['R-4K7Q2MM'] })
  }
})

it('knows what a pressed button means, whatever its label says', () => {
  expect(understand('需要修改', { products, choice: 'change' })).toMatchObject({ intent: 'deny', confidence: 1 })
  expect(understand('Report a repair', { products, choice: 'report-repair' })).toMatchObject({ intent: 'report_repair', confidence: 1 })
})
