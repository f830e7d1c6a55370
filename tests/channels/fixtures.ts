// Every channel of channels/index.ts with its fixture: a channel without one does not type-check.
import type { channelList } from '../../channels/index.ts'
import { botframeworkFixture } from './botframework/fixture.ts'
import { emailFixture } from './email/fixture.ts'
import type { ChannelFixture } from './fixture.ts'
import { slackFixture } from './slack/fixture.ts'
import { smsFixture } from './sms/fixture.ts'
import { webchatFixture } from './webchat/fixture.ts'
import { webhookFixture } from './webhook/fixture.ts'
import { whatsappFixture } from './whatsapp/fixture.ts'

export const fixtures: Record<keyof typeof channelList, ChannelFixture> = {
  webchat: webchatFixture,
  email: emailFixture,
  botframework: botframeworkFixture,
  slack: slackFixture,
  sms: smsFixture,
  whatsapp: whatsappFixture,
  webhook: webhookFixture,
}
