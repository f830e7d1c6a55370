// Repairs worked on in Slack, against the started program: customers by text, WhatsApp, Slack and web chat, agents around one desk. Prints its figures.
import { afterEach, describe, expect, it } from 'vitest'
import type { Slacker } from '../emulators/slack/person.ts'
import { shownIn } from '../support/inside-desk.ts'
import { without } from '../support/needs.ts'
import { eventually } from '../support/processes.ts'
import { cardsOf, embeddedOffice, inThread, numberOf, officeOnServers, opened, ourNumber, ourWhatsapp, showing, thread, type Office } from './desk/office.ts'
import { byPhone, inSlack, inWebChat, type Writer } from './desk/writers.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const hears = (writer: Writer, text: string): Promise<string> =>
  eventually(async () => (await writer.heard()).find((said) => said.includes(text)), `the customer by ${writer.channel} to hear "${text}"`)

/** Writes, looks at the preview, sends. */
async function write(agent: Slacker, text: string): Promise<void> {
  await agent.submit({ text })
  expect(shownIn(agent.modal() ?? {})).toContain(text)
  await agent.submit()
}

/** Skips what may be left out, and confirms the summary. */
async function confirm(writer: Writer): Promise<void> {
  for (let known = 0; ;) {
    known = await eventually(async () => {
      const { length } = await writer.heard()
      return length > known ? length : undefined
    }, 'a question')
    const offered = await writer.choices()
    const answer = offered.includes('Skip') ? 'Skip' : offered[0]
    if (answer === undefined) return
    await writer.choose(answer)
  }
}

interface Figures {
  deliveries: number
  duplicates: number
  leaks: number
}

/** From the first word to the answered survey, and what of it must never reach the customer. */
async function repair(at: Office, writer: Writer, [dana, eli]: readonly [Slacker, Slacker], serial: string): Promise<Figures> {
  await writer.say(
    `Hi, our T5 treadmill (SN ${serial}) stops after ten minutes with E03 since Monday, we are at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits. Bob Ray`,
  )
  let card = await opened(at, serial)
  const number = numberOf(card)
  const place = { message: card, channel: at.triage }
  const press = async (agent: Slacker, button: string) => agent.press(button, { ...place, message: await showing(at, number) })
  await confirm(writer)
  card = await showing(at, number, 'Accepted')

  await Promise.all([press(dana, 'Claim'), press(eli, 'Claim')])
  card = await showing(at, number, '> since')
  const [owner, other] = shownIn(card).includes(`<@${dana.id}> since`) ? [dana, eli] : [eli, dana]
  await eventually(
    async () => other.ephemerals().find((note) => shownIn(note).includes(`<@${owner.id}> has had this ticket since`)),
    'the second to read who was first',
  )

  await other.say(at.triage, 'LEAK he is always angry, beware', { thread: card.ts })
  await owner.say(at.triage, '@mendline LEAK tell him to wait', { thread: card.ts })
  await press(owner, 'Note')
  await owner.submit({ text: 'LEAK check the invoice first' })
  await inThread(at, card, 'LEAK check the invoice first')

  await press(owner, 'Reply')
  await write(owner, `We can come for ${number} on Monday.`)
  await hears(writer, `We can come for ${number} on Monday.`)
  await showing(at, number, `<@${owner.id}>, until`)
  await writer.say('Monday is fine')
  await inThread(at, card, 'Monday is fine')

  await press(other, 'Ask for information')
  await write(other, 'At which address is it?')
  await hears(writer, 'At which address is it?')
  await showing(at, number, 'Waits for the customer')
  await writer.say('12 Elm Street')
  await inThread(at, card, '12 Elm Street')
  await other.choose('desk_more', `desk_return ${number}`, { ...place, message: await showing(at, number) })
  await showing(at, number, 'the bot')

  await press(owner, 'Resolve')
  await owner.submit({
    component: 'belt',
    problem: 'stops while running',
    cause: 'wear',
    remedy: 'part replaced',
    parts: '1 x drive belt',
    note: 'LEAK it was dirty',
    comment: 'A new drive belt is fitted.',
  })
  await hears(writer, 'A new drive belt is fitted.')
  await hears(writer, 'How happy are you')
  await writer.say('5')
  await showing(at, number, 'rated 5 of 5', '1 × drive belt')

  // Enough of them to speak of the slowest.
  for (let time = 0; time < 15; time++) {
    await press(dana, 'Note')
    await dana.submit({ text: `LEAK note ${time}` })
    await eli.command('/repair', 'mine', at.triage)
  }
  await inThread(at, card, 'LEAK note 14')

  const heard = await writer.heard()
  const leaks = heard.filter((text) => text.includes('LEAK') || text.includes('invoice'))
  expect(leaks).toEqual([])
  for (const once of [`We can come for ${number}`, 'At which address', 'A new drive belt is fitted', 'How happy are you'])
    expect(
      heard.filter((text) => text.includes(once)),
      `${once} by ${writer.channel}`,
    ).toHaveLength(1)
  // What the customer wrote and heard stands in the thread, each once and in this order.
  const said = ['We can come', 'Monday is fine', 'At which address', '12 Elm Street']
  const mirrored = thread(at, card)
    .filter((post) => !post.includes('LEAK'))
    .flatMap((post) => said.find((words) => post.split('\n').at(-1)?.startsWith(words)) ?? [])
  expect(mirrored, writer.channel).toEqual(said)
  expect(cardsOf(at, number)).toHaveLength(1)
  return { deliveries: heard.length, duplicates: heard.length - new Set(heard).size, leaks: leaks.length }
}

