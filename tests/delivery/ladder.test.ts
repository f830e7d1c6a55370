// The ladder: every proved and allowed address in order, each once, then a person; the ticket's timeline tells each step with its reason.
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { contactPointStream, type ContactPoint } from '../../src/customers/index.ts'
import { rungsOf } from '../../src/delivery/ladder.ts'
import { previewReply } from '../../src/desk/preview.ts'
import { SendError } from '../../src/errors.ts'
import { contactPointId, type ChannelName } from '../../src/message.ts'
import { chatting, get, oneCustomer, outboundOf, pointOf, post, settled, texting, whatsapp, write } from '../support/customers.ts'
import { createFolder, createProvider, live, type Life, type Provider } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const cleanups: (() => void | Promise<void>)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const phone = '+14155552671'
const mail = 'ann@example.org'

async function begin(): Promise<{ life: Life; provider: Provider }> {
  const folder = createFolder()
  const provider = createProvider()
  cleanups.push(folder.remove)
  const life = await live({ folder: folder.path, provider, also: [texting, whatsapp, chatting] })
  cleanups.push(() => life.close())
  return { life, provider }
}

/** One customer who wrote by text, WhatsApp and mail, in that order; the ticket came by text. */
async function ann(life: Life): Promise<string> {
  for (const [channel, address] of [
    ['sms', phone],
    ['whatsapp', phone],
    ['email', mail],
  ] as const) {
    await write(life, channel, address, `It leaks, by ${channel}`)
    await settled(life)
  }
  await oneCustomer(life, ['sms', phone], ['whatsapp', phone], ['email', mail])
  return (await life.core.collections.tickets.find({ channel: 'sms' }))[0]?._id ?? ''
}

const timeline = z.object({ data: z.array(z.object({ events: z.array(z.looseObject({ type: z.string() })).optional() })) })
async function deliveryEvents(life: Life, number: string) {
  const { data } = timeline.parse(await get(life, `/tickets/${number}/timeline`))
  return data.flatMap(({ events = [] }) => events.filter(({ type }) => type.startsWith('ticket.delivery_')))
}
function refuse(provider: Provider, ...channels: ChannelName[]): void {
  provider.onSend = async ({ channel }) => {
    if (channels.includes(channel)) throw new SendError('never', `${channel} is down`)
  }
}
const tellStatus = (life: Life, number: string) => post(life, `/tickets/${number}/status`, { status: 'accepted', comment: 'we come on Friday' })

