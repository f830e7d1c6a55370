// Mail by HTTP: who may post, what forms it comes in, and that it reads like any other mail.
import { describe, expect, test } from 'vitest'
import { createEmailChannel } from '../../../channels/email/index.ts'
import type { ReadResult } from '../../../src/channel.ts'
import { systemClock } from '../../../src/clock.ts'
import type { NewMessage } from '../../../src/message.ts'
import { systemRandom } from '../../../src/random.ts'
import { mailPayload } from '../../support/mail-door.ts'
import { ourId } from './read.ts'

const secret = 'a long enough secret'
const options = {
  supportAddresses: ['support@repair.example', 'repairs@repair.example'],
  displayName: 'Mendline',
  clock: systemClock,
  random: systemRandom,
  onProblem: () => {},
}

interface Post {
  headers?: Record<string, string>
  query?: string
  body: Uint8Array | string
}

async function post({ headers = {}, query = `key=${encodeURIComponent(secret)}`, body }: Post): Promise<ReadResult> {
  const [webhook] = createEmailChannel({ ...options, webhookSecret: secret }).webhooks ?? []
  if (!webhook) throw new Error('no webhook')
  expect(webhook.path).toBe('/webhooks/email')
  return webhook.read({ headers, query: new URLSearchParams(query), params: {}, body: Buffer.from(body) })
}

async function message(input: Post): Promise<NewMessage> {
  const result = await post(input)
  const [event] = result.kind === 'accepted' ? result.events : []
  if (event?.kind !== 'message') throw new Error(JSON.stringify(result).slice(0, 200))
  return event.message
}

/** A form as a browser or SendGrid would encode it. */
async function form(
  fields: Record<string, string | { name: string; type: string; content: Uint8Array }>,
): Promise<{ headers: Record<string, string>; body: Uint8Array }> {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields))
    data.append(name, typeof value === 'string' ? value : new File([Buffer.from(value.content)], value.name, { type: value.type }))
  const request = new Request('http://x.example', { method: 'POST', body: data })
  return { headers: { 'content-type': request.headers.get('content-type') ?? '' }, body: new Uint8Array(await request.arrayBuffer()) }
}

describe('who may post', () => {
  test('without a secret in the settings there is no webhook', () => {
    expect(createEmailChannel(options).webhooks).toBeUndefined()
  })

  test.each([
    ['a bearer token', { authorization: `Bearer ${secret.replaceAll(' ', '%20')}` }, '', 401],
    ['nothing', {}, '', 401],
    ['a wrong key', {}, 'key=wrong', 401],
    ['an empty key', {}, 'key=', 401],
    ['the start of the key', {}, 'key=a+long', 401],
    ['a wrong password', { authorization: `Basic ${btoa('user:wrong')}` }, '', 401],
    ['a scheme of its own', { authorization: `Token ${secret}` }, '', 401],
  ])('%s that does not match is refused', async (_, headers, query, status) => {
    expect(await post({ headers, query, body: await mailPayload('gmail-new') })).toMatchObject({
      kind: 'refused',
      status,
      reason: expect.stringContaining('EMAIL_WEBHOOK_SECRET'),
    })
  })

  test('the key in the address, as a password or as a bearer token lets in', async () => {
    const body = await mailPayload('gmail-new')
    expect((await post({ body })).kind).toBe('accepted')
    expect((await post({ query: '', headers: { authorization: `Basic ${btoa(`anybody:${secret}`)}` }, body })).kind).toBe('accepted')
    const [webhook] = createEmailChannel({ ...options, webhookSecret: 'one-word' }).webhooks ?? []
    expect((await webhook?.read({ headers: { authorization: 'bearer one-word' }, query: new URLSearchParams(), params: {}, body }))?.kind).toBe('accepted')
  })
})

