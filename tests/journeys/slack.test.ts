// From first word to survey answer in Slack, against the started program: a customer in a direct conversation, a partner's in a shared channel.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startSlack, type Slack } from '../emulators/slack.ts'
import type { Slacker } from '../emulators/slack/person.ts'
import { list, record, words, type Message } from '../emulators/slack/workspace.ts'
import { eventually, freePort, startMendline } from '../support/processes.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const key = 'journey-key-0123456789'
const tickets = z.object({
  data: z.array(
    z.object({
      number: z.string(),
      status: z.string(),
      channel: z.string(),
      customer: z.object({ name: z.string().nullable() }),
      satisfaction: z.object({ score: z.number() }).nullable(),
    }),
  ),
})

interface Desk {
  slack: Slack
  url: string
  tickets(): Promise<z.output<typeof tickets>['data']>
  resolve(number: string): Promise<void>
}

async function start(way: 'http' | 'socket'): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), 'mendline-journey-'))
  const slack = await startSlack()
  writeFileSync(join(folder, 'mendline.yaml'), 'survey:\n  delay: 1s\n')
  const port = await freePort()
  const running = await startMendline({
    PORT: String(port),
    SMTP_LISTEN_PORT: 'off',
    DATA_DIR: folder,
    ADMIN_KEY: key,
    SETTINGS_FILE: join(folder, 'mendline.yaml'),
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_API_URL: slack.apiUrl,
    ...(way === 'http' ? { SLACK_SIGNING_SECRET: slack.signingSecret } : { SLACK_APP_TOKEN: slack.appToken }),
  })
  if (way === 'http') slack.delivery.requestUrl = `http://127.0.0.1:${port}/webhooks/slack`
  cleanups.push(
    () => rmSync(folder, { recursive: true, force: true }),
    () => slack.close(),
    () => running.kill(),
  )
  const url = `http://127.0.0.1:${port}`
  const api = (path: string, body?: unknown) =>
    fetch(`${url}/api/v1${path}`, {
      headers: { authorization: `Bearer ${key}` },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
  return {
    slack,
    url,
    tickets: async () => tickets.parse(await (await api('/tickets')).json()).data,
    async resolve(number) {
      expect((await api(`/tickets/${number}/status`, { status: 'resolved', comment: 'New drive belt fitted.' })).status).toBe(200)
    },
  }
}

/** What the bot says in a conversation, one answer after the other. */
function listener({ slack }: Desk, channel: string) {
  let heard = 0
  return {
    /** The next `count` posts of the bot; the last one is answered. */
    async next(count = 1): Promise<Message> {
      const all = await eventually(
        async () => {
          const said = slack.botSaid(channel)
          return said.length >= heard + count ? said : undefined
        },
        `answer ${heard + count} in Slack`,
      )
      heard = all.length
      return all.at(-1) ?? fail('nothing was said')
    },
    said: () => slack.botSaid(channel),
  }
}

function fail(reason: string): never {
  throw new Error(reason)
}

const labelsOf = (message: Message): string[] =>
  list(message['blocks']).flatMap((block) =>
    list(block['elements']).flatMap((element) => (element['type'] === 'button' ? [words(record(element['text'])['text'])] : [])),
  )

const wholeStory =
  'Hi, our T5 treadmill (SN KP-20391) stops after ten minutes with E03 since Monday, we are at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits.'

/** Skips what may be left out and confirms the summary, all by buttons; answers the posts it pressed. */
async function confirm(customer: Slacker, hears: ReturnType<typeof listener>, first: Message, channel: string): Promise<void> {
  let asked = first
  while (labelsOf(asked).includes('Skip')) {
    await customer.press('Skip', { message: asked, channel })
    asked = await hears.next()
  }
  expect(asked.text).toContain('12 Elm St')
  await customer.press(labelsOf(asked)[0] ?? fail('no button'), { message: asked, channel })
}

describe.each(['http', 'socket'] as const)('a repair in Slack over %s', (way) => {
  it('goes from the first word in a direct conversation to the answered survey', async () => {
    const desk = await start(way)
    const ann = desk.slack.person({ name: 'ann', realName: 'Ann Lee' })
    const hears = listener(desk, ann.im)
    await ann.say(ann.im, wholeStory)
    const first = await hears.next()
    const [ticket] = await desk.tickets()
    expect(ticket).toMatchObject({ status: 'new', channel: 'slack', customer: { name: 'Ann Lee' } })
    expect(first.text).toContain(ticket?.number)
    await confirm(ann, hears, first, ann.im)
    await eventually(async () => ((await desk.tickets())[0]?.status === 'accepted' ? true : undefined), 'acceptance')
    await hears.next()
    // What was pressed shows the choice instead of its buttons.
    await eventually(async () => (hears.said().every((message) => labelsOf(message).length === 0) ? true : undefined), 'answered questions')
    await desk.resolve(ticket?.number ?? '')
    const survey = await hears.next(2)
    expect(hears.said().some(({ text }) => text.includes('New drive belt fitted.'))).toBe(true)
    await ann.press(labelsOf(survey)[4] ?? fail('no rating'), { message: survey })
    await eventually(async () => ((await desk.tickets())[0]?.satisfaction?.score === 5 ? true : undefined), 'the rating')
    expect(await desk.tickets()).toHaveLength(1)
    await desk.slack.delivery.quiet()
    for (const attempt of desk.slack.delivery.attempts) expect(attempt).toMatchObject({ status: 200 })
    if (way === 'socket') expect(desk.slack.delivery.requestUrl).toBeUndefined()
  }, 120_000)
})
