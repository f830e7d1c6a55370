// Who may post to us: the Bot Framework service, and the Emulator of somebody who has the app's password. What the SDK leaves open is closed here.
import { decodeJwt } from 'jose'
import { botFramework, type MicrosoftAccount } from './account.ts'

/** Microsoft's own tenants, which issue the Emulator's tokens for apps of many tenants. */
const emulatorTenants = ['d6d49420-f39b-4df7-a1dc-d59a935871db', 'f8cdef31-a31e-4b4a-93e4-5f571e91255a']

/**
 * Looks at the unverified token and answers why it need not be verified at all. The SDK keeps every tenant for good that any token names,
 * signed or not, and takes it for an issuer of Emulator tokens from then on: only ours and Microsoft's may get that far.
 */
export function refuseToken(header: string, { tenantId }: Pick<MicrosoftAccount, 'tenantId'>): string | undefined {
  const token = /^Bearer (\S+)$/.exec(header)?.[1]
  if (token === undefined) return 'send the token of the Bot Framework service as "Authorization: Bearer …"'
  let claims: { iss?: unknown; tid?: unknown }
  try {
    claims = decodeJwt(token)
  } catch {
    return 'the bearer token is no JSON Web Token'
  }
  const tenants = [...emulatorTenants, ...(tenantId === undefined ? [] : [tenantId])]
  const issuers = [botFramework, ...tenants.flatMap((tenant) => [`https://sts.windows.net/${tenant}/`, `https://login.microsoftonline.com/${tenant}/v2.0`])]
  if (!issuers.some((issuer) => issuer === claims.iss)) return 'the issuer of the token is neither the Bot Framework service nor a known tenant'
  if (claims.tid !== undefined && !tenants.some((tenant) => tenant === claims.tid)) return 'the tenant of the token is unknown'
  return undefined
}

/**
 * Looks at verified claims. The SDK checks no audience of an Emulator token, so that the very token which we send to a connector
 * would open our own door, and binds it to no channel, so that its bearer could speak for any user of Teams.
 */
export function refuseClaims(claim: (name: string) => unknown, channelId: string, appId: string): string | undefined {
  if (claim('aud') !== appId) return 'the audience of the token is not this app'
  if (claim('iss') === botFramework) return undefined
  if (channelId !== 'emulator') return 'only the Emulator comes with a token of its own'
  if ((claim('appid') ?? claim('azp')) !== appId || typeof claim('scp') === 'string') return 'the token was not issued to this app'
  return undefined
}
