// The two issuers of tokens: the Bot Framework service, which calls bots, and the login, which gives bots a token of their own.
// https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, jwtVerify, SignJWT, type JWK } from 'jose'

/** Claims and times that differ from a good token's. Seconds from now; null leaves a claim out. */
export interface Change {
  claims?: Readonly<Record<string, string | null>>
  notBefore?: number
  expires?: number
  /** Signed by somebody else under the same key id. */
  forged?: boolean
  /** Under a key id that nobody published. */
  unknownKey?: boolean
}

export interface Issuers {
  /** What `jwks_uri` shows. */
  jwks(): Promise<{ keys: JWK[] }>
  /** As the service sends it along with an activity of the connector at this address. */
  fromService(serviceUrl: string, change?: Change): Promise<string>
  /** As the Emulator of somebody who knows the app's password has it from the login. */
  fromEmulator(change?: Change): Promise<string>
  /** For a bot that asks the login. */
  forBot(): Promise<string>
  /** Whether a connector takes it. */
  isForConnector(token: string): Promise<boolean>
}

export const service = 'https://api.botframework.com'
const tenant = 'd6d49420-f39b-4df7-a1dc-d59a935871db'
const login = `https://sts.windows.net/${tenant}/`

export async function createIssuers(appId: string): Promise<Issuers> {
  const own = await generateKeyPair('RS256', { extractable: true })
  const kid = randomUUID()

  async function sign(claims: Readonly<Record<string, string>>, { claims: changed = {}, notBefore = -60, expires = 3600, forged, unknownKey }: Change = {}) {
    const now = Math.floor(Date.now() / 1000)
    const all = Object.fromEntries(Object.entries({ ...claims, ...changed }).filter(([, value]) => value !== null))
    const { privateKey } = forged ? await generateKeyPair('RS256') : own
    return new SignJWT({ ...all, nbf: now + notBefore, exp: now + expires })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: unknownKey ? randomUUID() : kid })
      .sign(privateKey)
  }

  return {
    jwks: async () => ({
      keys: [{ ...(await exportJWK(own.publicKey)), kid, use: 'sig', endorsements: ['msteams', 'emulator', 'directline', 'webchat', 'telegram', 'sms'] }],
    }),
    fromService: (serviceUrl, change) => sign({ iss: service, aud: appId, serviceurl: serviceUrl }, change),
    fromEmulator: (change) => sign({ iss: login, aud: appId, appid: appId, tid: tenant, ver: '1.0' }, change),
    forBot: () => sign({ iss: login, aud: service, appid: appId, tid: tenant, ver: '1.0' }),
    isForConnector: (token) =>
      jwtVerify(token, own.publicKey, { audience: service, issuer: login }).then(
        ({ payload }) => payload['appid'] === appId,
        () => false,
      ),
  }
}