describe('a message that cannot be delivered', () => {
  it('goes down rung by rung, by last use, and the timeline tells each step with its reason', async () => {
    const { life, provider } = await begin()
    const number = await ann(life)
    refuse(provider, 'sms', 'email')
    await tellStatus(life, number)
    const last = await eventually(async () => provider.sent.find(({ cause, channel }) => cause === 'news' && channel === 'whatsapp'), 'the news by WhatsApp')
    expect(last.text).toContain('ticket.status.accepted')
    await settled(life)
    const news = (await outboundOf(life)).filter(({ cause }) => cause === 'news')
    expect(news.map(({ channel, state }) => `${channel} ${state}`)).toEqual(['sms failed', 'email failed', 'whatsapp sent'])
    expect(news.map(({ relayOf }) => relayOf)).toEqual([null, news[0]?._id, news[1]?._id])
    expect(await deliveryEvents(life, number)).toEqual([
      { type: 'ticket.delivery_rerouted', message: news[0]?._id, from: 'sms', to: 'email', reason: 'sms is down' },
      { type: 'ticket.delivery_rerouted', message: news[1]?._id, from: 'email', to: 'whatsapp', reason: 'email is down' },
    ])
    expect(await life.core.collections.tasks.count({ kind: 'undeliverable' })).toBe(0)
  })

  it('is foretold to the agent who is about to write', async () => {
    const { life } = await begin()
    const number = await ann(life)
    await write(life, 'sms', phone, 'STOP')
    await settled(life)
    const foretold = await previewReply(life.core, number, 'We come on Friday.', { id: 'kim', name: 'Kim' })
    expect(foretold).toMatchObject({ preview: { channel: 'sms', way: { kind: 'fallback', channel: 'email' } } })
  })

  it('ends with a person when every rung failed, told once on the timeline', async () => {
    const { life, provider } = await begin()
    const number = await ann(life)
    refuse(provider, 'sms', 'email', 'whatsapp')
    await tellStatus(life, number)
    await eventually(async () => (await life.core.collections.tasks.find({ kind: 'undeliverable' }))[0], 'a task')
    await settled(life)
    const news = (await outboundOf(life)).filter(({ cause }) => cause === 'news')
    expect(news.map(({ channel, state }) => `${channel} ${state}`)).toEqual(['sms failed', 'email failed', 'whatsapp failed'])
    expect((await deliveryEvents(life, number)).at(-1)).toEqual({
      type: 'ticket.delivery_failed',
      message: news[2]?._id,
      channel: 'whatsapp',
      reason: 'whatsapp is down',
    })
    expect(await life.core.collections.tasks.count({ kind: 'undeliverable' })).toBe(1)
  })

  it('takes first the channel that the customer wants', async () => {
    const { life, provider } = await begin()
    const number = await ann(life)
    const customer = (await life.core.collections.contactPoints.get(contactPointId('sms', phone)))?.customer ?? ''
    await life.core.collections.customers.update(customer, { $set: { prefers: { channel: 'whatsapp', point: null } } })
    refuse(provider, 'sms')
    await post(life, `/tickets/${number}/messages`, { text: 'We come on Friday.' })
    const words = await eventually(async () => provider.sent.find(({ cause }) => cause === 'agent'), "the agent's words")
    expect(words.channel).toBe('whatsapp')
  })

  it('stands in a conversation about the ticket, so that the answer comes to it', async () => {
    const { life, provider } = await begin()
    const number = await ann(life)
    refuse(provider, 'sms')
    await tellStatus(life, number)
    const news = await eventually(async () => provider.sent.find(({ cause, channel }) => cause === 'news' && channel === 'email'), 'the news')
    expect(news.place).toMatchObject({ address: mail, thread: number })
    expect(await life.core.collections.conversations.get(news.conversation)).toMatchObject({ ticket: number, tickets: [number] })
    await write(life, 'email', mail, 'Friday is fine', { hints: { tokens: [], references: [news.providerId ?? ''], numbers: [], own: 'answer@x' } })
    await settled(life)
    const answer = (await life.core.collections.messages.find({ direction: 'inbound' }, { sort: { createdAt: -1 }, limit: 1 }))[0]
    expect(answer).toMatchObject({ conversation: news.conversation })
  })

  it('never goes to an address that was only mentioned, nor into a chat whose visitor is long gone', async () => {
    const { life, provider } = await begin()
    await write(life, 'sms', phone, 'It leaks')
    await write(life, 'webchat', 'visitor', 'It leaks')
    await settled(life)
    await oneCustomer(life, ['sms', phone], ['webchat', 'visitor'])
    const customer = (await pointOf(life, 'sms', phone))?.customer ?? ''
    await life.core.journal.change(contactPointStream, contactPointId('email', mail), {
      key: 'mentioned',
      decide: () => ({
        kind: 'entry',
        actor: { kind: 'system', id: null },
        events: [{ type: 'contact_point.known', channel: 'email', address: mail, customer, name: null, verified: false }],
        effects: [],
      }),
    })
    for (const { _id, place } of await life.core.collections.conversations.find({}))
      if (place?.channel === 'webchat') await life.core.collections.conversations.update(_id, { $set: { lastInboundAt: '2020-01-01T00:00:00.000Z' } })
    const number = (await life.core.collections.tickets.find({ channel: 'sms' }))[0]?._id ?? ''
    refuse(provider, 'sms')
    await tellStatus(life, number)
    await eventually(async () => (await life.core.collections.tasks.find({ kind: 'undeliverable' }))[0], 'a task')
    expect(provider.sent.filter(({ cause }) => cause === 'news')).toEqual([])
  })

  it('is parted where the rung takes less at once, its choices under the last part', async () => {
    const { life, provider } = await begin()
    const number = await ann(life)
    const [ticket] = await life.core.collections.tickets.find({ channel: 'email' })
    const words = `${'We come on Friday. '.repeat(150)}Really.`
    refuse(provider, 'email', 'whatsapp')
    expect((await post(life, `/tickets/${ticket?._id}/messages`, { text: words })).status).toBe(202)
    const parts = await eventually(async () => {
      const found = provider.sent.filter(({ cause, channel }) => cause === 'agent' && channel === 'sms')
      return found.length === 2 ? found : undefined
    }, 'two parts')
    expect(parts.map(({ text }) => text).join(' ')).toBe(words)
    for (const { text } of parts) expect(text.length).toBeLessThanOrEqual(1600)
    expect(number).not.toBe('')
  })
})

