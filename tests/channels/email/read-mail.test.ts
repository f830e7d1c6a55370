// Recorded mails, and what they become.
import { Readable } from 'node:stream'
import { describe, expect, test } from 'vitest'
import type { Keep } from '../../../channels/email/parse-mime.ts'
import { readMail } from '../../../channels/email/read-mail.ts'
import { mailPayload } from '../../support/mail-door.ts'
import { ourId, own, payload, read, readMessage } from './read.ts'

describe('a mail becomes a message', () => {
  test('a new mail starts a thread of its own and names who wrote it', async () => {
    expect(await payload('gmail-new')).toMatchObject({
      channel: 'email',
      account: 'support@repair.example',
      keyWithoutAccount: true,
      from: { address: 'anna.lind@gmail.com', name: 'Anna Lind' },
      thread: 'CAHk9y3Q1bX2ZrPqQ7@mail.gmail.com',
      hints: { tokens: [], references: [], numbers: [], own: 'CAHk9y3Q1bX2ZrPqQ7@mail.gmail.com' },
      subject: 'Washing machine leaks',
      text: 'Hello,\n\nmy AquaSpin 900 (serial AS900-44812) leaks since yesterday, error code E18.\n\nAnna',
      author: 'person',
      attachments: [],
    })
  })

  test('an answer carries the token, the ids and the ticket number that lead to its conversation', async () => {
    const message = await payload('gmail-reply')
    expect(message.hints).toEqual({ tokens: ['k3j9x2m4q8w7e6r5t1y0'], references: [ourId], numbers: ['R-4K7Q2MM'], own: 'CAHk9y3RwT5yyv8@mail.gmail.com' })
    expect(message.thread).toBe(ourId)
    expect(message.account).toBe('support@repair.example')
    expect(message.text).toBe('It was bought on 2 May 2022. Thursday morning suits me – after 9.')
    expect(message.fullText).toContain('> When did you buy the machine?')
  })

  test.each([
    ['outlook-reply', 'Guten Tag,\n\ndie Seriennummer lautet HP-2201-7. Die Pumpe läuft seit Montag nicht mehr.\n\nMit freundlichen Grüßen\nJens Weber'],
    ['qq-gb18030', '您好，洗衣机型号是 AS900，上门时间周四上午可以。'],
    ['163-raw-headers', '空调不制冷，型号 KFR-35GW。'],
    ['iso-2022-jp', '冷蔵庫が冷えません。型番は RF-200 です。'],
    ['html-only', 'The oven stays cold.\n\nModel: OV-5 & error F02\n\n- since Monday\n- both heaters'],
    ['html-blockquote', 'Friday is fine.'],
    ['empty-text-part', 'The fan is loud.'],
    ['mobile-signature', 'Yes, Thursday.'],
    ['calendar-invitation', 'Please come on Thursday at ten.'],
    ['null-bytes', 'The display is dark.'],
    ['wrong-charset', 'The pump is dead: plain words.'],
    ['cut-off', 'The words are here.'],
  ])('%s is read as the words it says', async (name, text) => {
    expect((await payload(name)).text).toBe(text)
  })

  test('answers between quoted lines stay, with the questions they answer', async () => {
    const { text } = await payload('apple-inline')
    for (const words of ['Hi, answers below.', '> What is the serial number?', 'DW-7781-X', 'Christmas 2021']) expect(text).toContain(words)
  })

  test('a forwarded mail is news, all of it', async () => {
    expect((await payload('forwarded')).text).toContain('Serial: AS900-44812')
  })

  test('names and subjects are decoded, also where they are raw bytes that no standard allows', async () => {
    expect(await payload('qq-gb18030')).toMatchObject({ from: { name: '王小明' }, subject: '回复：洗衣机漏水' })
    expect(await payload('163-raw-headers')).toMatchObject({ from: { name: '李雷' }, subject: '空调不制冷' })
    expect(await payload('iso-2022-jp')).toMatchObject({ from: { name: '山田太郎' }, subject: '冷蔵庫が冷えません' })
    expect((await payload('wrong-charset')).subject).toBe('Käse')
  })

  test('attachments keep their names in any notation, without paths, and get one where they have none', async () => {
    const { attachments } = await payload('attachments-rfc2231')
    expect(attachments.map(({ name, contentType }) => [name, contentType])).toEqual([
      ['洗衣机 leak.png', 'image/png'],
      ['Tür.png', 'image/png'],
      ['attachment-3.pdf', 'application/pdf'],
      ['attachment-4.eml', 'message/rfc822'],
    ])
    const [photo] = attachments
    expect(photo && 'content' in photo && Buffer.from(photo.content).subarray(1, 4).toString()).toBe('PNG')
  })

  test('the account is the address of ours that the mail was sent to, and its token is not a part of it', async () => {
    expect(await payload('two-addresses')).toMatchObject({ account: 'repairs@repair.example', hints: { tokens: ['tok1'] }, locale: 'zh-CN' })
  })

  test('the envelope counts where the header does not name us', async () => {
    const mail = 'From: a@b.example\r\nTo: undisclosed-recipients:;\r\nMessage-ID: <e@b.example>\r\n\r\nHello\r\n'
    expect(await readMessage(mail, { from: 'a@b.example', to: ['Repairs+Tok2@Repair.Example'] })).toMatchObject({
      account: 'repairs@repair.example',
      hints: { tokens: ['Tok2'] },
    })
  })

  test('ticket numbers are read as people write them', async () => {
    expect((await payload('two-addresses')).hints?.numbers).toEqual(['R-4K7Q2M0', 'R-0112345'])
  })

  test('ids of earlier mails are found however they are folded, joined or cut', async () => {
    expect((await payload('header-injection')).hints?.references).toEqual(['ab@c', 'x@y.example', ourId, 'no-brackets@z.example'])
  })

  test('a header cannot smuggle in lines', async () => {
    const message = await payload('header-injection')
    expect(message.from.address).toBe('eve@evil.example')
    expect(message.subject).toBe('Hi Bcc: victim@example.com body')
  })

  test('an internationalised domain stays in the form that mail servers take', async () => {
    expect((await readMessage('From: x <A@xn--bcher-kva.example>\r\n\r\nhi')).from.address).toBe('a@xn--bcher-kva.example')
  })
})

