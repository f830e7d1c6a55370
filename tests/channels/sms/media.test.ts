// Photos of MMS: from Twilio's hosts only, the password to its API only, bounded, and taken for what their bytes say.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fetchMedia, largestFile } from '../../../channels/twilio/media.ts'
import { FetchError } from '../../../src/errors.ts'
import type { RemoteFile } from '../../../src/message.ts'
import { openTwilio, ourNumber, type Opened } from '../twilio.ts'

const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('JFIF\0'), Buffer.alloc(6000, 7)])
const account = { accountSid: 'AC5ef8732a3c49700934481addd5ce1659', authToken: 'the-token', apiUrl: undefined }
const media = `https://api.twilio.com/2010-04-01/Accounts/${account.accountSid}/Messages/MM1/Media/ME1`
const remote = (address: string): RemoteFile => ({ remote: address, name: 'file-1', contentType: 'image/png' })

interface Asked {
  url: string
  authorization: string | null
}

/** A network of our own: each address with its answer; whom was asked, and with what password. */
function network(answers: Readonly<Record<string, () => Response>>): { asked: Asked[]; network: typeof fetch } {
  const asked: Asked[] = []
  return {
    asked,
    network: async (input, init) => {
      const url = String(input instanceof Request ? input.url : input)
      asked.push({ url, authorization: new Headers(init?.headers).get('authorization') })
      expect(init?.redirect).toBe('manual')
      const answer = answers[url]
      if (answer === undefined) throw new TypeError('fetch failed')
      return answer()
    },
  }
}
const redirect =
  (location: string, status = 307) =>
  () =>
    new Response(null, { status, headers: { location } })
const file = () => new Response(jpeg)

async function whole(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of content) chunks.push(chunk)
  return Buffer.concat(chunks)
}
async function refusal(address: string, answers: Readonly<Record<string, () => Response>>): Promise<FetchError> {
  try {
    const { content } = await fetchMedia(remote(address), { ...account, network: network(answers).network })
    await whole(content)
  } catch (error) {
    if (error instanceof FetchError) return error
    throw error
  }
  throw new Error('it was fetched')
}

describe('media', () => {
  it('is what its first bytes say, whatever was declared, and whole', async () => {
    const { content, ...about } = await fetchMedia(remote(media), { ...account, network: network({ [media]: file }).network })
    expect(about).toEqual({ contentType: 'image/jpeg', name: 'file-1.jpg' })
    expect(await whole(content)).toEqual(jpeg)
  })

  it.each([
    ['markup', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, ...Array.from({ length: 60 }, () => 0)])],
    ['an archive', Buffer.from('504b0304140000000000', 'hex')],
    ['nothing', Buffer.alloc(0)],
  ])('that is %s is kept as a file of no kind, which nobody shows in place', async (_what, bytes) => {
    const { content, ...about } = await fetchMedia(remote(media), { ...account, network: network({ [media]: () => new Response(bytes) }).network })
    expect(about).toEqual({ contentType: 'application/octet-stream', name: 'file-1' })
    expect(await whole(content)).toEqual(bytes)
  })

  it('is followed to the delivery network, which never hears our password', async () => {
    const delivered = 'https://mms.twiliocdn.com/AC1/abc?Signature=x'
    const net = network({ [media]: redirect(delivered), [delivered]: file })
    const { content } = await fetchMedia(remote(media), { ...account, network: net.network })
    expect(await whole(content)).toEqual(jpeg)
    const basic = `Basic ${Buffer.from(`${account.accountSid}:${account.authToken}`).toString('base64')}`
    expect(net.asked).toEqual([
      { url: media, authorization: basic },
      { url: delivered, authorization: null },
    ])
  })

  it.each([
    'https://evil.example/x',
    'https://api.twilio.com.evil.example/x',
    'https://evil-api.twilio.com.example/x',
    'https://notapi.twilio.com/x',
    'https://api.twilio.com:8443/x',
    'http://api.twilio.com/x',
    'https://user:pass@api.twilio.com/x',
    'https://s3-external-1.amazonaws.com/evil-bucket/x',
    'http://169.254.169.254/latest/meta-data',
    'file:///etc/passwd',
    'not an address',
  ])('is not asked for at %s, neither at first nor after a redirect', async (address) => {
    expect(await refusal(address, { [address]: file })).toMatchObject({ kind: 'never' })
    const net = network({ [media]: redirect(address) })
    await expect(fetchMedia(remote(media), { ...account, network: net.network })).rejects.toMatchObject({
      kind: address === 'not an address' ? 'later' : 'never',
    })
    expect(net.asked[0]?.url).toBe(media)
    expect(net.asked.filter(({ url }) => !url.startsWith('https://api.twilio.com/'))).toEqual([])
  })

  it('is followed into the bucket that Twilio uses, and no other', async () => {
    const bucket = 'https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/abc'
    const net = network({ [media]: redirect(bucket, 302), [bucket]: file })
    await fetchMedia(remote(media), { ...account, network: net.network })
    expect(net.asked[1]).toEqual({ url: bucket, authorization: null })
  })

  it.each([
    [404, 'later'],
    [429, 'later'],
    [500, 'later'],
    [401, 'never'],
    [403, 'never'],
    [410, 'never'],
  ] as const)('refused with %i may come %s', async (status, kind) => {
    expect(await refusal(media, { [media]: () => new Response('no', { status }) })).toMatchObject({ kind })
  })

  it('that nobody answers for is tried again, and a ring of redirects is not', async () => {
    expect(await refusal(media, {})).toMatchObject({ kind: 'later' })
    expect(await refusal(media, { [media]: redirect(media) })).toMatchObject({ kind: 'never', reason: 'too many redirects' })
  })

  it('that is too large is given up, by its announced length or while it comes', async () => {
    const announced = () => new Response('x', { headers: { 'content-length': String(largestFile + 1) } })
    expect(await refusal(media, { [media]: announced })).toMatchObject({ kind: 'never', reason: expect.stringContaining('20 MB') })
    let given = 0
    const endless = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            given += 1024 * 1024
            controller.enqueue(new Uint8Array(1024 * 1024))
          },
        }),
      )
    expect(await refusal(media, { [media]: endless })).toMatchObject({ kind: 'never', reason: expect.stringContaining('20 MB') })
    expect(given).toBeLessThanOrEqual(largestFile + 3 * 1024 * 1024)
  })

  it('that breaks off is tried again', async () => {
    let sent = false
    const broken = () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            if (sent) return controller.error(new Error('reset'))
            sent = true
            controller.enqueue(new Uint8Array(jpeg))
          },
        }),
      )
    expect(await refusal(media, { [media]: broken })).toMatchObject({ kind: 'later' })
  })
})

describe('media at the address of the settings', () => {
  let open: Opened
  beforeEach(async () => void (open = await openTwilio()))
  afterEach(() => open.twilio.goAway())

  it('is asked for there in place of Twilio’s own, also when it is not there at once', async () => {
    const called = await open.twilio.customer('+17067815146', ourNumber).photo(jpeg, { lost: true, missing: 1 })
    const photo = remote(called.fields['MediaUrl0'] ?? '')
    await expect(open.sms.fetch?.(photo)).rejects.toMatchObject({ kind: 'later' })
    const fetched = await open.sms.fetch?.(photo)
    expect(fetched?.contentType).toBe('image/jpeg')
    expect(await whole(fetched?.content ?? [])).toEqual(jpeg)
    expect(open.twilio.strangers).toBe(0)
  })
})
