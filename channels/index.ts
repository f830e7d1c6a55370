// The one list of channels. Adding one is a folder and an entry here; tests/channels/ then asks for what the contract suite needs.
import { join } from 'node:path'
import type { Channel } from '../src/channel.ts'
import type { Clock } from '../src/clock.ts'
import type { ChannelName } from '../src/message.ts'
import type { Random } from '../src/random.ts'
import type { Settings } from '../src/settings.ts'
import type { Source } from '../src/sources/index.ts'
import { createBotFrameworkChannel } from './botframework/index.ts'
import { createEmailChannel } from './email/index.ts'
import { createSlackChannel } from './slack/index.ts'
import { createSmsChannel } from './sms/index.ts'
import { createWebchatChannel } from './webchat/index.ts'
import { createWebhookChannel } from './webhook/index.ts'
import { createWhatsappChannel } from './whatsapp/index.ts'

export interface ChannelParts {
  settings: Settings
  /** Systems that send us webhooks, as the settings are now; those of `settings` when left out. */
  sources?(): readonly Source[]
  /** For visitors' tokens; the same in every process. */
  secret: Uint8Array
  clock: Clock
  random: Random
  onProblem(error: Error): void
}

/** Every channel there is. One answers undefined while its settings are absent, which turns it off. */
export const channelList = {
  webchat: ({ settings: { publicUrl, webchatOrigins }, secret, clock, random }) =>
    createWebchatChannel({ publicUrl, secret, allowedOrigins: webchatOrigins, clock, random }),

  email: ({ settings: { email, company, dataDir }, clock, random, onProblem }) =>
    email &&
    createEmailChannel({
      supportAddresses: email.supportAddresses,
      displayName: company.flow.company,
      ...(email.listenPort === undefined ? {} : { smtpListen: { port: email.listenPort } }),
      ...(email.imapUrl === undefined ? {} : { imap: { url: email.imapUrl } }),
      ...(email.smtpUrl === undefined ? { mailFolder: join(dataDir, 'mail') } : { smtp: { url: email.smtpUrl } }),
      ...(email.webhookSecret === undefined ? {} : { webhookSecret: email.webhookSecret }),
      clock,
      random,
      onProblem,
    }),

  slack: ({ settings: { slack }, clock, random, onProblem }) => slack && createSlackChannel({ ...slack, clock, random, onProblem }),

  botframework: ({ settings: { microsoft }, clock }) => microsoft && createBotFrameworkChannel({ account: microsoft, clock, network: fetch }),

  // Both are there whenever Twilio is: it brings both to one address, and nothing that comes may be lost.
  sms: ({ settings: { twilio, publicUrl }, clock }) => twilio && createSmsChannel({ ...twilio, senders: twilio.from, publicUrl, clock, network: fetch }),

  whatsapp: ({ settings: { twilio, publicUrl }, clock }) =>
    twilio && createWhatsappChannel({ ...twilio, senders: twilio.whatsappFrom, publicUrl, clock, network: fetch }),

  webhook: ({ settings, sources = () => settings.sources, clock, random }) => createWebhookChannel({ sources, clock, random }),
} satisfies Partial<Record<ChannelName, (parts: ChannelParts) => Channel | undefined>>

/** The channels whose settings are there. */
export function createChannels(parts: ChannelParts): Channel[] {
  return Object.values(channelList).flatMap((create) => create(parts) ?? [])
}
