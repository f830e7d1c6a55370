// The channel against an emulated Microsoft, and recorded activities delivered to it as their sender would.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createBotFrameworkChannel } from '../../../channels/botframework/index.ts'
import type { Channel, HttpReply } from '../../../src/channel.ts'
import { systemClock } from '../../../src/clock.ts'
import type { NewMessage } from '../../../src/message.ts'
import { startMicrosoft, type Microsoft, type Posted } from '../../emulators/microsoft.ts'
import { mailDoor, memoryFiles } from '../../support/mail-door.ts'
import { toWebhook } from '../through-webhook.ts'

export interface Bot {
  microsoft: Microsoft
  channel: Channel
  /** Messages the channel handed over, in order; of what came twice the first. */
  messages(): NewMessage[]
  /** Posts it with a good token of its sender, or with this one; null sends none. */
  post(activity: Posted, token?: string | null): Promise<HttpReply>
  close(): Promise<void>
}

export async function openBot(network: typeof fetch = fetch): Promise<Bot> {
  const microsoft = await startMicrosoft()
  const { appId, appPassword, openIdUrl, loginUrl } = microsoft
  const channel = createBotFrameworkChannel({ account: { appId, appPassword, openIdUrl, loginUrl }, clock: systemClock, network })
  const door = mailDoor(memoryFiles())
  return {
    microsoft,
    channel,
    messages: () => door.messages(),
    async post(activity, token) {
      const [webhook] = channel.webhooks ?? []
      if (webhook === undefined) throw new Error('the channel has no webhook')
      const bearer = token === undefined ? await tokenFor(microsoft, activity) : token
      const headers = { 'content-type': 'application/json; charset=utf-8', ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }) }
      return toWebhook(webhook, Buffer.from(JSON.stringify(activity)), { headers, query: '' }, door.accept)
    },
    close: () => microsoft.close(),
  }
}

export function tokenFor({ issuers }: Microsoft, { channelId, serviceUrl }: Posted): Promise<string> {
  return channelId === 'emulator' ? issuers.fromEmulator() : issuers.fromService(String(serviceUrl))
}

/** A recorded activity, with some fields changed. */
export async function recorded(name: string, change: Posted = {}): Promise<Posted> {
  const activity: unknown = JSON.parse(await readFile(join(import.meta.dirname, 'payloads', `${name}.json`), 'utf8'))
  if (typeof activity !== 'object' || activity === null) throw new Error(`${name} is no activity`)
  return { ...activity, ...change }
}
