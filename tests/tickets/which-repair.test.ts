// One customer with several repairs, through the whole desk in process: which one a message goes to, and what is kept of it.
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { flows } from '../../flows/index.ts'
import { createBot, loadTexts } from '../../src/bot/index.ts'
import type { ChannelName } from '../../src/message.ts'
import { apiOf } from '../support/api.ts'
import { movableClock } from '../support/clock.ts'
import { chatting, oneCustomer, outboundOf, settled, texting, write } from '../support/customers.ts'
import { createFolder, createProvider, live } from '../support/life.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const texts = loadTexts()
const phone = '+14155552671'
const ticketView = z.looseObject({
  number: z.string(),
  status: z.string(),
  conversation: z.string().nullable(),
  follows: z.string().nullable(),
  followedBy: z.array(z.string()),
  mergedInto: z.string().nullable(),
  merged: z.array(z.string()),
  sameCase: z.array(z.looseObject({ number: z.string(), sameCustomer: z.boolean() })),
  toldApart: z.array(z.looseObject({ number: z.string(), by: z.object({ kind: z.string() }) })),
  acknowledged: z.object({ at: z.string(), message: z.string(), news: z.string().nullable() }).nullable(),
})
const page = z.object({ data: z.array(ticketView) })
const timeline = z.object({ data: z.array(z.looseObject({ events: z.array(z.looseObject({ type: z.string() })).optional() })) })
const said = z.object({ data: z.array(z.object({ id: z.string(), text: z.string(), direction: z.string() })) })

async function begin() {
  const folder = createFolder()
  cleanups.push(folder.remove)
  const clock = movableClock()
  const provider = createProvider()
  const life = await live({
    folder: folder.path,
    provider,
    clock,
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
    also: [texting, chatting],
    yaml: 'survey: { delay: 300d }\nproducts:\n  - { name: T5 treadmill, aliases: [T5] }\n',
  })
  cleanups.push(() => life.close())
  const api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  const tickets = async () => (await api.read('/tickets', page)).data.toReversed()
  const ticket = (number: string) => api.read(`/tickets/${number}`, ticketView)
  return {
    life,
    provider,
    clock,
    api,
    tickets,
    ticket,
    /** Answers what the customer is told there. */
    async say(channel: ChannelName, words: string, more: Parameters<typeof write>[4] = {}, from = channel === 'sms' ? phone : 'visitor-1'): Promise<string> {
      await write(life, channel, from, words, more)
      await settled(life)
      return (await outboundOf(life)).findLast(({ place }) => place.channel === channel && place.address === from)?.text ?? ''
    },
    messages: async (number: string) => (await api.read(`/tickets/${number}/messages`, said)).data.toReversed(),
    events: async (number: string) => (await api.read(`/tickets/${number}/timeline`, timeline)).data.flatMap(({ events = [] }) => events),
    tasks: () => life.core.collections.tasks.find({}),
    async move(number: string, ...statuses: string[]) {
      for (const status of statuses) expect((await api.post(`/tickets/${number}/status`, { status })).status).toBe(200)
      await settled(life)
    },
    same: () => oneCustomer(life, ['webchat', 'visitor-1'], ['sms', phone]),
  }
}
type Desk = Awaited<ReturnType<typeof begin>>

/** The same customer in web chat and by text, with one repair from the chat. */
async function known(): Promise<Desk & { first: string }> {
  const desk = await begin()
  await desk.say('sms', 'hello')
  await desk.say('webchat', 'My T5 treadmill, SN KP-20391, stops after ten minutes, at 12 Elm Street, 415 555 0100, Thursday')
  await desk.say('webchat', 'yes')
  await desk.same()
  const [first] = await desk.tickets()
  if (first?.status !== 'accepted') throw new Error('no accepted repair')
  return { ...desk, first: first.number }
}

