// The agents' side of a repair, in Slack, against the started program: a customer in web chat, two agents, one desk. Prints its figures.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startSlack, type Slack } from '../emulators/slack.ts'
import type { Slacker } from '../emulators/slack/person.ts'
import { record, type Message } from '../emulators/slack/workspace.ts'
import { startCluster } from '../support/cluster.ts'
import { shownIn } from '../support/inside-desk.ts'
import { without } from '../support/needs.ts'
import { eventually } from '../support/processes.ts'
import { startSlackDesk, type SlackDesk } from '../support/slack-desk.ts'
import { fromBot, openChat, type Visitor } from '../support/visitor.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const yaml = 'survey:\n  delay: 1s\ncannedReplies:\n  - { name: Visit, text: { en: "We can come for {number} on Monday." } }\n'

interface Office {
  slack: Slack
  dana: Slacker
  eli: Slacker
  triage: string
  url: string
}

async function office(): Promise<Omit<Office, 'url'>> {
  const slack = await startSlack()
  cleanups.push(() => slack.close())
  const [dana, eli] = [slack.person({ name: 'dana', realName: 'Dana Reed' }), slack.person({ name: 'eli', realName: 'Eli Stone' })]
  return { slack, dana, eli, triage: slack.room('triage', [dana, eli]).id }
}

async function embedded(): Promise<Office & { desk: SlackDesk }> {
  const { slack, triage, ...people } = await office()
  const desk = await startSlackDesk({ slack, triageChannel: triage, yaml })
  cleanups.push(() => desk.close())
  return { ...people, slack, triage, desk, url: desk.url }
}

