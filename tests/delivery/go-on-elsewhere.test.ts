// A repair request begun in web chat and finished by text or mail: once the address is proved to be the customer's, and never before. One ticket all along.
import { afterEach, describe, expect, it } from 'vitest'
import { flows } from '../../flows/index.ts'
import { flowAbout } from '../../src/bot/memory.ts'
import { createBot, loadTexts } from '../../src/bot/index.ts'
import type { ChannelName } from '../../src/message.ts'
import { chatting, outboundOf, settled, texting, write } from '../support/customers.ts'
import { movableClock } from '../support/clock.ts'
import { createFolder, createProvider, live, type Life, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const texts = loadTexts()
const phone = '+14155552671'
const mailbox = 'ann@example.org'
const visitor = 'visitor-1'

interface Desk {
  life: Life
  clock: ReturnType<typeof movableClock>
  provider: Provider
  /** Writes, and answers all that is said back there. */
  say(channel: ChannelName, from: string, words: string): Promise<string>
  /** All that was said there, oldest first. */
  said(channel: ChannelName, address: string): Promise<string[]>
  tickets(): ReturnType<Life['core']['collections']['tickets']['find']>
  code(): Promise<string>
}

async function begin(): Promise<Desk> {
  const folder = createFolder()
  const provider = createProvider()
  const clock = movableClock()
  cleanups.push(folder.remove)
  const life = await live({
    folder: folder.path,
    provider,
    clock,
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
    abilities: { questions: 'all_at_once' },
    also: [texting, chatting],
    yaml: 'company: Harbour Street\ncountry: US\n',
  })
  cleanups.push(() => life.close())
  const said = async (channel: ChannelName, address: string) =>
    (await outboundOf(life)).flatMap((message) => (message.place.channel === channel && message.place.address === address ? [message.text] : []))
  return {
    life,
    clock,
    provider,
    said,
    async say(channel, from, words) {
      const before = (await said(channel, from)).length
      await write(life, channel, from, words)
      await settled(life)
      return (await said(channel, from)).slice(before).join('\n---\n')
    },
    tickets: () => life.core.collections.tickets.find({}, { sort: { createdAt: 1 } }),
    code: () => eventually(async () => /\b\d{6}\b/.exec(provider.sent.findLast(({ oneTimeCode }) => oneTimeCode !== undefined)?.text ?? '')?.[0], 'the code'),
  }
}

/** Half a form in web chat; answers the ticket's number. */
async function halfWay({ say, tickets }: Desk): Promise<string> {
  await say('webchat', visitor, 'My T5 treadmill stops after ten minutes')
  expect(await say('webchat', visitor, 'skip')).toContain('At which address')
  return (await tickets())[0]?._id ?? ''
}

/** The address turns out to be the visitor's, while the form stays where it is. */
async function prove(desk: Desk, wish: string): Promise<void> {
  expect(await desk.say('webchat', visitor, wish)).toContain('code of six digits')
  expect(await desk.say('webchat', visitor, await desk.code())).toContain('Back to your repair request')
}

/** In which conversations a form about the ticket is open. */
async function openAt({ life }: Desk, number: string): Promise<(string | undefined)[]> {
  const all = await life.core.collections.conversations.find({})
  return all.flatMap(({ memory, place }) => (flowAbout(memory, number) === undefined ? [] : [place?.channel]))
}

describe('asked for in the middle of the form', () => {
  it('by text: the code, then the next question there, to the accepted request; the chat asks no more', async () => {
    const desk = await begin()
    const number = await halfWay(desk)
    await desk.say('webchat', visitor, 'text me instead, at 415 555 2671')
    expect(await desk.said('sms', phone)).toHaveLength(1)
    const last = await desk.say('webchat', visitor, await desk.code())
    expect(last).toBe(`Thank you. From now on, news about your repairs goes to ${phone}.\n\nWe go on with your repair request ${number} there.`)
    const [, first] = await desk.said('sms', phone)
    expect(first).toContain(`Let us go on with your repair request ${number} here.`)
    expect(first).toContain('At which address')
    expect(await openAt(desk, number)).toEqual(['sms'])

    const next = await desk.say('sms', phone, '12 Elm St, Springfield')
    // The number they write from is how to reach them.
    expect(next).not.toContain('How can we reach you')
    const summary = await desk.say('sms', phone, 'Thursday afternoon')
    expect(summary).toContain('T5 treadmill')
    expect(summary).toContain('12 Elm St')
    expect(await desk.say('sms', phone, '1')).toContain('accepted')
    const [ticket, ...others] = await desk.tickets()
    expect(others).toEqual([])
    expect(ticket).toMatchObject({ _id: number, status: 'accepted', incomplete: false, fields: { address: '12 Elm St, Springfield' } })
    const conversation = (await desk.life.core.collections.conversations.find({})).find(({ place }) => place?.channel === 'sms')
    expect(ticket?.conversation).toBe(conversation?._id)
    expect((await desk.said('webchat', visitor)).at(-1)).toBe(last)
  })

  it('by mail: one mail asks for all that is missing, and one answer fills it in', async () => {
    const desk = await begin()
    const number = await halfWay(desk)
    await desk.say('webchat', visitor, `email me instead, at ${mailbox}`)
    await desk.say('webchat', visitor, await desk.code())
    const [, asked] = await desk.said('email', mailbox)
    expect(asked).toContain(`Let us go on with your repair request ${number} here.`)
    expect(asked).toContain('- the address where it is')
    expect(asked).not.toContain('what is wrong')
    const mail = (await outboundOf(desk.life)).findLast(({ channel }) => channel === 'email')
    await write(desk.life, 'email', mailbox, '12 Elm St, Springfield', { thread: mail?.place.thread ?? '' })
    await settled(desk.life)
    expect((await desk.said('email', mailbox)).at(-1)).toContain('Is everything right?')
    expect(await desk.tickets()).toHaveLength(1)
  })

  it('only news: the form stays in the chat', async () => {
    const desk = await begin()
    const number = await halfWay(desk)
    await prove(desk, 'text me the news instead, at 415 555 2671')
    expect(await openAt(desk, number)).toEqual(['webchat'])
    expect(await desk.say('webchat', visitor, '12 Elm St, Springfield')).toContain('When would a visit suit you?')
  })

  it('with two requests open, both go along', async () => {
    const desk = await begin()
    const first = await halfWay(desk)
    await desk.say('webchat', visitor, 'another machine: my washing machine leaks')
    const second = (await desk.tickets())[1]?._id ?? ''
    await desk.say('webchat', visitor, 'text me instead, at 415 555 2671')
    await desk.say('webchat', visitor, await desk.code())
    expect(await openAt(desk, second)).toEqual(['sms'])
    // One question at a time: the other request waits in the chat until this one is done, and is asked then.
    for (const words of ['skip', '12 Elm St, Springfield', 'Thursday afternoon', '1']) await desk.say('sms', phone, words)
    expect(await openAt(desk, first)).toEqual(['sms'])
    expect((await desk.said('sms', phone)).at(-1)).toContain(first)
    expect(await desk.tickets()).toHaveLength(2)
  })

  it('the second of two is asked after half an hour of silence, and the first is not lost by it', async () => {
    const desk = await begin()
    const first = await halfWay(desk)
    await desk.say('webchat', visitor, 'another machine: my washing machine leaks')
    const second = (await desk.tickets())[1]?._id ?? ''
    await desk.say('webchat', visitor, 'text me instead, at 415 555 2671')
    await desk.say('webchat', visitor, await desk.code())
    desk.clock.move(31 * 60_000)
    await eventually(async () => ((await openAt(desk, first)).includes('sms') ? true : undefined), 'the other request')
    await settled(desk.life)
    expect([await openAt(desk, first), await openAt(desk, second)]).toEqual([['sms'], ['sms']])
  })
})

describe('from an address that is known to be theirs', () => {
  it('a greeting is answered with the offer to go on; yes goes on, and the chat says where', async () => {
    const desk = await begin()
    const number = await halfWay(desk)
    await prove(desk, 'text me the news instead, at 415 555 2671')
    const hello = await desk.say('sms', phone, 'Hello')
    expect(hello).toContain(`You began a repair request with us, ${number} (T5 treadmill: stops after ten minutes). Shall we go on with it here?`)
    expect(await openAt(desk, number)).toEqual(['webchat'])
    expect(await desk.say('sms', phone, 'yes')).toContain('At which address')
    expect(await openAt(desk, number)).toEqual(['sms'])
    expect((await desk.said('webchat', visitor)).at(-1)).toBe(`We go on with your repair request ${number} where you last wrote to us.`)
    expect(await desk.tickets()).toHaveLength(1)
  })

  it('words that fit are kept until the offer is answered, and count then', async () => {
    const desk = await begin()
    const number = await halfWay(desk)
    await prove(desk, 'text me the news instead, at 415 555 2671')
    expect(await desk.say('sms', phone, 'The treadmill is at 12 Elm St, Springfield')).toContain('Shall we go on with it here?')
    const next = await desk.say('sms', phone, '1')
    expect(next).not.toContain('At which address')
    expect((await desk.tickets()).map(({ _id, fields }) => [_id, fields.address])).toEqual([[number, '12 Elm St, Springfield']])
  })

  it('who talks on instead of answering the offer goes on', async () => {
    const desk = await begin()
    const number = await halfWay(desk)
    await prove(desk, 'text me the news instead, at 415 555 2671')
    await desk.say('sms', phone, 'It is the treadmill again')
    await desk.say('sms', phone, 'it is at 12 Elm St, Springfield')
    expect(await openAt(desk, number)).toEqual(['sms'])
    expect((await desk.tickets()).map(({ fields }) => fields.address)).toEqual(['12 Elm St, Springfield'])
  })

  it('no is a new request, and the one that was begun stays where it is', async () => {
    const desk = await begin()
    const number = await halfWay(desk)
    await prove(desk, 'text me the news instead, at 415 555 2671')
    expect(await desk.say('sms', phone, 'The treadmill makes noise')).toContain('Shall we go on')
    await desk.say('sms', phone, 'no')
    expect(await desk.tickets()).toHaveLength(2)
    expect(await openAt(desk, number)).toEqual(['webchat'])
  })

  it('whoever names the number is not asked', async () => {
    const desk = await begin()
    const number = await halfWay(desk)
    await prove(desk, `email me the news instead, at ${mailbox}`)
    const answer = await desk.say('email', mailbox, `${number}: it is at 12 Elm St, Springfield`)
    expect(answer).toContain(`Let us go on with your repair request ${number} here.`)
    expect(answer).not.toContain('Shall we go on')
    expect((await desk.tickets()).map(({ fields }) => fields.address)).toEqual(['12 Elm St, Springfield'])
  })

  it('another device is another request, without a question', async () => {
    const desk = await begin()
    await halfWay(desk)
    await prove(desk, 'text me the news instead, at 415 555 2671')
    expect(await desk.say('sms', phone, 'My washing machine leaks')).not.toContain('Shall we go on')
    expect(await desk.tickets()).toHaveLength(2)
  })

  it('a request that has moved is offered again to whoever comes back to the chat', async () => {
    const desk = await begin()
    const number = await halfWay(desk)
    await desk.say('webchat', visitor, 'text me instead, at 415 555 2671')
    await desk.say('webchat', visitor, await desk.code())
    expect(await desk.say('webchat', visitor, 'hello')).toContain('Shall we go on with it here?')
    expect(await desk.say('webchat', visitor, 'yes')).toContain('At which address')
    expect(await openAt(desk, number)).toEqual(['webchat'])
    expect((await desk.said('sms', phone)).at(-1)).toContain(`We go on with your repair request ${number}`)
  })

  it('a request that staff have taken on is not offered', async () => {
    const desk = await begin()
    const number = await halfWay(desk)
    await prove(desk, 'text me the news instead, at 415 555 2671')
    await desk.life.core.door.desk.status(number, { to: 'accepted', comment: null, tell: false }, { actor: { kind: 'agent', id: 'dana' }, key: 'd1' })
    expect(await desk.say('sms', phone, 'Hello')).not.toContain('Shall we go on')
  })
})

describe('from an address that nobody has proved', () => {
  it.each([
    ['a greeting', () => 'Hello'],
    ['the number', (number: string) => `${number}: it is at 12 Elm St`],
    ['like words', () => 'My T5 treadmill stops after ten minutes'],
    ['the wish to go on', () => 'I began a request in your chat, go on with it please'],
  ])('%s reveals nothing and joins nothing', async (_what, words) => {
    const desk = await begin()
    const number = await halfWay(desk)
    // Named in the form, which proves nothing.
    await desk.say('webchat', visitor, '12 Oak Ave, Springfield')
    await desk.say('webchat', visitor, '415 555 2671')
    const answer = await desk.say('sms', phone, words(number))
    expect(answer).not.toContain('Shall we go on')
    expect(answer).not.toContain('Oak Ave')
    expect(await openAt(desk, number)).toEqual(['webchat'])
    expect((await desk.tickets())[0]).toMatchObject({ fields: { address: '12 Oak Ave, Springfield' } })
  })
})
