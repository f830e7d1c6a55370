// Our own token, which the connector wants with every message: by client credentials, kept until shortly before its end.
import { z } from 'zod'
import type { Clock } from '../../src/clock.ts'
import { addressesOf, botFramework, type MicrosoftAccount } from './account.ts'

export interface Tokens {
  /** @throws LoginError */
  token(): Promise<string>
  /** The connector would not have it: ask for a new one next time. */
  forget(): void
}

/** No token is to be had now. `reason` says what a person can do about it. */
export class LoginError extends Error {
  override readonly name = 'LoginError'
  readonly code = 'login_error'
  readonly reason: string

  constructor(reason: string, cause?: unknown) {
    super(reason, { cause })
    this.reason = reason
  }
}

const answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number() })

/** Milliseconds before its end at which a token is no longer used. */
const early = 5 * 60_000

export function createTokens(account: MicrosoftAccount, clock: Clock): Tokens {
  let kept: { token: string; until: number } | undefined
  let asking: Promise<string> | undefined
  return {
    async token() {
      if (kept !== undefined && kept.until > clock.now()) return kept.token
      // Whoever asks meanwhile waits for the same answer.
      asking ??= ask(account)
        .then(({ token, seconds }) => {
          kept = { token, until: clock.now() + seconds * 1000 - early }
          return token
        })
        .finally(() => (asking = undefined))
      return asking
    },
    forget() {
      kept = undefined
    },
  }
}

async function ask(account: MicrosoftAccount): Promise<{ token: string; seconds: number }> {
  const response = await fetch(`${addressesOf(account).login}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: account.appId,
      client_secret: account.appPassword,
      scope: `${botFramework}/.default`,
    }),
    redirect: 'manual',
    signal: AbortSignal.timeout(20_000),
  }).catch((error: unknown) => {
    throw new LoginError('the login of Microsoft did not answer', error)
  })
  if (response.status === 400 || response.status === 401)
    throw new LoginError(`the login of Microsoft answered ${response.status}: check MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and MICROSOFT_APP_TENANT_ID`)
  if (!response.ok) throw new LoginError(`the login of Microsoft answered ${response.status}`)
  const read = answer.safeParse(await response.json().catch(() => undefined))
  if (!read.success) throw new LoginError('the login of Microsoft answered without a token')
  return { token: read.data.access_token, seconds: read.data.expires_in }
}
