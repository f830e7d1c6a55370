// However a mail is bent: it is read or refused, never thrown over, and what is read is fit to be stored.
import fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { read } from './read.ts'

const folder = new URL('./payloads/', import.meta.url)
const mails = readdirSync(folder)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => readFileSync(new URL(name, folder)))

async function isStorable(mail: Uint8Array): Promise<void> {
  const result = await read(mail)
  if (result.kind === 'refused') return
  if (result.event.kind === 'receipt') {
    expect(result.event.receipt.reason ?? '').not.toMatch(/@/)
    return
  }
  if (result.event.kind !== 'message') throw new Error('mail makes no other events')
  const { message } = result.event
  for (const text of [message.text, message.fullText, message.subject ?? '', message.from.name ?? '', ...message.attachments.map(({ name }) => name)]) {
    expect(text.isWellFormed()).toBe(true)
    // oxlint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f]/)
  }
  for (const line of [message.subject ?? '', message.from.name ?? '', message.from.address, message.thread]) expect(line).not.toMatch(/[\r\n]/)
  expect(message.from.address).toMatch(/^[^\s@<>]+@[^\s@<>]+$/)
  expect(message.fullText).toContain(message.text)
  expect(message.account).toMatch(/@repair\.example$/)
}

test('random bytes are read', async () => {
  await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 4_096 }), isStorable))
})

test('random lines that look like mail are read', async () => {
  const line = fc.oneof(
    fc.constantFrom(
      'From: a@b.example',
      'Content-Type: multipart/mixed; boundary=b',
      '--b',
      '--b--',
      '',
      'Content-Transfer-Encoding: base64',
      'Content-Type: message/rfc822',
      'Content-Type: text/html',
      '<blockquote>',
      'Subject: =?utf-8?B?',
      ' folded',
      'Content-Disposition: inline',
    ),
    fc.string(),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 60 }), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => isStorable(Buffer.from(lines.join(end)))),
  )
})

test('recorded mails with bytes changed, cut out and doubled are read', async () => {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc.constantFrom(...['\r\n', '\n\n', '--', '<', '>', ':', '"', ';', '=', '\0'].map((text) => Buffer.from(text))),
    ),
  })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...mails), fc.array(change, { minLength: 1, maxLength: 8 }), async (mail, changes) => {
      let bytes = mail
      for (const { at, length, insert } of changes) {
        const start = Math.floor(at * bytes.length)
        bytes = Buffer.concat([bytes.subarray(0, start), insert, bytes.subarray(start + length)])
      }
      await isStorable(bytes)
    }),
    { numRuns: 400 },
  )
})

test('recorded mails put together at random places are read', async () => {
  const cut = fc.double({ min: 0, max: 1, noNaN: true })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...mails), fc.constantFrom(...mails), cut, cut, (one, other, first, second) =>
      isStorable(Buffer.concat([one.subarray(0, first * one.length), other.subarray(second * other.length)])),
    ),
    { numRuns: 200 },
  )
})
