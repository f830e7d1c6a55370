// Somebody in Teams, in their personal chat with the bot: writes, pastes pictures, presses buttons, reads what came.
import { randomUUID } from 'node:crypto'
import type { Microsoft, Posted, Sent } from '../microsoft.ts'

export interface TeamsUser {
  conversation: string
  /** Resolves once the bot took it; throws where it did not. */
  say(text: string, more?: Readonly<Record<string, unknown>>): Promise<void>
  /** A picture pasted into the chat. */
  paste(text: string, picture: Uint8Array, contentType: string): Promise<void>
  /** Presses the newest button with this title. */
  press(title: string): Promise<void>
  /** What the bot said here, oldest first. */
  received(): Sent[]
  /** The buttons below the newest message. */
  buttons(): string[]
}

export function teamsUser(microsoft: Microsoft, bot: string, name: string, locale = 'en-US'): TeamsUser {
  const conversation = `a:1${randomUUID().replaceAll('-', '')}`
  const user = { id: `29:1${randomUUID().replaceAll('-', '')}`, name, aadObjectId: randomUUID() }
  const tenant = randomUUID()
  let last = 1_600_000_000_000
  microsoft.open(conversation)
  const received = () => microsoft.sent.filter((sent) => sent.conversation === conversation)

  async function post(more: Readonly<Record<string, unknown>>): Promise<void> {
    const now = new Date().toISOString()
    const activity: Posted = {
      type: 'message',
      id: String(++last),
      timestamp: now,
      localTimestamp: now,
      channelId: 'msteams',
      serviceUrl: microsoft.serviceUrl,
      from: user,
      recipient: { id: `28:${microsoft.appId}`, name: 'Mendline' },
      conversation: { conversationType: 'personal', tenantId: tenant, id: conversation },
      entities: [{ type: 'clientInfo', locale, country: locale.slice(-2), platform: 'Web', timezone: 'Europe/Berlin' }],
      channelData: { tenant: { id: tenant } },
      textFormat: 'plain',
      locale,
      ...more,
    }
    const response = await microsoft.post(bot, activity)
    if (!response.ok) throw new Error(`the bot answered ${response.status}: ${await response.text()}`)
  }

  return {
    conversation,
    received,
    say: (text, more = {}) => post({ text, attachments: [{ contentType: 'text/html', content: `<div>${text}</div>` }], ...more }),
    paste: (text, picture, contentType) => post({ text, attachments: [{ contentType: 'image/*', contentUrl: microsoft.guard(picture, contentType) }] }),
    async press(title) {
      for (const { id, activity } of received().toReversed())
        for (const button of (activity.attachments ?? []).flatMap(({ content }) => content?.buttons ?? []))
          if (button.title === title) return post({ text: button.text ?? title, value: button.value, replyToId: id })
      throw new Error(`there is no button "${title}"`)
    },
    buttons: () => (received().at(-1)?.activity.attachments ?? []).flatMap(({ content }) => (content?.buttons ?? []).map(({ title }) => title)),
  }
}
