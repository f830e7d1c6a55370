// What Twilio brings: verified against the public address, read whole, refused where one byte is not Twilio's.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReadResult } from '../../../src/channel.ts'
import type { ChannelEvent, NewMessage, NewReceipt } from '../../../src/message.ts'
import { openTwilio, pathOf, payload, signed, type Opened } from '../twilio.ts'

let open: Opened
beforeAll(async () => void (open = await openTwilio()))
afterAll(() => open.twilio.goAway())

interface Change {
  query?: string
  signature?: string
  signedFor?: string
  headers?: Record<string, string>
}

async function read(path: string, body: Buffer, { query = '', signature, signedFor = path, headers = {} }: Change = {}): Promise<ReadResult> {
  const webhook = open.sms.webhooks?.find((one) => one.path === path)
  if (webhook === undefined) throw new Error(`nothing at ${path}`)
  const credentials = signed(open.twilio.authToken, signedFor, body, query)
  const all = { ...credentials.headers, ...headers, ...(signature === undefined ? {} : { 'x-twilio-signature': signature }) }
  return webhook.read({ headers: all, query: new URLSearchParams(credentials.query), params: {}, body })
}

async function event(channel: 'sms' | 'whatsapp', name: string, query = ''): Promise<ChannelEvent | undefined> {
  const result = await read(pathOf(name), payload(channel, name), { query })
  if (result.kind === 'refused') throw new Error(result.reason)
  expect(result.events.length).toBeLessThanOrEqual(1)
  return result.events[0]
}
async function message(channel: 'sms' | 'whatsapp', name: string): Promise<NewMessage> {
  const found = await event(channel, name)
  if (found?.kind !== 'message') throw new Error('no message')
  return found.message
}
async function receipt(channel: 'sms' | 'whatsapp', name: string, query = ''): Promise<NewReceipt | undefined> {
  const found = await event(channel, name, query)
  return found?.kind === 'receipt' ? found.receipt : undefined
}

describe('a text', () => {
  it('is a message from their number to ours, under its SID, with the form kept as it came', async () => {
    expect(await message('sms', 'text.form')).toEqual({
      channel: 'sms',
      account: '+14152001331',
      providerId: 'SM5ab7891328b440f04b7c83b459fc85fd',
      keyWithoutAccount: false,
      from: { address: '+17067815146' },
      thread: '',
      text: 'Our washing machine leaks.',
      fullText: 'Our washing machine leaks.',
      author: 'person',
      attachments: [],
      raw: { name: 'twilio.form', contentType: 'application/x-www-form-urlencoded', content: payload('sms', 'text.form') },
    })
  })

  it('is taken as JSON too, and in the shape of years ago', async () => {
    expect(await message('sms', 'text.json')).toMatchObject({ text: 'It stops after ten minutes', from: { address: '+17067815146' } })
    expect(await message('sms', 'old-shape.form')).toMatchObject({ providerId: 'SM3fec99a49092c1f42acc022222e0d288', text: 'Hello' })
  })

  it('to a number of a Messaging Service that no setting names is taken, and answered through that service', async () => {
    expect(await message('sms', 'messaging-service.form')).toMatchObject({
      account: '+19253920364',
      route: 'MG9752274e9e519418a7406176694466fa',
      text: '洗衣机漏水 😟',
    })
  })

  it('brings its photos by reference, whatever the count of them says', async () => {
    expect(await message('sms', 'photo.form')).toMatchObject({
      text: '',
      remotes: [{ remote: expect.stringMatching(/^https:\/\/api\.twilio\.com\/.*\/Media\/MEcf6f/), name: 'file-1', contentType: 'image/jpeg' }],
    })
    const { remotes, text } = await message('sms', 'two-photos-and-words.form')
    expect(text).toBe('The hose and the label')
    expect(remotes?.map(({ contentType }) => contentType)).toEqual(['image/jpeg', 'image/png'])
  })

  it('that Twilio took for an opt-out is one, in whatever words; the words are kept', async () => {
    expect(await message('sms', 'opt-out.form')).toMatchObject({ text: 'STOP', fullText: 'Arret' })
  })

  it('that says YES says YES, though Twilio takes it for START as well', async () => {
    const body = Buffer.from(payload('sms', 'opt-out.form').toString().replace('OptOutType=STOP', 'OptOutType=START').replace('Body=Arret', 'Body=Yes'))
    expect(await read('/webhooks/sms', body)).toMatchObject({ events: [{ message: { text: 'Yes' } }] })
  })

  it('is answered with TwiML that says nothing', async () => {
    const result = await read('/webhooks/sms', payload('sms', 'text.form'))
    expect(result).toMatchObject({
      kind: 'accepted',
      reply: { status: 200, headers: { 'content-type': 'text/xml' }, body: expect.stringContaining('<Response/>') },
    })
  })

  it('has no NUL, no half character and one kind of line end', async () => {
    const body = Buffer.from('MessageSid=SM00000000000000000000000000000001&From=%2B17067815146&To=%2B14152001331&Body=one%00%0D%0Atwo%ED%A0%BD+')
    const result = await read('/webhooks/sms', body)
    const [first] = result.kind === 'accepted' ? result.events : []
    expect(first?.kind === 'message' && first.message.text).toMatch(/^one\ntwo\ufffd+$/)
  })
})

