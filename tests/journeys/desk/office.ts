// A desk in Slack with customers on every channel around it: the started program, an emulated Slack and an emulated Twilio.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSlack, type Slack } from '../../emulators/slack.ts'
import type { Slacker } from '../../emulators/slack/person.ts'
import { record, type Message } from '../../emulators/slack/workspace.ts'
import { startTwilio, type TwilioEmulator } from '../../emulators/twilio.ts'
import { startCluster } from '../../support/cluster.ts'
import { shownIn } from '../../support/inside-desk.ts'
import { eventually } from '../../support/processes.ts'
import { startSlackDesk, type SlackDesk } from '../../support/slack-desk.ts'

const yaml = 'survey:\n  delay: 1s\ncannedReplies:\n  - { name: Visit, text: { en: "We can come for {number} on Monday." } }\n'
const publicUrl = 'https://desk.example'
export const ourNumber = '+14152001331'
export const ourWhatsapp = 'whatsapp:+14155238886'

export interface Office {
  slack: Slack
  twilio: TwilioEmulator
  /** Two agents for each piece of work that goes on at once. */
  pairs: readonly (readonly [Slacker, Slacker])[]
  triage: string
  url: string
}

type Cleanups = (() => unknown)[]

async function around(cleanups: Cleanups, at: { url: string }) {
  const slack = await startSlack()
  cleanups.push(() => slack.close())
  const twilio = await startTwilio({
    numbers: [ourNumber, ourWhatsapp],
    webhook: `${publicUrl}/webhooks/sms`,
    door: (url) => url.replace(publicUrl, at.url),
  })
  cleanups.push(() => twilio.goAway())
  const pairs = ['A', 'B', 'C', 'D'].map(
    (mark) => [slack.person({ name: `dana${mark}`, realName: `Dana ${mark}` }), slack.person({ name: `eli${mark}`, realName: `Eli ${mark}` })] as const,
  )
  const triage = slack.room('triage', pairs.flat()).id
  const env = {
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_FROM: ourNumber,
    TWILIO_WHATSAPP_FROM: ourWhatsapp,
    TWILIO_API_URL: twilio.url,
    PUBLIC_URL: publicUrl,
  }
  return { slack, twilio, pairs, triage, env }
}

/** One process on the embedded engines. */
export async function embeddedOffice(cleanups: Cleanups): Promise<Office & { desk: SlackDesk }> {
  const at = { url: '' }
  const { env, ...rest } = await around(cleanups, at)
  const desk = await startSlackDesk({ slack: rest.slack, triageChannel: rest.triage, yaml, env })
  cleanups.push(() => desk.close())
  at.url = desk.url
  return { ...rest, desk, url: desk.url }
}

/** A gateway that hears, and two workers that both draw. */
export async function officeOnServers(cleanups: Cleanups): Promise<Office & { mongo: Awaited<ReturnType<typeof startCluster>>['mongo'] }> {
  const at = { url: '' }
  const { env, ...rest } = await around(cleanups, at)
  const { slack, triage } = rest
  const folder = mkdtempSync(join(tmpdir(), 'mendline-slack-desk-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  const SETTINGS_FILE = join(folder, 'mendline.yaml')
  writeFileSync(SETTINGS_FILE, yaml)
  const slackEnv = {
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    SLACK_TRIAGE_CHANNEL: triage,
  }
  const cluster = await startCluster({ gateways: 1, workers: 2, env: { SETTINGS_FILE, ...env, ...slackEnv } })
  cleanups.push(() => cluster.remove())
  at.url = cluster.gateways[0]?.url ?? ''
  slack.delivery.requestUrl = `${at.url}/webhooks/slack`
  return { ...rest, url: at.url, mongo: cluster.mongo }
}

const cards = ({ slack, triage }: Office): Message[] => slack.botSaid(triage).filter(({ metadata }) => record(metadata)['event_type'] === 'mendline_card')
export const numberOf = (card: Message): string => String(record(record(card['metadata'])['event_payload'])['ticket'])
/** Cards of tickets in which these words stand; cards are changed in place. */
export const cardsWith = (at: Office, words: string): Message[] => cards(at).filter((card) => shownIn(card).includes(words))
export const cardsOf = (at: Office, number: string): Message[] => cards(at).filter((card) => numberOf(card) === number)
export const thread = ({ slack, triage }: Office, card: Message): string[] =>
  (slack.workspace.rooms.get(triage)?.messages ?? []).filter(({ thread_ts }) => thread_ts === card.ts).map(shownIn)

/** The card of a ticket once it shows all of these. */
export const showing = (at: Office, number: string, ...shows: string[]): Promise<Message> =>
  eventually(
    async () => {
      const [card] = cardsOf(at, number)
      return card !== undefined && shows.every((text) => shownIn(card).includes(text)) ? card : undefined
    },
    `the card of ${number} to show ${shows.join(' and ')}`,
  )
/** A ticket's card as soon as there is one about this. */
export const opened = (at: Office, words: string): Promise<Message> => eventually(async () => cardsWith(at, words)[0], `a card with "${words}"`)
export const inThread = (at: Office, card: Message, text: string): Promise<true> =>
  eventually(async () => (thread(at, card).some((post) => post.includes(text)) ? true : undefined), `"${text}" in the thread`)
