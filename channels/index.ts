// The one list of channels. Adding one is a folder and a line here.
import { join } from 'node:path'
import type { Channel } from '../src/channel.ts'
import type { Clock } from '../src/clock.ts'
import type { Random } from '../src/random.ts'
import type { Settings } from '../src/settings.ts'
import { createEmailChannel } from './email/index.ts'
import { createWebchatChannel } from './webchat/index.ts'

export interface ChannelParts {
  settings: Settings
  /** For visitors' tokens; the same in every process. */
  secret: Uint8Array
  clock: Clock
  random: Random
  onProblem(error: Error): void
}

/** Every channel whose settings are there; one without is off. */
export function createChannels({ settings, secret, clock, random, onProblem }: ChannelParts): Channel[] {
  const { email, publicUrl, webchatOrigins, dataDir, company } = settings
  return [
    createWebchatChannel({ publicUrl, secret, allowedOrigins: webchatOrigins, clock, random }),
    ...(email === undefined
      ? []
      : [
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
        ]),
  ]
}
