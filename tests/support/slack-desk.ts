// The started program connected to an emulated Slack, seen from outside: through Slack, and through the REST API.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import { startSlack, type Slack } from '../emulators/slack.ts'
import { list, record, words, type Message } from '../emulators/slack/workspace.ts'
import { eventually, freePort, startMendline, type Running } from './processes.ts'

const key = 'slack-desk-key-0123456789'

const ticketPage = z.object({
  data: z.array(
    z.object({
      number: z.string(),
      status: z.string(),
      channel: z.string(),
      description: z.string(),
      customer: z.object({ name: z.string().nullable() }),
      satisfaction: z.object({ score: z.number() }).nullable(),
    }),
  ),
})
const messagePage = z.object({
  data: z.array(
    z.object({
      direction: z.string(),
      text: z.string(),
      state: z.string(),
      maybeTwice: z.boolean().optional(),
      attachments: z.array(z.object({ name: z.string() })),
    }),
  ),
})
export type TicketView = z.output<typeof ticketPage>['data'][number]
export type MessageView = z.output<typeof messagePage>['data'][number]

export interface SlackDesk {
  slack: Slack
  url: string
  running(): Running
  /** Kills it as a power cut would, and starts it again on the same data. */
  restart(): Promise<void>
  api(path: string, body?: unknown): Promise<Response>
  tickets(): Promise<TicketView[]>
  messages(number: string): Promise<MessageView[]>
  close(): Promise<void>
}

export interface SlackDeskOptions {
  way?: 'http' | 'socket'
  /** mendline.yaml. */
  yaml?: string
  triageChannel?: string
  /** An emulator that is there already. */
  slack?: Slack
  /** Settings of other channels. */
  env?: Readonly<Record<string, string>>
}

export async function startSlackDesk({
  way = 'http',
  yaml = 'survey:\n  delay: 1s\n',
  triageChannel,
  slack: given,
  env: more = {},
}: SlackDeskOptions = {}): Promise<SlackDesk> {
  const folder = mkdtempSync(join(tmpdir(), 'mendline-slack-'))
  const slack = given ?? (await startSlack())
  writeFileSync(join(folder, 'mendline.yaml'), yaml)
  const port = await freePort()
  const env = {
    ...more,
    PORT: String(port),
    SMTP_LISTEN_PORT: 'off',
    DATA_DIR: folder,
    ADMIN_KEY: key,
    SETTINGS_FILE: join(folder, 'mendline.yaml'),
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
    ...(triageChannel === undefined ? {} : { SLACK_TRIAGE_CHANNEL: triageChannel }),
    ...(way === 'http' ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken }),
  }
  let running = await startMendline(env)
  const url = `http://127.0.0.1:${port}`
  if (way === 'http') slack.delivery.requestUrl = `${url}/webhooks/slack`
  const api = (path: string, body?: unknown): Promise<Response> =>
    fetch(`${url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
  return {
    slack,
    url,
    running: () => running,
    async restart() {
      await running.kill()
      running = await startMendline(env)
    },
    api,
    tickets: async () => ticketPage.parse(await (await api('/tickets')).json()).data,
    messages: async (number) => messagePage.parse(await (await api(`/tickets/${number}/messages`)).json()).data,
    async close() {
      await running.kill()
      if (given === undefined) await slack.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What the bot says in a conversation, one answer after the other. */
export interface Hearer {
  /** The last of its next `count` posts. */
  next(count?: number): Promise<Message>
  said(): Message[]
}

export function hear(slack: Slack, channel: string): Hearer {
  let heard = 0
  return {
    async next(count = 1) {
      const all = await eventually(
        async () => {
          const said = slack.botSaid(channel)
          return said.length >= heard + count ? said : undefined
        },
        `answer ${heard + count} in Slack`,
      )
      heard = all.length
      const last = all.at(-1)
      if (last === undefined) throw new Error('nothing was said')
      return last
    },
    said: () => slack.botSaid(channel),
  }
}

/** The labels of the buttons under a message. */
export function buttonsOf(message: Message): string[] {
  return list(message['blocks']).flatMap((block) =>
    list(block['elements']).flatMap((element) => (element['type'] === 'button' ? [words(record(element['text'])['text'])] : [])),
  )
}
