// Twilio's SDK, talking to wherever the settings say that Twilio is, and passing on how long it asks us to wait.
import twilio from 'twilio'
import type RequestClient from 'twilio/lib/base/RequestClient.js'
import { SendError } from '../../src/errors.ts'
import { atApi, type TwilioOptions } from './account.ts'

export type Client = ReturnType<typeof twilio>
export type ListedMessage = Awaited<ReturnType<Client['messages']['page']>>['instances'][number]

/** Well within the lease of an attempt to send. */
const timeoutMs = 20_000

/** twilio 6 has no option for the API's address; an `httpClient` may rewrite it. */
class Requests extends twilio.RequestClient {
  readonly #apiUrl: string | undefined
  readonly #now: () => number

  constructor({ apiUrl, clock }: TwilioOptions) {
    super({ timeout: timeoutMs })
    this.#apiUrl = apiUrl
    this.#now = () => clock.now()
  }

  override async request<Data>(options: RequestClient.RequestOptions<Data>) {
    const response = await super.request<Data>({ ...options, uri: atApi(new URL(options.uri), this.#apiUrl).href })
    // The SDK's own errors leave the headers out.
    const { statusCode, headers } = response
    if (statusCode === 429 || statusCode === 503) {
      const retryAfterMs = waitOf(headers?.['retry-after'], this.#now())
      throw new SendError('later', `Twilio is busy (${statusCode})`, retryAfterMs === undefined ? {} : { retryAfterMs })
    }
    return response
  }
}

export function createClient(options: TwilioOptions): Client {
  return twilio(options.accountSid, options.authToken, { httpClient: new Requests(options) })
}

/** The account's messages, newest first, page by page. Throws as the SDK does. */
export async function* listMessages(client: Client, filter: { to?: string; from?: string; dateSentAfter?: Date }): AsyncGenerator<ListedMessage> {
  let page = await client.messages.page({ ...filter, pageSize: 500 })
  for (;;) {
    yield* page.instances
    if (page.nextPageUrl === undefined) return
    page = await client.messages.getPage(page.nextPageUrl)
  }
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function waitOf(header: unknown, now: number): number | undefined {
  if (typeof header !== 'string') return undefined
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now
  return Number.isFinite(ms) && ms > 0 ? ms : undefined
}
