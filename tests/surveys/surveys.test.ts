// How a repair went is asked once for each outcome, later, where its customer was last and may be written to, and answered as long as that counts.
import { describe, expect, it } from 'vitest'
import { flows } from '../../flows/index.ts'
import { createBot } from '../../src/bot/index.ts'
import { contactPointId, type OutboundMessage } from '../../src/message.ts'
import { oneCustomer, write } from '../support/customers.ts'
import { texts } from '../support/talk.ts'
import { customer, openField, type Field } from '../dispatch/field.ts'

const hour = 3_600_000
const form = 'form: { product: hidden, serial: hidden, photos: hidden, address: hidden, contact: hidden, preferredTime: hidden }\n'

async function begin(
  more = '',
): Promise<Field & { ticket: string; say(words: string): Promise<string>; pass(ms: number): Promise<void>; asked(): OutboundMessage[] }> {
  const field = await openField({
    yaml: `${form}survey: { delay: 2h, expiresAfter: 3d }\n${more}`,
    bot: createBot({ texts, flows }),
    render: (language, key, values) => texts.render(language, key, values),
  })
  const say = async (words: string): Promise<string> => {
    await write(field.life, 'sms', customer, words)
    await field.settled()
    return field.heard().at(-1) ?? ''
  }
  await say('My treadmill stops after ten minutes')
  await say('1')
  const ticket = (await field.life.core.collections.tickets.find({}))[0]?._id ?? ''
  return {
    ...field,
    ticket,
    say,
    async pass(ms) {
      field.clock.move(ms)
      for (const { _id } of await field.life.core.collections.due.find({ state: 'waiting' })) await field.life.core.queues.add('due', { id: _id }, {})
      await field.settled()
    },
    asked: () => field.provider.sent.filter(({ utterances }) => utterances.some(({ text }) => text === 'survey.ask')),
  }
}
type Desk = Awaited<ReturnType<typeof begin>>

async function resolved(desk: Desk): Promise<void> {
  expect((await desk.api.post(`/tickets/${desk.ticket}/status`, { status: 'resolved' })).status).toBe(200)
  await desk.settled()
}
const surveys = ({ life }: Desk) => life.core.collections.surveys.find({}, { sort: { requestedAt: 1 } })

describe('a survey', () => {
  it('is sent after the delay, not if the repair was taken up again, and once for each time it was finished', async () => {
    const desk = await begin()
    await resolved(desk)
    await desk.pass(hour)
    expect(desk.asked()).toHaveLength(0)
    await desk.api.post(`/tickets/${desk.ticket}/status`, { status: 'in_progress' })
    await desk.pass(2 * hour)
    expect(desk.asked()).toHaveLength(0)
    await resolved(desk)
    await desk.pass(2 * hour)
    expect(desk.asked()).toHaveLength(1)
    await desk.say('5')
    await desk.say('no comment')
    // The next repair of it is another outcome.
    await desk.api.post(`/tickets/${desk.ticket}/status`, { status: 'in_progress' })
    await resolved(desk)
    await desk.pass(2 * hour)
    expect(desk.asked()).toHaveLength(2)
    expect((await surveys(desk)).map(({ state, resolution }) => [state, resolution])).toEqual([
      ['responded', 2],
      ['requested', 3],
    ])
  })

  it('about a device in the shop waits for its return, whatever became of it', async () => {
    const desk = await begin()
    const { id } = await desk.opened(desk.ticket, { kind: 'walk_in' })
    await desk.moved(id, 'received', { status: 'ready', outcome: 'declined_and_returned' })
    await resolved(desk)
    await desk.pass(3 * hour)
    expect(desk.asked()).toHaveLength(0)
    await desk.moved(id, 'returned')
    await desk.pass(2 * hour)
    expect(desk.asked()).toHaveLength(1)
  })

  it('of a repair that was called off is none', async () => {
    const desk = await begin()
    await desk.api.post(`/tickets/${desk.ticket}/status`, { status: 'cancelled' })
    await desk.pass(4 * hour)
    expect(await surveys(desk)).toEqual([])
  })

  it('goes where its customer may be written to, and nowhere when there is no such place', async () => {
    const desk = await begin()
    await write(desk.life, 'email', 'ann@example.org', 'Hello there')
    await desk.settled()
    await oneCustomer(desk.life, ['sms', customer], ['email', 'ann@example.org'])
    await write(desk.life, 'sms', customer, 'STOP')
    await desk.settled()
    await resolved(desk)
    await desk.pass(2 * hour)
    expect(desk.asked().map(({ channel, place }) => [channel, place.address])).toEqual([['email', 'ann@example.org']])

    const silent = await begin()
    await write(silent.life, 'sms', customer, 'STOP')
    await silent.settled()
    await resolved(silent)
    await silent.pass(2 * hour)
    expect(silent.asked()).toEqual([])
  })

  it('that nobody answered in time is over, and a late answer is told so and kept on the repair', async () => {
    const desk = await begin()
    await resolved(desk)
    await desk.pass(2 * hour)
    await desk.pass(73 * hour)
    expect(await surveys(desk)).toMatchObject([{ state: 'expired', score: null }])
    expect(await desk.say('5')).toMatch(/time to rate the repair .* is over/)
    expect(await surveys(desk)).toMatchObject([{ state: 'expired', score: null }])
    expect((await desk.life.core.collections.tickets.get(desk.ticket))?.satisfaction).toBe(null)
    expect(await desk.life.core.collections.messages.find({ ticket: desk.ticket, text: '5' })).toHaveLength(1)
  })

  it('answered badly brings a person once, with the reason, and holds whose work it was, with which parts and where', async () => {
    const desk = await begin('engineers: [{ id: kim, name: Kim }]\n')
    const { id } = await desk.opened(desk.ticket, { kind: 'walk_in' })
    await desk.api.post(`/work-orders/${id}/assign`, { engineer: 'kim' })
    await desk.api.post(`/tickets/${desk.ticket}/assign`, { assignee: 'dana' })
    await desk.moved(id, 'received', { status: 'ready', outcome: 'repaired' }, 'returned')
    const other = { code: 'other', text: 'as seen' }
    const failure = { component: other, problem: other, cause: other, remedy: other, parts: [{ part: 'KP-100' }] }
    await desk.api.post(`/tickets/${desk.ticket}/resolve`, { failure })
    await desk.pass(2 * hour)
    await desk.say('1, it still squeaks terribly')
    const about = { agent: 'dana', engineer: 'kim', parts: ['KP-100'], channel: 'sms' }
    expect(await surveys(desk)).toMatchObject([{ score: 1, comment: 'it still squeaks terribly', about }])
    expect(await desk.life.core.collections.tasks.find({ kind: 'low_score' })).toMatchObject([
      { ticket: desk.ticket, about: '1 of 5: it still squeaks terribly' },
    ])
  })
})

