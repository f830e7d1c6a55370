// Photos of MMS: from Twilio's hosts only, the password to its API only, and taken for what their bytes say.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fetchMedia } from '../../../channels/twilio/media.ts'
import { FetchError } from '../../../src/errors.ts'
import { largestFile } from '../../../src/files/keep.ts'
import type { RemoteFile } from '../../../src/message.ts'
import { kept, type KeptFile } from '../../support/kept.ts'
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

const fetched = async (address: string, net: typeof fetch): Promise<KeptFile> =>
  kept(await fetchMedia(remote(address), { ...account, network: net }), remote(address))
async function refusal(address: string, answers: Readonly<Record<string, () => Response>>): Promise<FetchError> {
  try {
    await fetched(address, network(answers).network)
  } catch (error) {
    if (error instanceof FetchError) return error
    throw error
  }
  throw new Error('it was fetched')
}

describe('media', () => {
  it('is what its first bytes say, whatever was declared, and whole', async () => {
    expect(await fetched(media, network({ [media]: file }).network)).toEqual({ contentType: 'image/jpeg', name: 'file-1.jpg', bytes: jpeg })
  })

  it.each([
    ['markup', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'text/plain'],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>'), 'text/plain'],
    ['a program', Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, ...Array.from({ length: 60 }, () => 0)]), 'application/octet-stream'],
    ['an archive', Buffer.from('504b0304140000000000', 'hex'), 'application/octet-stream'],
    ['nothing', Buffer.alloc(0), 'application/octet-stream'],
  ])('that is %s is kept as no photo, and nobody shows it in place', async (_what, bytes, contentType) => {
    expect(await fetched(media, network({ [media]: () => new Response(bytes) }).network)).toEqual({ contentType, name: 'file-1', bytes })
  })

  it('is followed to the delivery network, which never hears our password', async () => {
    const delivered = 'https://mms.twiliocdn.com/AC1/abc?Signature=x'
    const net = network({ [media]: redirect(delivered), [delivered]: file })
    expect((await fetched(media, net.network)).bytes).toEqual(jpeg)
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

  it('says beforehand how large it is, so that one too large is not asked for', async () => {
    const announced = () => new Response('x', { headers: { 'content-length': String(largestFile + 1) } })
    await expect(fetched(media, network({ [media]: announced }).network)).rejects.toMatchObject({ why: 'size' })
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
    const found = (await open.sms.fetch?.(photo)) ?? expect.unreachable()
    expect(await kept(found, photo)).toMatchObject({ contentType: 'image/jpeg', bytes: jpeg })
    expect(open.twilio.strangers).toBe(0)
  })
})
