// Microsoft as it is tried before the start: our own login, and the keys by which callers are told.
import { z } from 'zod'
import type { Connection } from '../../src/connection.ts'
import { StartError } from '../../src/errors.ts'
import { addressesOf, type MicrosoftAccount } from './account.ts'
import { LoginError, type Tokens } from './tokens.ts'

const metadata = z.object({ jwks_uri: z.url() })
const keys = z.object({ keys: z.array(z.unknown()).min(1) })

export function microsoftConnection(account: MicrosoftAccount, tokens: Tokens): Connection {
  return {
    setting: 'MICROSOFT_APP_ID',
    async try() {
      const [login, found] = await Promise.allSettled([tokens.token(), readKeys(addressesOf(account).channelKeys)])
      const problems = [
        ...(login.status === 'rejected' ? [`MICROSOFT_APP_ID: ${login.reason instanceof LoginError ? login.reason.reason : String(login.reason)}`] : []),
        ...(found.status === 'rejected'
          ? ['MICROSOFT_OPENID_URL: the keys of the Bot Framework service cannot be read: let this machine reach that address, or correct it']
          : []),
      ]
      if (problems.length > 0) throw new StartError(problems)
      return 'Microsoft knows the app and its password, and shows its keys'
    },
  }
}

async function readKeys(url: string): Promise<void> {
  const { jwks_uri } = metadata.parse(await readJson(url))
  keys.parse(await readJson(jwks_uri))
}

async function readJson(url: string): Promise<unknown> {
  return (await fetch(url, { signal: AbortSignal.timeout(10_000) })).json()
}