function print({ slack }: Office, figures: Readonly<Record<string, Figures>>): void {
  const attempts = slack.delivery.attempts.filter(({ kind }) => kind !== 'event')
  const sorted = attempts.map(({ ms }) => ms).toSorted((a, b) => a - b)
  const at = (share: number): number => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0)
  const acknowledged = {
    interactions: attempts.length,
    'p50 ms': at(0.5),
    'p99 ms': at(0.99),
    'not in three seconds': attempts.filter(({ status }) => status !== 200).length,
  }
  console.info(`desk in Slack: ${JSON.stringify({ ...figures, acknowledged })}`)
}

/** A desk without a pair of agents left is a mistake of the test. */
function pair({ pairs }: Office, index: number): readonly [Slacker, Slacker] {
  const found = pairs[index]
  if (found === undefined) throw new Error(`there are only ${pairs.length} pairs of agents`)
  return found
}

describe('repairs worked on in Slack', () => {
  it('by text, WhatsApp, Slack and web chat at once go from the first word to the survey, with nothing leaked and nothing twice', async () => {
    const at = await embeddedOffice(cleanups)
    const writers = [
      byPhone(at.twilio.customer('+14155550111', ourNumber)),
      byPhone(at.twilio.customer('whatsapp:+14155550112', ourWhatsapp)),
      inSlack(at.slack, 'ann'),
      await inWebChat(at.url),
    ]
    const figures = await Promise.all(
      writers.map(async (writer, index) => [writer.channel, await repair(at, writer, pair(at, index), `KP-2039${index}`)] as const),
    )
    for (const [channel, { duplicates }] of figures) expect(duplicates, channel).toBe(0)
    print(at, Object.fromEntries(figures))
  }, 360_000)

  it.skipIf(without('redis', 'mongodb'))(
    'go the same way where a gateway hears and two workers draw; with the store away an agent reads that it was not done',
    async () => {
      const at = await officeOnServers(cleanups)
      print(at, { sms: await repair(at, byPhone(at.twilio.customer('+14155550111', ourNumber)), pair(at, 0), 'KP-20391') })
      const writer = await inWebChat(at.url)
      await writer.say('My oven is cold')
      const card = await opened(at, 'My oven is cold')
      const [dana, eli] = pair(at, 1)
      at.mongo.freeze()
      const attempt = await dana.press('Accept', { message: card, channel: at.triage })
      expect(attempt).toMatchObject({ status: 200 })
      expect(attempt.ms).toBeLessThan(3_000)
      await eventually(async () => dana.ephemerals().find((note) => shownIn(note).includes('was not done')), 'the agent to read that it was not done')
      at.mongo.thaw()
      // Once the store is back a press does what it says; the one before did nothing.
      await eli.press('Accept', { message: card, channel: at.triage })
      await showing(at, numberOf(card), `<@${eli.id}> since`)
    },
    360_000,
  )
})

describe('a crash', () => {
  it('between posting a card and noting that it stands there leaves one card, with the whole thread', async () => {
    const at = await embeddedOffice(cleanups)
    at.slack.trouble('chat.postMessage', { kind: 'lost' })
    const writer = await inWebChat(at.url)
    await writer.say('My oven is cold')
    const number = numberOf(await opened(at, 'My oven is cold'))
    await at.desk.restart()
    const card = await showing(at, number, 'My oven is cold')
    await inThread(at, card, 'My oven is cold')
    // Between a post of the thread and its note, too.
    at.slack.trouble('chat.postMessage', { kind: 'lost' })
    await writer.say('And it smells')
    await inThread(at, card, 'And it smells')
    await at.desk.restart()
    await writer.say('Hello?')
    await inThread(at, card, 'Hello?')
    expect(cardsOf(at, number)).toHaveLength(1)
    for (const words of ['My oven is cold', 'And it smells', 'Hello?'])
      expect(
        thread(at, card).filter((post) => post.endsWith(words)),
        words,
      ).toHaveLength(1)
  }, 240_000)
})
