// The channels by the words people have for them.
import type { ChannelName } from '../../message.ts'

const channels: Readonly<Record<string, ChannelName>> = {
  chat: 'webchat',
  mail: 'email',
  sms: 'sms',
  whatsapp: 'whatsapp',
  slack: 'slack',
  teams: 'botframework',
}

export const channelNames = Object.keys(channels).join(', ')

export function channelNamed(name: string): ChannelName | undefined {
  return channels[name] ?? Object.values(channels).find((channel) => channel === name)
}
