// The Bot Framework channel: Teams, the Emulator and whatever else Azure Bot Service is connected to, through one endpoint.
import type { Abilities, Channel } from '../../src/channel.ts'
import type { Clock } from '../../src/clock.ts'
import type { MicrosoftAccount } from './account.ts'
import { BotFrameworkAdapter } from './adapter.ts'
import { microsoftConnection } from './connection.ts'
import { fetchFile } from './fetch-file.ts'
import { sendActivities } from './send.ts'
import { textLimit } from './to-activities.ts'
import { createTokens } from './tokens.ts'
import { activityWebhook } from './webhook.ts'

export interface BotFrameworkOptions {
  account: MicrosoftAccount
  clock: Clock
  /** What files are fetched through. */
  network: typeof fetch
}

const abilities: Abilities = {
  textLimit,
  choices: 'buttons',
  questions: 'one_by_one',
  attachments: true,
  receipts: false,
  gatherMs: { text: 0, media: 0 },
  storeIsDelivery: false,
  budgeted: false,
  windowMs: null,
  carrierKeywords: false,
}

export function createBotFrameworkChannel({ account, clock, network }: BotFrameworkOptions): Channel {
  const tokens = createTokens(account, clock)
  const adapter = new BotFrameworkAdapter(account, tokens)
  return {
    name: 'botframework',
    abilities,
    connections: [microsoftConnection(account, tokens)],
    webhooks: [activityWebhook(adapter, account.appId)],
    send: (outgoing) => sendActivities(outgoing, adapter, account.appId),
    // The connector keeps no history that a bot could read.
    sendIsIdempotent: false,
    fetch: (file) => fetchFile(file, tokens, network),
  }
}
