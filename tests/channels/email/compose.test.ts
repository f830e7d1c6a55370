// What a mail of ours is made of: subject, thread, header lines and words, whatever the message holds.
import fc from 'fast-check'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ownAddresses } from '../../../channels/email/addresses.ts'
import { composeMail, replySubject } from '../../../channels/email/compose.ts'
import { outgoing } from '../../support/outbound.ts'
import { readMessage } from './read.ts'
import { channel, emptyFolder, noon, outbound } from './sending.ts'

describe('whatever the message holds', () => {
  test.each([
    ['Pump', 'Re: Pump'],
    ['Re: Pump', 'Re: Pump'],
    ['RE: re: AW: Pump', 'Re: Pump'],
    ['回复：Re: 洗衣机', 'Re: 洗衣机'],
    ['Re[2]: Pump', 'Re: Pump'],
    ['Reparatur: Pumpe', 'Re: Reparatur: Pumpe'],
    ['[R-4K7Q2MM] Re: Pump', 'Re: [R-4K7Q2MM] Re: Pump'],
  ])('the subject "%s" is answered as "%s"', (subject, reply) => {
    expect(replySubject(subject)).toBe(reply)
  })

  test('a first mail of ours has no Re:', () => {
    expect(composeMail(outbound({ inReplyTo: null, references: [] }), ownAddresses(['support@localhost']), 'Mendline', noon)).toMatchObject({
      subject: '[R-4K7Q2MM] Pump',
      replyTo: 'support+k3j9x2m4q8w7e6r5t1y0@localhost',
    })
  })

  test('a long thread keeps its first and its latest ids', () => {
    const references = Array.from({ length: 60 }, (_, n) => `id-${n}@x`)
    const composed = composeMail(outbound({ references, inReplyTo: 'id-59@x' }), ownAddresses(['support@localhost']), 'Mendline', noon)
    expect(composed.references).toHaveLength(20)
    expect(composed.references?.[0]).toBe('<id-0@x>')
    expect(composed.references?.at(-1)).toBe('<id-59@x>')
  })

  test('no text of anybody’s becomes a header, and the words arrive', async () => {
    const mailFolder = await emptyFolder()
    const nasty = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom(
        'a\r\nBcc: evil@x.example\r\n\r\nbody',
        '"<evil@x.example>',
        '=?utf-8?Q?x?=',
        '<script>alert(1)</script>',
        'x'.repeat(3_000),
        '\0\u0085\u2028',
      ),
    )
    await fc.assert(
      fc.asyncProperty(nasty, nasty, nasty, nasty, nasty, async (subject, speaker, text, label, id) => {
        const message = outbound({ subject, speaker, fullText: `${text}\nThe words.`, choices: [{ value: 'v', label }], inReplyTo: id, references: [id] })
        await channel({ mailFolder }).send(outgoing(message))
        const raw = await readFile(join(mailFolder, 'm_01JBRZ4T8C6Q2W9X5V7K3N1M0P@repair.example.eml'), 'utf8')
        const head = raw.slice(0, raw.indexOf('\r\n\r\n'))
        const names = head.split(/\r\n(?![ \t])/).map((line) => line.slice(0, line.indexOf(':')))
        const known = [
          'From',
          'To',
          'Reply-To',
          'Subject',
          'Message-ID',
          'In-Reply-To',
          'References',
          'Auto-Submitted',
          'X-Auto-Response-Suppress',
          'X-Mendline-Loop',
          'X-Mendline-Message',
          'Date',
          'MIME-Version',
          'Content-Type',
        ]
        expect(names.filter((name) => !known.includes(name))).toEqual([])
        expect(raw.slice(raw.indexOf('<!doctype html>'))).not.toContain('<script>')
        expect((await readMessage(raw)).fullText).toContain('The words.')
      }),
      { numRuns: 60 },
    )
  })

  test('offers to leave by one click and by a mail to us where it is given a link, and nowhere else', () => {
    const own = ownAddresses(['support@localhost'])
    const link = 'https://desk.example/unsubscribe/p_1.abc'
    const composed = composeMail(outbound(), own, 'Mendline', noon, link)
    expect(composed.headers).toMatchObject({
      'List-Unsubscribe': `<${link}>, <mailto:${composed.replyTo}?subject=unsubscribe>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    expect(Object.keys(composeMail(outbound(), own, 'Mendline', noon).headers)).not.toContain('List-Unsubscribe')
  })
})
