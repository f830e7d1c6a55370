// What mail systems tell us about mail we sent.
import { expect, test } from 'vitest'
import type { NewReceipt } from '../../../src/message.ts'
import { mailPayload } from '../../support/mail-door.ts'
import { ourId, read } from './read.ts'

async function receipt(mail: Uint8Array | string): Promise<NewReceipt | undefined> {
  const result = await read(mail)
  return result.kind === 'event' && result.event.kind === 'receipt' ? result.event.receipt : undefined
}

test.each([
  ['dsn-postfix-failed', '550 5.1.1 …: Recipient address rejected: User unknown', true],
  ['dsn-gmail-failed', expect.stringMatching(/^550-5\.1\.1 The email account that you tried to reach does not exist/), true],
  ['dsn-exchange-full', expect.stringMatching(/^554 5\.2\.2 mailbox full/), false],
  ['dsn-exchange-expired', '550 4.4.7 QUEUE.Expired; message expired', false],
  ['bounce-qmail', 'Remote host said: 550 5.1.1 … unknown user', true],
  ['bounce-exim', expect.stringMatching(/^5\.0\.0 .*550 No such user here$/), true],
])('%s fails our message, saying why without an address', async (name, reason, addressIsBad) => {
  const found = await receipt(await mailPayload(name))
  expect(found).toEqual({ channel: 'email', providerId: ourId, state: 'failed', reason, addressIsBad })
  expect(found?.reason).not.toMatch(/jhon|customer\.example>|@/)
})

test('a bounce keeps the untouched mail', async () => {
  const mail = await mailPayload('dsn-postfix-failed')
  expect(await read(mail)).toMatchObject({ event: { kind: 'receipt', raw: { contentType: 'message/rfc822', content: mail } } })
})

test('a delivery report of success says delivered', async () => {
  expect(await receipt(await mailPayload('dsn-delivered'))).toEqual({ channel: 'email', providerId: ourId, state: 'delivered' })
})

test('a bounce whose Message-ID was rewritten on the way is known by the id we put into the header', async () => {
  expect(await receipt(await mailPayload('dsn-rewritten-id'))).toMatchObject({ messageId: ourId.split('@')[0], state: 'failed', addressIsBad: true })
})

test.each([
  ['a delay', 'Action: failed', 'Action: delayed'],
  ['a temporary status', 'Status: 5.1.1', 'Status: 4.2.1'],
  ['somebody else’s mail', `Message-ID: <${ourId}>`, 'Message-ID: <17@other.example>'],
  ['a returned mail without an id', `Message-ID: <${ourId}>`, 'X-Nothing: here'],
])('%s fails nothing and is kept as a machine’s message', async (_, from, to) => {
  const mail = (await mailPayload('dsn-postfix-failed')).toString()
  expect(mail).toContain(from)
  const changed = mail.replace(from, to)
  expect(await receipt(changed)).toBeUndefined()
  expect(await read(changed)).toMatchObject({ event: { kind: 'message', message: { author: 'machine', hints: { tokens: ['k3j9x2m4q8w7e6r5t1y0'] } } } })
})

test.each([
  ['5.1.1', true],
  ['5.1.10', true],
  ['5.2.1', true],
  ['5.4.4', true],
  ['5.0.0', true],
  ['5.2.2', false],
  ['5.2.3', false],
  ['5.3.4', false],
  ['5.6.1', false],
  ['5.7.1', false],
  ['5.7.26', false],
  ['5.1.8', false],
])('status %s condemns the address: %s', async (status, addressIsBad) => {
  const mail = (await mailPayload('dsn-postfix-failed')).toString().replaceAll('5.1.1', status)
  expect(await receipt(mail)).toMatchObject({ state: 'failed', addressIsBad })
})

test('with several recipients one failure is a failure', async () => {
  const mail = (await mailPayload('dsn-postfix-failed')).toString()
  const two = mail.replace('Final-Recipient', 'Final-Recipient: rfc822; other@customer.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n\r\nFinal-Recipient')
  expect(await receipt(two)).toMatchObject({ state: 'failed', reason: expect.stringContaining('5.1.1') })
})

test('a person who forwards us a bounce is a person', async () => {
  const bounce = await mailPayload('dsn-postfix-failed')
  const forwarded = `From: Anna <anna@lind.example>\r\nTo: support@repair.example\r\nSubject: Look at this\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nI got this.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n${bounce.toString()}\r\n--b--\r\n`
  expect(await read(forwarded)).toMatchObject({ event: { kind: 'message', message: { author: 'person', text: 'I got this.' } } })
})

test('a person who copies a bounce into a mail is a person', async () => {
  const text = (await mailPayload('bounce-qmail'))
    .toString()
    .replace('Return-Path: <>\r\n', '')
    .replace('MAILER-DAEMON@qmail.example', 'anna@lind.example')
    .replace('failure notice', 'What is this?')
  expect(await read(text)).toMatchObject({ event: { kind: 'message', message: { author: 'person' } } })
})

test('a warning in the old style fails nothing', async () => {
  const mail = (await mailPayload('bounce-exim')).toString().replace('Mail delivery failed: returning message to sender', 'Warning: message delayed 24 hours')
  expect(await receipt(mail)).toBeUndefined()
})