/** A gateway that hears Slack, and two workers that both draw. */
async function servers(): Promise<Office & { mongo: Awaited<ReturnType<typeof startCluster>>['mongo'] }> {
  const { slack, triage, ...people } = await office()
  const folder = mkdtempSync(join(tmpdir(), 'mendline-slack-desk-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  const SETTINGS_FILE = join(folder, 'mendline.yaml')
  writeFileSync(SETTINGS_FILE, yaml)
  const env = {
    SETTINGS_FILE,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    SLACK_TRIAGE_CHANNEL: triage,
  }
  const cluster = await startCluster({ gateways: 1, workers: 2, env })
  cleanups.push(() => cluster.remove())
  const url = cluster.gateways[0]?.url ?? ''
  slack.delivery.requestUrl = `${url}/webhooks/slack`
  return { ...people, slack, triage, url, mongo: cluster.mongo }
}

const cardsOf = ({ slack, triage }: Office): Message[] => slack.botSaid(triage).filter(({ metadata }) => record(metadata)['event_type'] === 'mendline_card')
const numberOf = (card: Message): string => String(record(record(card['metadata'])['event_payload'])['ticket'])
const thread = ({ slack, triage }: Office, card: Message): string[] =>
  (slack.workspace.rooms.get(triage)?.messages ?? []).filter(({ thread_ts }) => thread_ts === card.ts).map(shownIn)

/** The `index`th card once it shows all of these; cards are changed in place. */
const showing = (at: Office, index: number, ...shows: string[]): Promise<Message> =>
  eventually(
    async () => {
      const card = cardsOf(at)[index]
      return card !== undefined && shows.every((text) => shownIn(card).includes(text)) ? card : undefined
    },
    `card ${index} to show ${shows.join(' and ')}`,
  )
const inThread = (at: Office, card: Message, text: string): Promise<true> =>
  eventually(async () => (thread(at, card).some((post) => post.includes(text)) ? true : undefined), `"${text}" in the thread`)

const heardBy = async (visitor: Visitor): Promise<string[]> => (await visitor.history()).filter(fromBot).map(({ text = '' }) => text)
const hears = (visitor: Visitor, text: string): Promise<string> =>
  eventually(async () => (await heardBy(visitor)).find((said) => said.includes(text)), `the customer to hear "${text}"`)

/** Writes, looks at the preview, sends. */
async function write(agent: Slacker, text: string): Promise<void> {
  await agent.submit({ text })
  expect(shownIn(agent.modal() ?? {})).toContain(text)
  await agent.submit()
}

const wholeStory =
  'Hi, our T5 treadmill (SN KP-20391) stops after ten minutes with E03 since Monday, we are at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits. Bob Ray'

/** Skips what may be left out, and confirms the summary. */
async function confirm(visitor: Visitor): Promise<void> {
  for (let answered = 0; ; answered++) {
    const asked = await eventually(async () => {
      const last = (await visitor.history()).at(-1)
      return last !== undefined && fromBot(last) ? last : undefined
    }, 'a question')
    const labels = asked.suggestedActions?.actions.map(({ title }) => title) ?? []
    const answer = labels.includes('Skip') ? 'Skip' : labels[0]
    if (answer === undefined) return
    await visitor.say(answer, `answer ${answered}`)
    await eventually(async () => ((await visitor.history()).at(-1)?.id === asked.id ? undefined : true), 'the answer to be there')
  }
}

/** From the first word to the answered survey, and what of it must never reach the customer. */
async function repair(at: Office): Promise<void> {
  const { dana, eli, triage } = at
  const visitor = await openChat(() => [at.url])
  await visitor.say(wholeStory, 'first')
  let card = await showing(at, 0, 'T5 treadmill', 'nobody yet')
  const number = numberOf(card)
  const place = (message: Message) => ({ message, channel: triage })
  await confirm(visitor)
  card = await showing(at, 0, 'Accepted')

  await Promise.all([dana.press('Claim', place(card)), eli.press('Claim', place(card))])
  card = await showing(at, 0, '> since')
  const [owner, other] = shownIn(card).includes(`<@${dana.id}> since`) ? [dana, eli] : [eli, dana]
  await eventually(
    async () => other.ephemerals().find((note) => shownIn(note).includes(`<@${owner.id}> has had this ticket since`)),
    'the second to read who was first',
  )

  await other.say(triage, 'LEAK he is always angry, beware', { thread: card.ts })
  await owner.say(triage, '@mendline LEAK tell him to wait', { thread: card.ts })
  await owner.press('Note', place(card))
  await owner.submit({ text: 'LEAK check the invoice first' })
  await inThread(at, card, 'LEAK check the invoice first')

  await owner.press('Reply', place(card))
  await write(owner, `We can come for ${number} on Monday.`)
  await hears(visitor, `We can come for ${number} on Monday.`)
  card = await showing(at, 0, `<@${owner.id}>, until`)
  await visitor.say('Monday is fine', 'second')
  await inThread(at, card, 'Monday is fine')

  await other.press('Ask for information', place(card))
  await write(other, 'At which address is it?')
  await hears(visitor, 'At which address is it?')
  card = await showing(at, 0, 'Waits for the customer')
  await visitor.say('12 Elm Street', 'third')
  await inThread(at, card, '12 Elm Street')
  await other.choose('desk_more', `desk_return ${number}`, place(card))
  card = await showing(at, 0, 'the bot')

  await owner.press('Resolve', place(card))
  await owner.submit({
    component: 'belt',
    problem: 'stops while running',
    cause: 'wear',
    remedy: 'part replaced',
    parts: '1 x drive belt',
    note: 'LEAK it was dirty',
    comment: 'A new drive belt is fitted.',
  })
  await hears(visitor, 'A new drive belt is fitted.')
  await hears(visitor, 'How happy are you')
  await visitor.say('5', 'fourth')
  await showing(at, 0, 'rated 5 of 5', '1 × drive belt')

  // Enough of them to speak of the slowest.
  for (let time = 0; time < 50; time++) {
    await dana.press('Note', place(card))
    await dana.submit({ text: `LEAK note ${time}` })
    await eli.command('/repair', 'mine', triage)
  }
  await inThread(at, card, 'LEAK note 49')

  const heard = await heardBy(visitor)
  const leaks = heard.filter((text) => text.includes('LEAK') || text.includes('invoice'))
  expect(leaks).toEqual([])
  expect(JSON.stringify(await visitor.history())).not.toContain('LEAK')
  const activities = await visitor.history()
  expect(new Set(activities.map(({ id }) => id)).size).toBe(activities.length)
  for (const once of [`We can come for ${number}`, 'At which address', 'A new drive belt is fitted', 'How happy are you'])
    expect(
      heard.filter((text) => text.includes(once)),
      once,
    ).toHaveLength(1)
  // What the customer wrote and heard stands in the thread, each once and in this order.
  const said = ['We can come', 'Monday is fine', 'At which address', '12 Elm Street']
  const mirrored = thread(at, card)
    .filter((post) => !post.includes('LEAK'))
    .flatMap((post) => said.find((words) => post.split('\n').at(-1)?.startsWith(words)) ?? [])
  expect(mirrored).toEqual(said)
  expect(cardsOf(at)).toHaveLength(1)
  print(at, { heard: heard.length, leaks: leaks.length })
}

function print({ slack }: Office, figures: Record<string, number>): void {
  const times = slack.delivery.attempts.filter(({ kind }) => kind !== 'event').map(({ ms }) => ms)
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
  const interactions = {
    interactions: times.length,
    'p50 ms': at(0.5),
    'p99 ms': at(0.99),
    'not in three seconds': slack.delivery.attempts.filter(({ kind, status }) => kind !== 'event' && status !== 200).length,
  }
  console.info(`desk in Slack: ${JSON.stringify({ ...figures, ...interactions })}`)
}

describe('a repair worked on in Slack', () => {
  it('goes from the card to the survey on the embedded engines, with nothing leaked and nothing twice', async () => {
    const at = await embedded()
    await repair(at)
  }, 240_000)

  it.skipIf(without('redis', 'mongodb'))(
    'goes the same way where a gateway hears and two workers draw; with the store away an agent reads that it was not done',
    async () => {
      const at = await servers()
      await repair(at)
      const visitor = await openChat(() => [at.url])
      await visitor.say('My oven is cold', 'first')
      const card = await showing(at, 1, 'nobody yet')
      at.mongo.freeze()
      const attempt = await at.dana.press('Accept', { message: card, channel: at.triage })
      expect(attempt).toMatchObject({ status: 200 })
      expect(attempt.ms).toBeLessThan(3_000)
      await eventually(async () => at.dana.ephemerals().find((note) => shownIn(note).includes('was not done')), 'the agent to read that it was not done')
      at.mongo.thaw()
      // Once the store is back a press does what it says; the one before did nothing.
      await at.eli.press('Accept', { message: card, channel: at.triage })
      await showing(at, 1, `<@${at.eli.id}> since`)
    },
    360_000,
  )
})

describe('a crash', () => {
  it('between posting a card and noting that it stands there leaves one card, with the whole thread', async () => {
    const at = await embedded()
    at.slack.trouble('chat.postMessage', { kind: 'lost' })
    const visitor = await openChat(() => [at.url])
    await visitor.say('My oven is cold', 'first')
    await showing(at, 0, 'My oven is cold')
    await at.desk.restart()
    const card = await showing(at, 0, 'My oven is cold')
    await inThread(at, card, 'My oven is cold')
    // Between a post of the thread and its note, too.
    at.slack.trouble('chat.postMessage', { kind: 'lost' })
    await visitor.say('And it smells', 'second')
    await inThread(at, card, 'And it smells')
    await at.desk.restart()
    await visitor.say('Hello?', 'third')
    await inThread(at, card, 'Hello?')
    expect(cardsOf(at)).toHaveLength(1)
    for (const words of ['My oven is cold', 'And it smells', 'Hello?'])
      expect(
        thread(at, card).filter((post) => post.endsWith(words)),
        words,
      ).toHaveLength(1)
  }, 240_000)
})
