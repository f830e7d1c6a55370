// The seam in mailparser through which its memory is bounded: fails when an update of mailparser closes it.
import { finished } from 'node:stream/promises'
import { MailParser } from 'mailparser'
import { expect, test } from 'vitest'
import { watchParts } from '../../../channels/email/watch-parts.ts'

async function parse(mail: string, limit: number) {
  const parser = new MailParser({ skipTextToHtml: true, skipHtmlToText: true })
  const parts = watchParts(parser, limit)
  parser.on('data', (item) => {
    if (item.type !== 'attachment') return
    item.content.resume()
    item.release?.()
  })
  parser.end(mail)
  await finished(parser)
  return { parts, text: parser.text || '' }
}

test('text beyond the limit is dropped, and that is told', async () => {
  const { parts, text } = await parse(`Subject: x\n\n${'words\n'.repeat(100_000)}`, 100_000)
  expect(parts).toEqual({ cut: true, count: 1, looseHtml: false })
  expect(text.length).toBeLessThan(200_000)
})

test('attachments do not count, parts do', async () => {
  const { parts, text } = await parse(
    `Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nwords\n--b\nContent-Type: text/plain\nContent-Disposition: attachment\n\n${'log\n'.repeat(1_000)}\n--b--\n`,
    100,
  )
  expect(parts).toEqual({ cut: false, count: 3, looseHtml: false })
  expect(text).toBe('words')
})

test('HTML is loose unless it is an alternative', async () => {
  const html = '--i\nContent-Type: text/html\n\n<p>x</p>\n--i--\n'
  expect((await parse(`Content-Type: multipart/mixed; boundary=i\n\n${html}`, 100)).parts.looseHtml).toBe(true)
  expect((await parse(`Content-Type: multipart/alternative; boundary=i\n\n${html}`, 100)).parts.looseHtml).toBe(false)
})