describe('a report of what was reported on another channel', () => {
  it('goes to the first repair by the word of the customer, with its messages, said once; what follows goes there too', async () => {
    const desk = await known()
    expect(await desk.say('sms', 'my T5 stops all by itself')).toContain('Is it the same?')
    const second = (await desk.tickets())[1]?.number ?? ''
    const before = (await outboundOf(desk.life)).length
    expect(await desk.say('sms', '1')).toContain(desk.first)
    expect((await outboundOf(desk.life)).length).toBe(before + 1)
    expect(await desk.ticket(second)).toMatchObject({ mergedInto: desk.first })
    expect(await desk.ticket(desk.first)).toMatchObject({ merged: [second], sameCase: [], status: 'accepted' })
    expect((await desk.events(desk.first)).find(({ type }) => type === 'ticket.merged')).toMatchObject({ from: second, into: desk.first })
    await desk.say('sms', 'and the belt slips as well')
    expect((await desk.messages(desk.first)).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['my T5 stops all by itself', '1', 'and the belt slips as well']),
    )
    expect(await desk.tickets()).toHaveLength(2)
  })

  it('stays by itself by the word of the customer, for agents, too', async () => {
    const desk = await known()
    await desk.say('sms', 'my T5 stops all by itself')
    await desk.say('sms', 'no')
    const [first, second] = await desk.tickets()
    for (const [one, other] of [
      [first, second],
      [second, first],
    ])
      expect(one).toMatchObject({ mergedInto: null, sameCase: [], toldApart: [{ number: other?.number, by: { kind: 'customer' } }] })
  })

  it('on two channels at the same moment becomes one, however both are answered', async () => {
    const desk = await begin()
    await desk.say('sms', 'hello')
    await desk.say('webchat', 'hello')
    await desk.same()
    await Promise.all([desk.say('sms', 'my T5 stops all by itself'), desk.say('webchat', 'The T5 stops after a minute')])
    expect(await desk.tickets()).toHaveLength(2)
    for (const { sameCase } of await desk.tickets()) expect(sameCase).toMatchObject([{ sameCustomer: true }])
    // The form asks as soon as more is known of the device.
    await Promise.all([desk.say('sms', 'SN KP-20391'), desk.say('webchat', 'SN KP-20391')])
    await Promise.all([desk.say('sms', 'yes'), desk.say('webchat', 'yes')])
    const alive = (await desk.tickets()).filter(({ mergedInto }) => mergedInto === null)
    expect(alive).toHaveLength(1)
    expect(await desk.tasks()).toEqual([])
    for (const channel of ['sms', 'webchat'] as const) expect(await desk.say(channel, 'where is my repair?')).toContain(alive[0]?.number)
  })

  it('by somebody else is shown to agents alone: the customer reads nothing of it', async () => {
    const desk = await known()
    const answer = await desk.say('webchat', 'Our treadmill, SN KP-20391, stops all by itself', {}, 'visitor-2')
    expect(answer).not.toContain(desk.first)
    const second = (await desk.tickets())[1]
    expect(second?.sameCase).toMatchObject([{ number: desk.first, sameCustomer: false }])
    expect(await desk.life.core.door.desk.card(desk.first)).toMatchObject({ sameCase: [{ number: second?.number, customer: { same: false } }] })
  })
})

it('two who turn out to be one customer are compared anew, for agents to see', async () => {
  const desk = await begin()
  await desk.say('sms', 'my T5 stops all by itself')
  await desk.say('webchat', 'The T5 stops after a minute')
  for (const { sameCase } of await desk.tickets()) expect(sameCase).toEqual([])
  await desk.say('webchat', `Please text me instead at ${phone}`)
  const code = /\b\d{6}\b/.exec(desk.provider.sent.findLast(({ oneTimeCode }) => oneTimeCode !== undefined)?.text ?? '')?.[0]
  await desk.say('webchat', code ?? 'there is no code')
  const [first, second] = await desk.tickets()
  expect(first?.sameCase).toMatchObject([{ number: second?.number, asset: 'product', sameCustomer: true }])
  expect(second?.sameCase).toMatchObject([{ number: first?.number, asset: 'product', sameCustomer: true }])
})