describe('the order of the ladder', () => {
  const channels = ['sms', 'whatsapp', 'email', 'slack'] as const
  const pointArb = fc.record({
    channel: fc.constantFrom<ChannelName>(...channels),
    address: fc.constantFrom('a', 'b', 'c'),
    verified: fc.boolean(),
    bad: fc.constantFrom(null, 'gone'),
    optedOut: fc.constantFrom(null, { at: '2026-01-01T00:00:00.000Z', words: 'keyword' as const }),
    wrote: fc.constantFrom(undefined, '2026-01-01', '2026-01-02', '2026-01-03'),
  })

  it('holds only proved, working and allowed addresses, each once, the wanted ones first', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(pointArb, { selector: ({ channel, address }) => `${channel}/${address}` }),
        fc.constantFrom(null, ...channels.map((channel) => ({ channel, point: null })), { channel: 'sms' as const, point: contactPointId('sms', 'b') }),
        fc.subarray(channels.map((channel) => contactPointId(channel, 'a'))),
        (drawn, prefers, tried) => {
          const points = drawn.map(({ channel, address, verified, bad, optedOut }): ContactPoint => {
            const known = contactPointStream.begin(contactPointId(channel, address))
            return { ...known, channel, address, verified, bad, optedOut }
          })
          const lastWrote = new Map(drawn.flatMap(({ channel, address, wrote }) => (wrote === undefined ? [] : [[contactPointId(channel, address), wrote]])))
          const rungs = rungsOf({ points, prefers, lastWrote, isOn: ({ channel }) => channel !== 'slack' }, new Set(tried))
          expect(new Set(rungs).size).toBe(rungs.length)
          for (const rung of rungs) {
            expect(rung).toMatchObject({ verified: true, bad: null, optedOut: null })
            expect(rung.channel).not.toBe('slack')
            expect(tried).not.toContain(rung._id)
          }
          const fit = points.filter(
            (point) => point.verified && point.bad === null && point.optedOut === null && point.channel !== 'slack' && !tried.includes(point._id),
          )
          expect(rungs).toHaveLength(fit.length)
          const rank = (point: ContactPoint) => (prefers === null ? 0 : prefers.point === point._id ? 2 : prefers.channel === point.channel ? 1 : 0)
          for (const [index, rung] of rungs.entries()) {
            const next = rungs[index + 1]
            if (next === undefined) continue
            expect(rank(rung)).toBeGreaterThanOrEqual(rank(next))
            if (rank(rung) === rank(next)) expect((lastWrote.get(rung._id) ?? '') >= (lastWrote.get(next._id) ?? '')).toBe(true)
          }
        },
      ),
    )
  })
})