describe('a WhatsApp message', () => {
  it('comes to the same address, and is one of WhatsApp with the name of its sender', async () => {
    expect(await message('whatsapp', 'text.form')).toMatchObject({
      channel: 'whatsapp',
      account: '+14155238886',
      from: { address: '+4915217532498', name: 'Anna Lind' },
      text: 'Die Waschmaschine leckt',
    })
  })

  it('that is a pressed button says which one, and its label', async () => {
    expect(await message('whatsapp', 'button.form')).toMatchObject({ text: 'All correct', choice: 'confirm' })
  })

  it('that quotes a message of ours says which', async () => {
    expect(await message('whatsapp', 'reply.form')).toMatchObject({ text: 'Nice', repliesTo: ['MM3c146d6483ab26bddabeeedf9565afea'] })
    expect(await message('whatsapp', 'text.form')).not.toHaveProperty('repliesTo')
  })

  it('that is a place has it in words', async () => {
    expect(await message('whatsapp', 'location.form')).toMatchObject({ text: '25.018766403198, -77.395950317383' })
  })

  it('that is a contact, or of a kind we cannot read, is not lost', async () => {
    expect(await message('whatsapp', 'contact.form')).toMatchObject({ text: '', remotes: [{ contentType: 'text/vcard' }] })
    expect(await message('whatsapp', 'unsupported.form')).toMatchObject({ text: '[unsupported]' })
  })
})

describe('a status', () => {
  it.each([
    ['sms', 'status-sent.form', 'sent'],
    ['sms', 'status-delivered.form', 'delivered'],
    ['whatsapp', 'status-delivered.form', 'delivered'],
    ['whatsapp', 'status-read.form', 'read'],
  ] as const)('of %s in %s is the receipt "%s"', async (channel, name, state) => {
    expect(await receipt(channel, name)).toEqual({ channel, providerId: expect.stringMatching(/^SM[0-9a-f]{32}$/), state })
  })

  it('names our message where its address does, so that it may come before we know its SID', async () => {
    expect(await receipt('sms', 'status-sent.form', 'message=m_01JBRZ4T8C6Q2W9X5V7K3N1M0P')).toMatchObject({ messageId: 'm_01JBRZ4T8C6Q2W9X5V7K3N1M0P' })
    expect(await receipt('sms', 'status-sent.form', 'message=../x')).not.toHaveProperty('messageId')
  })

  it('of a message on its way is no news', async () => {
    expect(await event('sms', 'status-queued.form')).toBeUndefined()
  })

  it('of a failure says why without an address, and whether the address is dead', async () => {
    expect(await receipt('sms', 'status-undelivered.form')).toEqual({
      channel: 'sms',
      providerId: 'SM97654ba462114de7a8d9c064e343f9c5',
      state: 'failed',
      reason: 'there is no such handset (Twilio 30005)',
      addressIsBad: true,
    })
    expect(await receipt('whatsapp', 'status-window-closed.form')).toMatchObject({ state: 'failed', reason: expect.stringContaining('63016') })
  })

  it('of 21610 tells that the customer wants no more messages', async () => {
    const body = Buffer.from(payload('sms', 'status-undelivered.form').toString().replace('30005', '21610'))
    const result = await read('/webhooks/sms/status', body)
    expect(result).toMatchObject({ events: [{ receipt: { state: 'failed', optedOut: true } }] })
  })

  it('is understood at the address of messages too, where somebody set it by hand', async () => {
    expect(await read('/webhooks/sms', payload('sms', 'status-delivered.form'))).toMatchObject({ kind: 'accepted', events: [{ kind: 'receipt' }] })
  })
})

