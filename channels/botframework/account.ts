// The bot's registration with Microsoft, and the addresses at Microsoft that belong to it.

export interface MicrosoftAccount {
  /** The app's id; the audience of every token that is meant for us. */
  appId: string
  appPassword: string
  /** A single-tenant app names its tenant. */
  tenantId?: string | undefined
  /** The OpenID metadata document with the keys of incoming tokens; Microsoft's own where absent. */
  openIdUrl?: string | undefined
  /** The authority that gives us tokens, with its tenant, such as `https://login.microsoftonline.com/botframework.com`. */
  loginUrl?: string | undefined
}

/** Whom the connector takes its orders from, and what issues the tokens of the Bot Framework service. */
export const botFramework = 'https://api.botframework.com'

/** https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication */
export function addressesOf({ tenantId, openIdUrl, loginUrl }: MicrosoftAccount) {
  return {
    login: (loginUrl ?? `https://login.microsoftonline.com/${tenantId ?? 'botframework.com'}`).replace(/\/+$/, ''),
    channelKeys: openIdUrl ?? 'https://login.botframework.com/v1/.well-known/openidconfiguration',
    emulatorKeys: openIdUrl ?? 'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
  }
}
