// Fetches a customer's file: from the conversation's connector with our token, from Microsoft's storage without, from nowhere else.
import type { Fetched } from '../../src/channel.ts'
import { FetchError } from '../../src/errors.ts'
import type { RemoteFile } from '../../src/message.ts'
import { readRemote, type Remote } from './remotes.ts'
import type { Tokens } from './tokens.ts'

const redirectsMax = 3

/** Where Teams keeps what people send, and where Azure keeps the files of its own channels. */
const storage = [
  '.sharepoint.com',
  '.sharepoint.us',
  '.sharepoint.cn',
  '.botframework.com',
  '.botframework.azure.us',
  '.botframework.azure.cn',
  '.asm.skype.com',
]

/** @throws FetchError */
export async function fetchFile(file: RemoteFile, tokens: Tokens, network: typeof fetch): Promise<Fetched> {
  const remote = readRemote(file.remote)
  if (remote === undefined) throw new FetchError('never', 'this is no reference to a file')
  const response = await open(remote, tokens, network)
  return { size: Number(response.headers.get('content-length') ?? 0), content: response.body ?? new ReadableStream() }
}

async function open({ url, service }: Remote, tokens: Tokens, network: typeof fetch): Promise<Response> {
  let next = url
  for (let hop = 0; hop <= redirectsMax; hop++) {
    const way = wayTo(next, service)
    if (way === undefined) throw new FetchError('never', 'the file lies with a host that is not asked')
    const headers: Record<string, string> = way === 'with_token' ? { authorization: `Bearer ${await tokens.token().catch(noToken)}` } : {}
    const response = await network(next, { headers, redirect: 'manual', signal: AbortSignal.timeout(60_000) }).catch((error: unknown) => {
      throw new FetchError('later', 'the host of the file did not answer', { cause: error })
    })
    if (response.ok) return response
    await response.body?.cancel()
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null || !URL.canParse(location, next)) throw refusal(response.status, way, tokens)
    next = new URL(location, next).href
  }
  throw new FetchError('never', 'the host of the file redirects in circles')
}

type Way = 'with_token' | 'without'

function wayTo(url: string, service: string): Way | undefined {
  if (!URL.canParse(url) || !URL.canParse(service)) return undefined
  const { protocol, origin, hostname, port, username, password } = new URL(url)
  // A small picture inside the activity itself.
  if (protocol === 'data:') return 'without'
  if (username !== '' || password !== '') return undefined
  if (/^https?:$/.test(protocol) && origin === new URL(service).origin) return 'with_token'
  return protocol === 'https:' && port === '' && storage.some((domain) => hostname.endsWith(domain)) ? 'without' : undefined
}

/** A refused token may be mended; an address that has run out will not. */
function refusal(status: number, way: Way, tokens: Tokens): FetchError {
  if (way === 'with_token' && status === 401) tokens.forget()
  const later = status >= 500 || status === 408 || status === 429 || (way === 'with_token' && status === 401)
  return new FetchError(later ? 'later' : 'never', `the host of the file answered ${status}`)
}

function noToken(error: unknown): never {
  throw new FetchError('later', 'no token is to be had', { cause: error })
}