describe('the signature', () => {
  const body = () => payload('sms', 'text.form')

  it('is over the public address, whatever a proxy makes of the Host header', async () => {
    const headers = { host: '10.0.0.7:3000', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' }
    expect(await read('/webhooks/sms', body(), { headers })).toMatchObject({ kind: 'accepted' })
  })

  it.each(['tenant=a%20b&x=1', 'tenant=a+b', 'from=twilio/main', 'from=twilio%2Fmain', "name=o'neil"])('covers the query, spelled %s', async (query) => {
    expect(await read('/webhooks/sms', body(), { query })).toMatchObject({ kind: 'accepted' })
  })

  it('covers fields that nobody knew of when this was written', async () => {
    const more = Buffer.concat([body(), Buffer.from('&FutureField=%7B%22a%22%3A1%7D&Twice=b&Twice=a')])
    // The emulator signs single values only; here is a field with two, by Twilio's rule: both, sorted.
    const once = Buffer.concat([body(), Buffer.from('&FutureField=%7B%22a%22%3A1%7D&Twice=aTwiceb')])
    const { headers } = signed(open.twilio.authToken, '/webhooks/sms', once)
    expect(await read('/webhooks/sms', more, { signature: headers['x-twilio-signature'] ?? '' })).toMatchObject({ kind: 'accepted' })
  })

  it.each([
    [
      'one changed byte in the body',
      async () => {
        const { headers } = signed(open.twilio.authToken, '/webhooks/sms', body())
        return read('/webhooks/sms', Buffer.from(body().toString().replace('leaks', 'leakt')), { signature: headers['x-twilio-signature'] ?? '' })
      },
    ],
    [
      'one changed byte in the signature',
      async () => {
        const { headers } = signed(open.twilio.authToken, '/webhooks/sms', body())
        const good = headers['x-twilio-signature'] ?? ''
        return read('/webhooks/sms', body(), { signature: (good.startsWith('A') ? 'B' : 'A') + good.slice(1) })
      },
    ],
    ['another address', () => read('/webhooks/sms', body(), { signedFor: '/webhooks/sms/status' })],
    ['no signature', () => read('/webhooks/sms', body(), { signature: '' })],
    [
      'a changed JSON body',
      async () => {
        const json = payload('sms', 'text.json')
        const credentials = signed(open.twilio.authToken, '/webhooks/sms', json)
        const webhook = open.sms.webhooks?.[0]
        return webhook?.read({
          headers: credentials.headers,
          query: new URLSearchParams(credentials.query),
          params: {},
          body: Buffer.from(json.toString().replace('ten', 'two')),
        })
      },
    ],
    [
      'JSON without its hash',
      async () => {
        const json = payload('sms', 'text.json')
        const credentials = signed(open.twilio.authToken, '/webhooks/sms', json)
        return open.sms.webhooks?.[0]?.read({ headers: credentials.headers, query: new URLSearchParams(), params: {}, body: json })
      },
    ],
  ])('with %s is refused with 403', async (_what, attempt) => {
    expect(await attempt()).toMatchObject({ kind: 'refused', status: 403 })
  })

  it('makes no message of a form that is none, though it is signed', async () => {
    for (const form of [
      'Body=Hello',
      'MessageSid=&From=%2B1&To=%2B2',
      'MessageStatus=sent',
      'MessageSid=SM5ab7891328b440f04b7c83b459fc85fd&From=%2B17067815146',
    ])
      expect(await read('/webhooks/sms', Buffer.from(form))).toMatchObject({ kind: 'refused', status: 400 })
  })
})