describe('what is read', () => {
  test('raw MIME, kept as it came', async () => {
    const body = await mailPayload('attachments-rfc2231')
    const result = await message({ headers: { 'content-type': 'message/rfc822' }, body })
    expect(result).toMatchObject({
      from: { address: 'anna.lind@gmail.com' },
      text: 'Two photos and the invoice.',
      raw: { contentType: 'message/rfc822', content: body },
    })
    expect(result.attachments).toHaveLength(4)
    expect(result.attachments.every((one) => 'content' in one)).toBe(true)
  })

  test('a bounce becomes a receipt', async () => {
    expect(await post({ body: await mailPayload('dsn-postfix-failed') })).toMatchObject({
      kind: 'accepted',
      events: [{ kind: 'receipt', receipt: { providerId: ourId, state: 'failed' } }],
    })
  })

  test('a form with the raw mail in "email", with the envelope beside it', async () => {
    const mail = (await mailPayload('gmail-new')).toString()
    const envelope = JSON.stringify({ to: ['repairs+tok7@repair.example'], from: 'anna.lind@gmail.com' })
    const read = await message(await form({ email: mail, envelope, spam_score: '0.1' }))
    expect(read).toMatchObject({ account: 'repairs@repair.example', hints: { tokens: ['tok7'] }, raw: { contentType: 'message/rfc822' } })
    expect('content' in read.raw && Buffer.from(read.raw.content).toString()).toBe(mail)
  })

  test('a raw mail in an encoding that is not UTF-8 comes through the form unharmed', async () => {
    const mail = await mailPayload('163-raw-headers')
    const boundary = 'xYzZY'
    const body = Buffer.concat([
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="email"\r\n\r\n`),
      mail,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ])
    expect(await message({ headers: { 'content-type': `multipart/form-data; boundary=${boundary}` }, body })).toMatchObject({
      subject: '空调不制冷',
      text: '空调不制冷，型号 KFR-35GW。',
    })
    const encoded = `email=${Array.from(mail, (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}&x=1`
    expect(await message({ headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body: encoded })).toMatchObject({
      text: '空调不制冷，型号 KFR-35GW。',
    })
  })

  test('the null sender of the envelope makes it a machine', async () => {
    const envelope = JSON.stringify({ to: ['support@repair.example'], from: '' })
    expect((await message(await form({ email: (await mailPayload('gmail-new')).toString(), envelope }))).author).toBe('machine')
  })

  test('a form with the mail in pieces, files among them', async () => {
    const input = await form({
      headers:
        'Received: from a by b\nMessage-ID: <sg-1@lind.example>\nIn-Reply-To:\n <' +
        ourId +
        '>\nFrom: Anna <anna@lind.example>\nTo: support@repair.example\nSubject: Pump\nContent-Type: multipart/mixed; boundary="x"\nMIME-Version: 1.0\n',
      from: 'Anna <anna@lind.example>',
      to: 'support@repair.example',
      subject: 'Pump',
      text: 'Die Pumpe läuft nicht.\n',
      html: '<p>Die Pumpe läuft nicht.</p>',
      envelope: JSON.stringify({ to: ['support+t1@repair.example'], from: 'anna@lind.example' }),
      attachments: '1',
      attachment1: { name: 'Pümpe.png', type: 'image/png', content: Buffer.from([0, 255, 13, 10, 128]) },
    })
    const read = await message(input)
    expect(read).toMatchObject({
      from: { address: 'anna@lind.example', name: 'Anna' },
      subject: 'Pump',
      text: 'Die Pumpe läuft nicht.',
      hints: { own: 'sg-1@lind.example', references: [ourId], tokens: ['t1'] },
      attachments: [{ name: 'Pümpe.png', contentType: 'image/png', content: Buffer.from([0, 255, 13, 10, 128]) }],
      raw: { content: Buffer.from(input.body) },
    })
    expect((await message(input)).providerId).toBe(read.providerId)
  })

  test('pieces without a header of their own, in their own encodings, cannot smuggle in header lines', async () => {
    const input = await form({
      from: 'Jörg <joerg@lind.example>',
      to: 'support@repair.example',
      subject: 'Kühlschrank\r\nAuto-Submitted: auto-replied',
      html: '<p>Er ist <b>warm</b>.</p>',
    })
    expect(await message(input)).toMatchObject({
      from: { address: 'joerg@lind.example', name: 'Jörg' },
      subject: 'Kühlschrank Auto-Submitted: auto-replied',
      text: 'Er ist warm.',
      author: 'person',
    })
    const latin = Buffer.concat([Buffer.from('from=a%40b.example&charsets=%7B%22text%22%3A%22iso-8859-1%22%7D&text=K%FChlschrank')])
    expect((await message({ headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: latin })).text).toBe('Kühlschrank')
  })
})

describe('what is refused', () => {
  test.each([
    ['another type', { headers: { 'content-type': 'application/json' }, body: '{}' }, 415],
    ['no mail at all', { body: '' }, 400],
    ['something that is no mail', { body: 'hello' }, 400],
    ['a form without a mail', { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1&b=2' }, 400],
    [
      'a form that is cut off',
      { headers: { 'content-type': 'multipart/form-data; boundary=b' }, body: '--b\r\nContent-Disposition: form-data; name="email"\r\n\r\nFrom: a@b' },
      400,
    ],
    ['a form without a boundary', { headers: { 'content-type': 'multipart/form-data' }, body: 'x' }, 400],
    ['a mail in circles', { body: `${'Received: from a by b\r\n'.repeat(51)}From: a@b.example\r\n\r\nx` }, 400],
  ])('%s', async (_, input, status) => {
    expect(await post(input)).toMatchObject({ kind: 'refused', status })
  })
})
