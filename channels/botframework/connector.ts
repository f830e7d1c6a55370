// The SDK's way out to a connector: one try a call. The SDK itself would try again by its own clock, past our lease, and send twice.
import type { ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import { SendError } from '../../src/errors.ts'
import { LoginError, type Tokens } from './tokens.ts'

type Sdk = ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>

export type Credentials = NonNullable<Sdk[1]>
type HttpClient = NonNullable<NonNullable<Sdk[4]>['httpClient']>

/** Puts our token on each call. Authentication of callers is never off. */
export function credentialsOf(appId: string, tokens: Tokens): Credentials {
  return {
    isValidAppId: async (id) => id === appId,
    isAuthenticationDisabled: async () => false,
    createCredentials: async () => ({
      async signRequest(request) {
        request.headers.set('authorization', `Bearer ${await tokens.token().catch(asSendError)}`)
        return request
      },
    }),
  }
}

/** Throws `SendError` for every answer but success, so that nobody has to read an SDK's errors. */
export function connectorClient(tokens: Tokens): HttpClient {
  return {
    async sendRequest(request) {
      const body: unknown = request.body
      const response = await fetch(request.url, {
        method: request.method,
        headers: request.headers.rawHeaders(),
        ...(typeof body === 'string' ? { body } : {}),
        redirect: 'manual',
        signal: AbortSignal.timeout(20_000),
      }).catch((error: unknown) => {
        throw new SendError('later', 'the connector did not answer', { cause: error })
      })
      const text = await response.text().catch(() => '')
      if (response.status === 401) tokens.forget()
      if (!response.ok) throw refusal(response, text)
      // The SDK wants headers and looks at the content type only, which is JSON both ways.
      return { request, status: response.status, headers: request.headers.clone(), bodyAsText: text }
    },
  }
}

/**
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit: 412, 429, 502 and 504 are to be tried again.
 * 401 is about us, and somebody can mend that; 403 is about this customer, who removed or blocked the bot.
 */
function refusal(response: Response, body: string): SendError {
  const { status } = response
  const later = status < 400 || status >= 500 || [401, 408, 412, 423, 425, 429].includes(status)
  // A word of theirs and nothing else: what they say around it may name the customer. Teams wraps its answer in a string.
  const said = /\\?"(?:subCode|code)\\?"\s*:\s*\\?"([A-Za-z]{1,60})\\?"/.exec(body)?.[1]
  const seconds = /^\d{1,6}$/.exec(response.headers.get('retry-after') ?? '')?.[0]
  return new SendError(
    later ? 'later' : 'never',
    `the connector answered ${[status, said ?? ''].join(' ').trim()}${status === 401 ? ': check MICROSOFT_APP_ID and MICROSOFT_APP_PASSWORD' : ''}`,
    seconds === undefined ? {} : { retryAfterMs: Number(seconds) * 1000 },
  )
}

function asSendError(error: unknown): never {
  throw new SendError('later', error instanceof LoginError ? error.reason : 'no token is to be had', { cause: error })
}