describe('one mail is one message', () => {
  const twice = async (one: string, other: string) => [(await readMessage(one)).providerId, (await readMessage(other)).providerId]

  test('whatever servers did to it on the way: line ends, encodings, more header', async () => {
    const mail = (await mailPayload('gmail-new')).toString()
    const relayed = `Received: from a by b; today\nX-Spam: no\n${mail.replace(/\r\n/g, '\n')}`
    const [one, other] = await twice(mail, relayed)
    expect(one).toBe(other)
    const encoded = `From: Anna Lind <anna.lind@gmail.com>\nTo: support@repair.example\nMessage-ID: <q@x>\nContent-Transfer-Encoding: quoted-printable\n\nThe pump =\nleaks\n`
    const plain = `From: anna.lind@gmail.com\nTo: repairs@repair.example\nMessage-ID: <q@x>\n\nThe pump leaks\n`
    const [third, fourth] = await twice(encoded, plain)
    expect(third).toBe(fourth)
  })

  test.each([
    ['sender', 'From: Anna Lind <Anna.Lind@gmail.com>', 'From: Anna Lind <other@gmail.com>'],
    ['text', 'leaks since yesterday', 'leaks since Monday'],
    ['id', 'Message-ID: <CAHk9y3Q1bX2ZrPqQ7@mail.gmail.com>', 'Message-ID: <other@mail.gmail.com>'],
  ])('another %s makes another message', async (_, from, to) => {
    const mail = (await mailPayload('gmail-new')).toString()
    const [one, other] = await twice(mail, mail.replace(from, to))
    expect(mail).toContain(from)
    expect(one).not.toBe(other)
  })

  test('another photo under the same id and text makes another message', async () => {
    const mail = (await mailPayload('attachments-rfc2231')).toString()
    const [one, other] = await twice(mail, mail.replace('iVBORw0KGgo', 'iVBORw0KGgp'))
    expect(one).not.toBe(other)
  })

  test('without a Message-ID, date, subject, sender and text decide', async () => {
    const mail = (await mailPayload('no-message-id')).toString()
    const [one, again] = await twice(mail, mail)
    expect(one).toBe(again)
    const [, other] = await twice(mail, mail.replace('15:00:00', '15:00:01'))
    expect(one).not.toBe(other)
    expect((await readMessage(mail)).hints?.own).toBeNull()
    expect((await readMessage(mail)).thread).toMatch(/^no-id-/)
  })
})

