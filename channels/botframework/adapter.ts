// The CloudAdapter of the Bot Framework, stricter about callers than the SDK and with one try for each call of ours.
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder'
import type { Activity as SdkActivity, InvokeResponse, TurnContext } from 'botbuilder'
import { addressesOf, botFramework, type MicrosoftAccount } from './account.ts'
import { refuseClaims, refuseToken } from './caller.ts'
import { connectorClient, credentialsOf } from './connector.ts'
import type { Tokens } from './tokens.ts'

export type Taken = { kind: 'taken'; invoke: InvokeResponse | undefined } | { kind: 'refused'; reason: string }

export class BotFrameworkAdapter extends CloudAdapter {
  readonly #account: MicrosoftAccount

  constructor(account: MicrosoftAccount, tokens: Tokens) {
    const { login, channelKeys, emulatorKeys } = addressesOf(account)
    super(
      new ConfigurationBotFrameworkAuthentication(
        {
          MicrosoftAppId: account.appId,
          ToChannelFromBotLoginUrl: login,
          ToChannelFromBotOAuthScope: botFramework,
          ToBotFromChannelTokenIssuer: botFramework,
          OAuthUrl: botFramework,
          ToBotFromChannelOpenIdMetadataUrl: channelKeys,
          ToBotFromEmulatorOpenIdMetadataUrl: emulatorKeys,
        },
        credentialsOf(account.appId, tokens),
        undefined,
        undefined,
        { httpClient: connectorClient(tokens) },
      ),
    )
    this.#account = account
  }

  /**
   * Runs `logic` for an activity whose caller is who they say they are, and answers what it left as the response of an invoke.
   * The SDK compares the activity's service address with the one that the token names: answers go nowhere else.
   * @throws when the keys cannot be read: nobody can be told apart then.
   */
  async take(header: string, activity: SdkActivity, logic: (context: TurnContext) => Promise<void>): Promise<Taken> {
    const reason = refuseToken(header, this.#account)
    if (reason !== undefined) return { kind: 'refused', reason }
    let caller: Awaited<ReturnType<typeof this.botFrameworkAuthentication.authenticateRequest>>
    try {
      caller = await this.botFrameworkAuthentication.authenticateRequest(activity, header)
    } catch (error) {
      if (isRefusal(error)) return { kind: 'refused', reason: 'the token does not hold for this activity' }
      throw new Error('the keys of the Bot Framework service cannot be read', { cause: error })
    }
    const { claimsIdentity } = caller
    const other = refuseClaims((name) => claimsIdentity.getClaimValue(name), activity.channelId, this.#account.appId)
    if (other !== undefined) return { kind: 'refused', reason: other }
    return { kind: 'taken', invoke: await this.processActivity(caller, activity, logic) }
  }
}

/** The SDK lets the errors of jsonwebtoken through as they are; its own name a status. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ['JsonWebTokenError', 'NotBeforeError', 'TokenExpiredError'].includes(error.name) || ('statusCode' in error && error.statusCode === 401)
}
