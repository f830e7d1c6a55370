// Fetches a photo of an MMS or WhatsApp message: from Twilio's hosts only, bounded in time.
import type { Fetched } from '../../src/channel.ts'
import { FetchError } from '../../src/errors.ts'
import type { RemoteFile } from '../../src/message.ts'
import { apiOrigin, atApi, type TwilioOptions } from './account.ts'
import { trustOf } from './media-hosts.ts'

/** For all of it: WhatsApp's largest has 16 MB, an MMS 5 MB. */
const timeoutMs = 30_000
const redirectsAtMost = 4

type MediaOptions = Pick<TwilioOptions, 'accountSid' | 'authToken' | 'apiUrl' | 'network'>

/** @throws FetchError */
export async function fetchMedia({ remote }: RemoteFile, options: MediaOptions): Promise<Fetched> {
  const response = await ask(remote, options, AbortSignal.timeout(timeoutMs))
  return { size: Number(response.headers.get('content-length') ?? 0), content: response.body ?? new ReadableStream() }
}

/** Follows redirects itself, so that each host is looked at before it is asked. */
async function ask(remote: string, { accountSid, authToken, apiUrl, network }: MediaOptions, signal: AbortSignal): Promise<Response> {
  let address: string = remote
  let base: URL | undefined
  for (let hops = 0; hops <= redirectsAtMost; hops++) {
    if (!URL.canParse(address, base)) throw new FetchError('never', 'this is no address')
    const named = new URL(address, base)
    const url: URL = named.origin === apiOrigin ? atApi(named, apiUrl) : named
    const trust = trustOf(url, apiUrl)
    if (trust === 'stranger') throw new FetchError('never', 'this is no host of Twilio')
    const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`
    const response: Response = await network(url, { redirect: 'manual', signal, headers: trust === 'api' ? { authorization } : {} }).catch((cause: unknown) => {
      throw new FetchError('later', 'no answer from Twilio', { cause })
    })
    if (response.status === 200) return response
    await response.body?.cancel()
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) throw refusal(response.status)
    address = location
    base = url
  }
  throw new FetchError('never', 'too many redirects')
}

/** 404: the webhook can be faster than Twilio's own store (its support page on intermittent 404s says to try again). */
function refusal(status: number): FetchError {
  return new FetchError(status === 404 || status === 408 || status === 429 || status >= 500 ? 'later' : 'never', `Twilio answered ${status}`)
}