describe('trouble that comes back', () => {
  it('within `reopenWithin` takes the repair up again; later a new one follows it, which both say', async () => {
    const desk = await known()
    await desk.move(desk.first, 'resolved', 'closed')
    desk.clock.move(13 * 86_400_000)
    expect(await desk.say('sms', 'The T5 is broken again')).toContain(desk.first)
    expect(await desk.ticket(desk.first)).toMatchObject({ status: 'in_progress', followedBy: [] })
    await desk.move(desk.first, 'resolved', 'closed')
    desk.clock.move(15 * 86_400_000)
    await desk.say('sms', 'The T5 is broken again')
    const second = (await desk.tickets())[1]
    expect(second).toMatchObject({ status: 'new', follows: desk.first, asset: { serial: 'KP-20391', product: 'T5 treadmill' } })
    expect(await desk.ticket(desk.first)).toMatchObject({ status: 'closed', followedBy: [second?.number] })
    expect(await desk.events(desk.first)).toContainEqual({ type: 'ticket.followed', by: second?.number })
    expect(await desk.events(second?.number ?? '')).toContainEqual(
      expect.objectContaining({ type: 'ticket.created', ticket: expect.objectContaining({ follows: desk.first }) }),
    )
  })
})

describe('thanks', () => {
  it('are kept as acknowledging the last news: which, when and in which message; nobody is alarmed, nothing is taken up again', async () => {
    const desk = await known()
    await desk.move(desk.first, 'resolved')
    const news = (await desk.messages(desk.first)).at(-1)
    const before = await desk.tasks()
    await desk.say('webchat', 'thank you!')
    const thanked = (await desk.messages(desk.first)).findLast(({ direction }) => direction === 'inbound')
    expect(await desk.ticket(desk.first)).toMatchObject({ status: 'resolved', acknowledged: { message: thanked?.id, news: news?.id, at: expect.any(String) } })
    expect(await desk.events(desk.first)).toContainEqual({ type: 'ticket.acknowledged', message: thanked?.id, news: news?.id })
    expect(await desk.tasks()).toEqual(before)
  })

  it('for the words of an agent are kept as well, while the agent has the conversation', async () => {
    const desk = await known()
    expect((await desk.api.post(`/tickets/${desk.first}/messages`, { text: 'We come on Friday.', agent: 'Dana' })).status).toBe(202)
    await settled(desk.life)
    const news = (await desk.messages(desk.first)).find(({ text }) => text === 'We come on Friday.')
    await desk.say('webchat', '谢谢')
    expect((await desk.ticket(desk.first)).acknowledged).toMatchObject({ news: news?.id })
  })
})

describe('while an agent has the conversation', () => {
  it('what is quoted says which repair the words belong to, else what the agent wrote about', async () => {
    const desk = await known()
    await desk.say('webchat', 'I have a new repair: my fridge is not cooling')
    const second = (await desk.tickets())[1]?.number ?? ''
    const aboutFirst = (await outboundOf(desk.life)).find(({ ticket }) => ticket === desk.first)
    await desk.api.post(`/tickets/${second}/messages`, { text: 'Which fridge is it?', agent: 'Dana' })
    await settled(desk.life)
    await desk.say('webchat', 'the tall one')
    await desk.say('webchat', 'and this one?', { repliesTo: [aboutFirst?._id ?? ''] })
    expect((await desk.messages(second)).map(({ text }) => text)).toContain('the tall one')
    expect((await desk.messages(desk.first)).map(({ text }) => text)).toContain('and this one?')
  })
})

it('a reply to a message goes to the repair of that message', async () => {
  const desk = await known()
  await desk.say('webchat', 'I have a new repair: my fridge is not cooling')
  await desk.say('webchat', 'a person please')
  const [, second] = await desk.tickets()
  await desk.api.post(`/tickets/${second?.number}/return-to-bot`)
  const aboutFirst = (await outboundOf(desk.life)).find(({ ticket }) => ticket === desk.first)
  expect(await desk.say('webchat', 'the gate code is 4711', { repliesTo: [aboutFirst?._id ?? ''] })).toContain(desk.first)
})
