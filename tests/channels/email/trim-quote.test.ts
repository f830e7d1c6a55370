// The trimmed view: quotes and signatures go where they are beyond doubt, and no word of the customer's ever does.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isForward, trimQuote } from '../../../channels/email/trim-quote.ts'

const mine = 'Thursday at nine is fine.\n\nThe serial number is AS900-44812.'
const quoted = '> When may we come?\n> What is the serial number?\n>\n> Kind regards'

describe('an answer above a quote', () => {
  test.each([
    ['Gmail', 'On Tue, Mar 5, 2024 at 10:20 AM Mendline Repairs <support@repair.example> wrote:'],
    ['Gmail, broken', 'On Tue, Mar 5, 2024 at 10:20 AM Mendline Repairs <\nsupport+abc@repair.example> wrote:'],
    ['Apple Mail', 'On 5. Mar 2024, at 12:50, Mendline Repairs <support@repair.example> wrote:'],
    ['Thunderbird', 'On 05/03/2024 10:20, Mendline Repairs wrote:'],
    ['German', 'Am Di., 5. März 2024 um 10:20 Uhr schrieb Mendline <\nsupport@repair.example>:'],
    ['French', 'Le mar. 5 mars 2024 à 10:20, Mendline <support@repair.example> a\nécrit :'],
    ['Spanish', 'El mar, 5 mar 2024 a las 10:20, Mendline (<support@repair.example>) escribió:'],
    ['Italian', 'Il giorno mar 5 mar 2024 alle ore 10:20 Mendline <support@repair.example> ha scritto:'],
    ['Portuguese', 'Em ter., 5 de mar. de 2024 às 10:20, Mendline <support@repair.example> escreveu:'],
    ['Dutch', 'Op di 5 mrt 2024 om 10:20 schreef Mendline <support@repair.example>:'],
    ['Polish', 'wt., 5 mar 2024 o 10:20 Mendline <support@repair.example> napisał(a):'],
    ['Russian', 'вт, 5 мар. 2024 г. в 10:20, Mendline <support@repair.example>:'],
    ['Chinese', '在 2024年3月5日，下午5:00，Mendline <support@repair.example> 写道：'],
    ['163', '在 2024-03-05 17:00:00，"Mendline" <support@repair.example> 写道：'],
    ['Chinese Gmail', 'Mendline <support@repair.example> 于2024年3月5日周二 17:00写道：'],
    ['Japanese', '2024年3月5日(火) 10:20 Mendline <support@repair.example>:'],
  ])('%s: the quote is left out', (_, attribution) => {
    expect(trimQuote(`${mine}\n\n${attribution}\n\n${quoted}\n`)).toBe(mine)
  })

  test.each([
    [
      'Outlook',
      '-----Original Message-----\nFrom: Mendline Repairs <support@repair.example>\nSent: Tuesday, March 5, 2024 10:20 AM\nTo: Anna\nSubject: Your request\n\nWhen may we come?',
    ],
    ['Outlook, German', '-----Ursprüngliche Nachricht-----\nVon: Mendline\nGesendet: Dienstag\n\nWann?'],
    [
      'Outlook on the web',
      '________________________________\nFrom: Mendline Repairs <support@repair.example>\nSent: Tuesday, March 5, 2024 10:20 AM\nTo: Anna <anna@lind.example>\nSubject: Your request\n\nWhen may we come?',
    ],
    [
      'Outlook for Mac',
      'From: Mendline Repairs <support@repair.example>\nDate: Tuesday, 5 March 2024 at 10:20\nTo: Anna <anna@lind.example>\nSubject: Your request\n\nWhen may we come?',
    ],
    ['Outlook, French', 'De : Mendline <support@repair.example>\nEnvoyé : mardi 5 mars 2024 10:20\nÀ : Anna\nObjet : Votre demande\n\nQuand ?'],
    ['QQ', '------------------ 原始邮件 ------------------\n发件人: "Mendline" <support@repair.example>;\n发送时间: 2024年3月5日\n主题: 洗衣机\n\n请问型号？'],
    ['Foxmail', '发件人： Mendline\n发送时间： 2024-03-05 17:00\n收件人： 王小明\n主题： 洗衣机\n\n请问型号？'],
    ['Yahoo', 'On Tuesday, March 5, 2024 at 10:20:11 AM GMT+1, Mendline <support@repair.example> wrote:  \n \n When may we come?'],
  ])('%s: a quote without > is left out', (_, quote) => {
    expect(trimQuote(`${mine}\n\n${quote}\n`)).toBe(mine)
  })

  test.each([
    'Sent from my iPhone',
    'Von meinem iPhone gesendet',
    'Envoyé de mon iPhone',
    '发自我的iPhone',
    '從我的 iPhone 傳送',
    'iPhoneから送信',
    'Get Outlook for iOS<https://aka.ms/o0ukef>',
    'Sent from Outlook for Android',
    'Enviado desde mi iPhone',
  ])('the line "%s" is left out', (line) => {
    expect(trimQuote(`${mine}\n\n${line}\n\nOn 5. Mar 2024, at 12:50, Mendline <support@repair.example> wrote:\n\n${quoted}`)).toBe(mine)
  })

  test('a signature below "-- " is left out, with the quote below it', () => {
    const signature = '-- \nAnna Lind\nLind Bakery\n+46 8 123 456'
    expect(trimQuote(`${mine}\n${signature}\n`)).toBe(mine)
    expect(trimQuote(`${mine}\n${signature}\n\nOn Tue, 5 Mar 2024 at 10:20, Mendline <support@repair.example> wrote:\n${quoted}`)).toBe(mine)
  })
})

