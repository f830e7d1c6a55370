// In which language somebody writes, and when a text does not tell.
import { expect, it } from 'vitest'
import { detectLanguage } from '../../src/understanding/language.ts'

it.each([
  'My washing machine leaks',
  'where is my repair?',
  'thank you for your help',
  'It is still broken',
  'Please call me tomorrow',
  'I would like to talk to a person',
  'The leak won’t stop',
  'hello, the T5 treadmill is not working',
  'skip this one',
  'my name is 王伟 and my fridge does not work at all',
])('reads %s as English', (text) => expect(detectLanguage(text)).toBe('en'))

it.each(['我的洗衣机漏水', '洗衣機壞了', '谢谢', '好', 'T5跑步机显示E03', '序列号 KP-20391', 'OK，谢谢', '我的 T5 treadmill 坏了', '转人工'])(
  'reads %s as Chinese',
  (text) => expect(detectLanguage(text)).toBe('zh'),
)

it.each([
  '',
  '1',
  'KP-20391',
  'ok',
  'OK!',
  'yes',
  'R-4K7Q2MM',
  '👍',
  '415 555 0100',
  'ann@example.org',
  'Ann Lee',
  'Meine Waschmaschine ist kaputt',
  'Hola, mi lavadora no funciona',
  '洗濯機が壊れました',
  'T5',
])('says nothing of %s', (text) => expect(detectLanguage(text)).toBeUndefined())
