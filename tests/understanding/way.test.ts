// Which way people want to hear from us, and when they only speak of mails and texts.
import { describe, expect, it } from 'vitest'
import { readWay } from '../../src/understanding/entities/way.ts'
import { understand } from '../../src/understanding/index.ts'
import { settings } from '../support/talk.ts'

const wishes: [string, 'sms' | 'email' | 'whatsapp'][] = [
  ['text me instead', 'sms'],
  ['Text me please', 'sms'],
  ['can you text me?', 'sms'],
  ['text me at 415 555 0100', 'sms'],
  ['Please text me when there is news', 'sms'],
  ['send me a text', 'sms'],
  ['send me texts instead', 'sms'],
  ['Send updates by text message', 'sms'],
  ['I would rather have texts', 'sms'],
  ['I prefer SMS', 'sms'],
  ['sms please', 'sms'],
  ['switch to text messages', 'sms'],
  ['contact me by text', 'sms'],
  ['keep me posted via SMS', 'sms'],
  ['email me at ann@x.org', 'email'],
  ['please email me', 'email'],
  ['Email instead', 'email'],
  ['use email', 'email'],
  ['by email please', 'email'],
  ['I prefer email', 'email'],
  ['write to me by e-mail', 'email'],
  ['send me an email', 'email'],
  ['I want updates by email', 'email'],
  ['Could you send the updates to me by email', 'email'],
  ['whatsapp me', 'whatsapp'],
  ['WhatsApp please', 'whatsapp'],
  ['contact me on WhatsApp', 'whatsapp'],
  ['can we switch to whatsapp', 'whatsapp'],
  ["don't text me, email me instead", 'email'],
  ['stop texting me, use email', 'email'],
  ['发短信给我', 'sms'],
  ['请给我发短信', 'sms'],
  ['用短信通知我', 'sms'],
  ['改用短信吧', 'sms'],
  ['發短信給我', 'sms'],
  ['发邮件给我', 'email'],
  ['请用邮件联系我', 'email'],
  ['邮件通知我就行', 'email'],
  ['用WhatsApp联系我', 'whatsapp'],
  ['别发短信，用邮件联系我', 'email'],
]

const none = [
  'you never email me',
  "don't text me",
  'did you text me?',
  'nobody texts me',
  'You did not email me',
  'email me the invoice',
  'text me the code',
  'email me a copy of the bill',
  'I sent it by email',
  'my email is ann@example.org',
  'I got your text',
  'the text on the display is gone',
  'my printer emails me errors',
  'send me an email with the invoice',
  'call me',
  'stop emailing me',
  '别给我发短信',
  '没有给我发邮件',
  '我没收到短信',
  '为什么不给我发短信',
  '我的邮箱是 ann@example.org',
]

describe('a wish to hear from us by', () => {
  it.each(wishes)('%s', (words, way) => {
    expect(readWay(words)?.way).toBe(way)
  })
  it.each(wishes.filter(([words]) => !/^(?:don't|stop|别)/.test(words)))('is what the message wants: %s', (words) => {
    expect(understand(words, { products: settings.products }).intent).toBe('change_channel')
  })
  it.each(none)('is not: %s', (words) => {
    expect(readWay(words)).toBeUndefined()
  })
  it('does not hide the fault that it comes with', () => {
    const heard = understand('My washing machine leaks, please text me', { products: settings.products })
    expect(heard.intent).toBe('report_repair')
    expect(heard.entities.way).toBe('sms')
  })
})