describe('mail that is broken or meant to break us', () => {
  const nested = (depth: number) => {
    const heads = Array.from({ length: depth }, (_, n) => `Content-Type: multipart/mixed; boundary="b${n}"\n\n--b${n}\n`)
    const tails = Array.from({ length: depth }, (_, n) => `--b${depth - 1 - n}--\n`)
    return `From: anna@lind.example\nSubject: nested\nMessage-ID: <n@x>\nMIME-Version: 1.0\n${heads.join('')}Content-Type: text/plain\n\nThe words at the bottom.\n${tails.join('')}`
  }

  test('two hundred nested parts are read to the bottom', async () => {
    expect((await readMessage(nested(200))).text).toBe('The words at the bottom.')
  })

  test('three thousand are not, but the mail is there', async () => {
    expect(await readMessage(nested(3000))).toMatchObject({ from: { address: 'anna@lind.example' }, subject: 'nested' })
  })

  test('ten thousand attachments are too many to be kept one by one, but the mail is there', async () => {
    const part = '--b\nContent-Type: image/png\n\nx\n'
    const message = await readMessage(`From: anna@lind.example\nContent-Type: multipart/mixed; boundary=b\n\n${part.repeat(10_000)}--b--\n`)
    expect(message.from.address).toBe('anna@lind.example')
    expect(message.attachments.length).toBeLessThan(1_001)
  })

  test('a boundary that never comes loses no words', async () => {
    expect((await payload('broken-boundary')).text).toContain('The words are here.')
  })

  test('a header line of 300 kB is read over', async () => {
    const message = await readMessage(`From: anna@lind.example\nSubject: ${'long '.repeat(2_000)}\nX-Long: ${'x'.repeat(300_000)}\n\nThe words are here.\n`)
    expect(message).toMatchObject({ from: { address: 'anna@lind.example' }, text: 'The words are here.' })
    expect(message.subject?.length).toBeLessThanOrEqual(500)
  })

  test('a header of 600 kB is too much for the parser, and still a message', async () => {
    const message = await readMessage(
      `From: =?utf-8?Q?Anna?= <anna@lind.example>\nMessage-ID: <h@x>\nAuto-Submitted: auto-replied\nX-Long: ${'y'.repeat(600_000)}\n\nBeyond reach.\n`,
    )
    expect(message).toMatchObject({ from: { address: 'anna@lind.example', name: 'Anna' }, author: 'machine', hints: { own: 'h@x' } })
  })

  test('8-bit garbage does not hide the readable line', async () => {
    const { fullText } = await payload('garbage-8bit')
    expect(fullText).toContain('readable')
    expect(fullText.isWellFormed()).toBe(true)
    expect(fullText).not.toContain('\0')
  })

  test('60 MB of text are cut for the view, and say so', async () => {
    const mail = Buffer.concat([Buffer.from('From: anna@lind.example\n\nThe words are here.\n'), Buffer.alloc(60_000_000, 'x'.repeat(75) + '\n')])
    const { fullText } = await readMessage(mail)
    expect(fullText).toMatch(/^The words are here\.\n/)
    expect(fullText.endsWith('\n[…]')).toBe(true)
    expect(fullText.length).toBeLessThan(500_010)
  })

  test('of a long text before a photo the end of the text is dropped, never the photo', async () => {
    const mail = `From: a@b.example\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n${'0123456789\n'.repeat(300_000)}\n--b\nContent-Type: image/png\n\nphoto\n--b--\n`
    const message = await readMessage(mail)
    expect(message.attachments).toHaveLength(1)
    expect(message.fullText.endsWith('[…]')).toBe(true)
  })

  test('HTML nested five thousand deep is read', async () => {
    const html = `${'<b>'.repeat(5_000)}deep words${'</b>'.repeat(5_000)}`
    expect((await readMessage(`From: a@b.example\nContent-Type: text/html\n\n${html}\n`)).text).toBe('deep words')
  })

  test('a mail without a sender is a ticket that nothing can be answered to', async () => {
    expect(await readMessage('Subject: hello\r\n\r\nWho am I?\r\n')).toMatchObject({
      from: { address: 'unknown@sender.invalid' },
      author: 'person_no_reply',
      text: 'Who am I?',
    })
  })

  test('without From the envelope says who sent it', async () => {
    const message = await readMessage('Subject: hello\r\n\r\nWho am I?\r\n', { from: 'Ann@Lind.example', to: ['support@repair.example'] })
    expect(message).toMatchObject({ from: { address: 'ann@lind.example' }, author: 'person' })
  })

  test('a mail that has passed fifty servers is refused, one more than that is not read', async () => {
    const hop = 'Received: from a by b; Tue, 5 Mar 2024 10:00:00 +0000\r\n'
    expect(await read(hop.repeat(50) + 'From: a@b.example\r\n\r\nhi')).toMatchObject({ kind: 'event' })
    expect(await read(hop.repeat(51) + 'From: a@b.example\r\n\r\nhi')).toMatchObject({ kind: 'refused', reason: expect.stringContaining('51 servers') })
  })

  test('nothing at all is still something', async () => {
    expect(await readMessage('')).toMatchObject({ fullText: '', text: '', author: 'person_no_reply' })
  })

  test('a parser that fails in the middle of an attachment does not leave its writer waiting', async () => {
    const attachment = `--b\nContent-Type: image/png\n\n${'photo\n'.repeat(100_000)}`
    const hugeHeader = `--b\nX: ${'y'.repeat(600_000)}\n\nx\n--b--\n`
    const mail = Buffer.from(`From: anna@lind.example\nContent-Type: multipart/mixed; boundary=b\n\n${attachment}${hugeHeader}`)
    const slowly: Keep = async (part, about) => {
      for await (const _ of part) await new Promise((resolve) => setImmediate(resolve))
      return { attachment: { ...about, content: Buffer.from('') }, sha256: '' }
    }
    const raw = { name: 'm', contentType: 'message/rfc822', content: mail }
    expect(await readMail({ raw, open: async () => Readable.from([mail]), keep: slowly }, own)).toMatchObject({
      event: { message: { from: { address: 'anna@lind.example' } } },
    })
  })

  test('a fault of ours is not taken for a fault of the mail', async () => {
    const bytes = await mailPayload('attachments-rfc2231')
    const raw = { name: 'm', contentType: 'message/rfc822', content: bytes }
    const fullDisk = new Error('no space left')
    await expect(readMail({ raw, open: async () => Readable.from([bytes]), keep: () => Promise.reject(fullDisk) }, own)).rejects.toBe(fullDisk)
    const brokenDisk = new Error('input/output error')
    const failing = () =>
      new Readable({
        read() {
          this.destroy(brokenDisk)
        },
      })
    await expect(readMail({ raw, open: async () => failing(), keep: () => Promise.reject(fullDisk) }, own)).rejects.toBe(brokenDisk)
  })
})