describe('a mail that asks how it went', () => {
  it('can be left by one click: looking changes nothing, posting ends all mail there, and a button begins it again', async () => {
    const desk = await begin()
    await write(desk.life, 'email', 'ann@example.org', 'Our oven stays cold')
    await desk.settled()
    const links: (string | null)[] = []
    // What the channel is handed beside the message.
    const channel = desk.life.core.channels.get('email')
    if (channel === undefined) throw new Error('no mail')
    const { send } = channel
    channel.send = (outgoing) => {
      links.push(outgoing.unsubscribe)
      return send(outgoing)
    }
    const [ticket] = await desk.life.core.collections.tickets.find({ channel: 'email' })
    const finish = async (): Promise<void> => {
      await desk.api.post(`/tickets/${ticket?._id}/status`, { status: 'resolved' })
      await desk.settled()
      await desk.pass(2 * hour)
    }
    await finish()
    expect(links.filter((link) => link !== null)).toHaveLength(1)
    const link = (links.find((each) => each !== null) ?? '').replace(desk.life.core.publicUrl, `http://127.0.0.1:${desk.life.port}`)
    const optedOut = async () => (await desk.life.core.collections.contactPoints.get(contactPointId('email', 'ann@example.org')))?.optedOut
    expect((await fetch(link)).status).toBe(200)
    expect((await fetch(link, { method: 'POST', body: 'something=else' })).status).toBe(422)
    expect(await optedOut()).toBe(null)
    expect((await fetch(link.replace('/unsubscribe/', '/survey/'))).status).toBe(404)

    const oneClick = new FormData()
    oneClick.set('List-Unsubscribe', 'One-Click')
    const left = await fetch(link, { method: 'POST', body: oneClick, redirect: 'manual' })
    expect([left.status, await left.text()]).toEqual([200, expect.stringContaining('ann@example.org no more')])
    expect(await optedOut()).toMatchObject({ words: 'link' })
    const sent = desk.provider.sent.length
    await desk.api.post(`/tickets/${ticket?._id}/status`, { status: 'in_progress' })
    await finish()
    expect(desk.provider.sent.slice(sent)).toEqual([])
    expect((await fetch(link, { method: 'POST', body: new URLSearchParams({ resume: 'yes' }) })).status).toBe(200)
    expect(await optedOut()).toBe(null)
  })
})
