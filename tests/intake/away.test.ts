// The hours of people through the whole: a hand-over outside them, the away text once in a while, and silence of the bot meanwhile.
import { afterEach, describe, expect, it } from 'vitest'
import { flows } from '../../flows/index.ts'
import { createBot, loadTexts } from '../../src/bot/index.ts'
import type { Clock } from '../../src/clock.ts'
import { outboundOf, post, settled, texting, write } from '../support/customers.ts'
import { createFolder, createProvider, live, type Life, type LifeOptions, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const texts = loadTexts()
const hour = 3_600_000
const phone = '+14155552671'
const yaml = 'timeZone: Europe/Berlin\nhours: { mon: "09:00-17:00", tue: "09:00-17:00" }\n'
const awayWords = /^Our team is not at work right now\. We have your message and will answer from (.*) on\.$/

/** Starts at a moment of the week of Monday 9 March 2026, and goes on from there. */
function weekClock(start: string): Clock & { move(milliseconds: number): void } {
  const offset = Date.parse(start) - Date.now()
  let moved = 0
  return { now: () => Date.now() + offset + moved, move: (milliseconds) => void (moved += milliseconds) }
}

async function begin(start: string, options: Partial<LifeOptions> = {}): Promise<{ life: Life; provider: Provider; clock: ReturnType<typeof weekClock> }> {
  const folder = createFolder()
  const provider = createProvider()
  const clock = weekClock(start)
  cleanups.push(folder.remove)
  const life = await live({
    folder: folder.path,
    provider,
    clock,
    yaml,
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
    also: [texting],
    ...options,
  })
  cleanups.push(() => life.close())
  return { life, provider, clock }
}
const say = async (life: Life, words: string) => {
  await write(life, 'sms', phone, words)
  await settled(life)
}
const heard = (provider: Provider) => provider.sent.map(({ text }) => text)

describe('a conversation that waits for a person', () => {
  it('hears when people are back, then the away text once in twelve hours, and nothing else from the bot', async () => {
    const { life, provider, clock } = await begin('2026-03-09T18:00:00Z', { yaml: `${yaml}agentTimeout: 1d\n` })
    await say(life, 'I want to talk to a person')
    expect(heard(provider)).toEqual(['Of course. Our team is back on Tuesday 10 March at 09:00 and will answer you here.'])
    for (const words of ['My fridge is not cold', 'where is my repair?']) await say(life, words)
    expect(provider.sent).toHaveLength(1)
    clock.move(12.5 * hour)
    await say(life, 'Hello?')
    expect(heard(provider).at(-1)).toMatch(awayWords)
    expect(heard(provider).at(-1)).toContain('Tuesday 10 March at 09:00')
    await say(life, 'Anybody?')
    expect(provider.sent).toHaveLength(2)
    // Tuesday morning, people are there.
    clock.move(3 * hour)
    await say(life, 'And now?')
    expect(provider.sent).toHaveLength(2)
    const inbound = await life.core.collections.messages.find({ direction: 'inbound' })
    expect(new Set(inbound.map(({ state }) => state))).toEqual(new Set(['handled']))
  })

  it('says nothing of absence in working hours, and the bot is back when nobody came in time', async () => {
    const { life, provider, clock } = await begin('2026-03-09T10:00:00Z')
    await say(life, 'a person please')
    expect(heard(provider)).toEqual(['Of course. A person from our team takes over; please wait a moment.'])
    await say(life, 'My fridge is not cold')
    expect(provider.sent).toHaveLength(1)
    clock.move(31 * 60_000)
    await eventually(async () => ((await life.core.collections.conversations.find({}))[0]?.controlOwner === 'bot' ? true : undefined), 'the bot to be back')
    await say(life, 'My fridge is not cold')
    expect(provider.sent.length).toBeGreaterThan(1)
    expect(await life.core.collections.tickets.count({})).toBe(1)
  })

  it('hears it of an agent who went home, and not of one who writes after hours', async () => {
    for (const [start, told] of [
      ['2026-03-09T15:55:00Z', true],
      ['2026-03-09T19:00:00Z', false],
    ] as const) {
      const { life, provider, clock } = await begin(start)
      await say(life, 'My fridge is not cold')
      const [ticket] = await life.core.collections.tickets.find({})
      expect((await post(life, `/tickets/${ticket?._id}/messages`, { text: 'Which model is it?' })).status).toBe(202)
      await eventually(async () => provider.sent.find(({ cause }) => cause === 'agent'), "the agent's words")
      clock.move(10 * 60_000)
      const before = provider.sent.length
      await say(life, 'A WashMaster 900')
      expect(
        heard(provider)
          .slice(before)
          .filter((text) => awayWords.test(text)),
      ).toHaveLength(told ? 1 : 0)
    }
  })

  it("goes by the hours of the ticket's team", async () => {
    const teams = 'teams: [{ name: night, products: [Dryer], hours: { mon: "20:00-24:00" } }, { name: day, default: true }]\nproducts: [{ name: Dryer }]\n'
    const { life, provider } = await begin('2026-03-09T18:30:00Z', { yaml: `${yaml}${teams}` })
    await say(life, 'My Dryer is not warm')
    await say(life, 'a person please')
    expect(heard(provider).at(-1)).toContain('back on Monday 9 March at 20:00')
  })

  it('spends the budget by mail, and tells a machine nothing', async () => {
    const { life, provider, clock } = await begin('2026-03-09T18:00:00Z', { yaml: `${yaml}agentTimeout: 2d\nawayEvery: 1m\n`, abilities: { budgeted: true } })
    const mail = async (words: string, more = {}) => {
      await write(life, 'email', 'ann@example.org', words, more)
      await settled(life)
      clock.move(90_000)
    }
    await mail('I want to talk to a person')
    for (let round = 0; round < 4; round++) await mail(`Hello ${round}?`)
    const away = (await outboundOf(life)).filter(({ text }) => awayWords.test(text))
    expect(away.map(({ state }) => state)).toEqual(['sent', 'sent', 'suppressed', 'suppressed'])
    const before = (await outboundOf(life)).length
    await mail('I am out of office', { author: 'machine' })
    expect(await outboundOf(life)).toHaveLength(before)
    expect(provider.sent).toHaveLength(3)
  })
})