describe('an answer below a quote or in between', () => {
  const attribution = 'On Tue, 5 Mar 2024 at 10:20, Mendline <support@repair.example> wrote:'

  test('below one quote: the quote is left out', () => {
    expect(trimQuote(`${attribution}\n${quoted}\n\n${mine}\n`)).toBe(mine)
  })

  test('in between: everything stays', () => {
    const text = `${attribution}\n> When may we come?\n\nThursday.\n\n> What is the serial number?\n\nAS900.`
    expect(trimQuote(text)).toBe(text)
  })

  test('in between, with the rest of the quote at the end: the answers stay with their questions', () => {
    const trimmed = trimQuote(`Hello, see inline.\n\n${attribution}\n> When may we come?\nThursday.\n> What is the serial number?\nAS900.\n> Kind regards\n`)
    for (const words of ['see inline', '> When may we come?', 'Thursday.', 'AS900.']) expect(trimmed).toContain(words)
  })

  test('below an Outlook header, where nothing marks it: everything stays', () => {
    const outlook = 'From: Mendline <support@repair.example>\nSent: Tuesday\nSubject: Your request\n\nWhen may we come?'
    expect(trimQuote(`${outlook}\nThursday.`)).toContain('Thursday.')
    expect(trimQuote(`Please find my answers below in red.\n\n${outlook}\nThursday.`)).toContain('Thursday.')
    expect(trimQuote(`您好，请见下面的回答。\n\n${outlook}\n周四。`)).toContain('周四。')
  })
})

describe('what only looks like a quote stays', () => {
  test.each([
    ['a pasted log', 'The display shows:\n> E18 pump\n> E19 drain'],
    ['a pasted log with a time', 'The log since 10:30 says:\n> E18 pump\n> E19 drain'],
    ['a list of addresses', 'From: 12 High Street\nTo: 5 Low Street\nPlease move the fridge.'],
    ['a divider', 'First part\n--\nSecond part'],
    ['a sentence', 'On Monday your engineer wrote:\nplease wait for the part.\nHow long?'],
    ['a half page below a divider', `Hello\n-- \n${Array.from({ length: 20 }, (_, n) => `line ${n}`).join('\n')}`],
    ['own words right above an attribution line', 'On Friday I am at home.\nCall me 2024 times at ann@lind.example:\nplease'],
  ])('%s', (_, text) => {
    expect(trimQuote(text)).toBe(text)
  })

  test('a mail that is nothing but a quote is shown whole', () => {
    const text = `On Tue, 5 Mar 2024 at 10:20, Mendline <support@repair.example> wrote:\n${quoted}`
    expect(trimQuote(text)).toBe(text)
  })

  test('a line right above a broken attribution is not swallowed by it', () => {
    const text = `Yes.\nOn Friday please\nOn Tue, Mar 5, 2024 at 10:20 AM Mendline Repairs <\nsupport@repair.example> wrote:\n${quoted}`
    expect(trimQuote(text)).toBe('Yes.\nOn Friday please')
  })
})

test.each([
  ['Fwd: invoice', true],
  ['FW: invoice', true],
  ['WG: Rechnung', true],
  ['转发：发票', true],
  ['[team] Fwd: invoice', true],
  ['Re: invoice', false],
  ['Forward gear broken', false],
  ['I: x', true],
])('"%s" is a forwarded mail: %s', (subject, expected) => {
  expect(isForward(subject)).toBe(expected)
})

describe('whatever is written', () => {
  const word = fc.stringMatching(/^[\p{L}\p{N}]{1,9}$/u)
  const sentence = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => `${words.join(' ')}.`)
  const paragraph = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n'))
  const own = fc.array(paragraph, { minLength: 1, maxLength: 4 }).map((paragraphs) => paragraphs.join('\n\n'))
  const attribution = fc.constantFrom(
    'On Tue, Mar 5, 2024 at 10:20 AM Mendline Repairs <\nsupport+abc@repair.example> wrote:',
    'Am 05.03.24 um 10:20 schrieb Mendline:',
    '在 2024-03-05 17:00:00，"Mendline" <support@repair.example> 写道：',
    '2024年3月5日(火) 10:20 Mendline <support@repair.example>:',
  )
  const quote = fc.array(sentence, { minLength: 1, maxLength: 5 }).map((lines) => lines.map((line) => `> ${line}`).join('\n'))
  const outlook = sentence.map(
    (line) => `________________________________\nFrom: Mendline <support@repair.example>\nSent: Tuesday, 5 March 2024 10:20\nSubject: x\n\n${line}`,
  )
  const contains = (text: string, part: string) => {
    for (const line of part.split('\n')) expect(text.split('\n')).toContain(line)
  }

  test('text without a marker stays as it is', () => {
    fc.assert(
      fc.property(own, (text) => {
        expect(trimQuote(`${text}\n`)).toBe(text)
      }),
    )
  })

  test('an answer above a quote stays, and the quote goes', () => {
    fc.assert(
      fc.property(own, attribution, quote, (text, by, before) => {
        expect(trimQuote(`${text}\n\n${by}\n\n${before}\n`)).toBe(text)
      }),
    )
  })

  test('answers in between and below stay', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(quote, own), { minLength: 1, maxLength: 4 }), attribution, fc.option(own, { nil: '' }), (pairs, by, above) => {
        const trimmed = trimQuote([above, by, ...pairs.flatMap(([before, answer]) => [before, answer])].join('\n\n'))
        for (const [, answer] of pairs) contains(trimmed, answer)
        if (above) contains(trimmed, above)
      }),
    )
  })

  test('an answer above an Outlook header stays', () => {
    fc.assert(fc.property(own, outlook, (text, before) => contains(trimQuote(`${text}\n\n${before}`), text)))
  })

  test('nothing is invented, words are never all lost, and trimming again changes nothing worse', () => {
    const line = fc.oneof(
      sentence,
      quote,
      attribution,
      outlook,
      fc.constantFrom('-- ', '--', '>', '> > x', 'Sent from my iPhone', '-----Original Message-----', '', ' '),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        const text = lines.join('\n')
        const trimmed = trimQuote(text)
        expect(text).toContain(trimmed)
        if (/[\p{L}\p{N}]/u.test(text)) expect(trimmed).toMatch(/[\p{L}\p{N}]/u)
      }),
    )
  })
})
