// Outgoing webhooks through the front door: what happens on the desk arrives, signed, in order, and again until it is taken.
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { webhookTypes } from '../../src/webhooks/index.ts'
import { newMessage } from '../support/life.ts'
import { eventually } from '../support/processes.ts'
import { verify } from '../support/receiver.ts'
import { webhookDesk } from './desk.ts'

const desk = webhookDesk()
const minute = 60_000

describe('an endpoint', () => {
  it('is told what happens to a ticket, in order, signed as the reference library checks it', async () => {
    const { secret } = await desk.endpoint('/signed')
    const number = await desk.open('Pump hums')
    await desk.note(number, 'Ordered a seal')
    await desk.api.post(`/tickets/${number}/status`, { status: 'resolved', comment: 'New seal' })
    await desk.told('/signed', 3)
    const heard = desk.receiver.heard.filter(({ path }) => path === '/signed')
    const events = heard.map((each) => verify(secret, each))
    expect(events.map(({ type, sequence, ticket }) => [type, sequence, ticket])).toEqual([
      ['ticket.created', 1, number],
      ['note.created', 2, number],
      ['ticket.status_changed', 3, number],
    ])
    expect(events[0]?.data).toMatchObject({ subject: 'Pump hums', status: 'new', customer: { name: 'Ann Lee' } })
    expect(events[2]?.data).toEqual({ from: 'new', to: 'resolved', comment: 'New seal' })
    expect(events[2]?.actor).toEqual({ kind: 'api', id: 'admin' })
    expect(heard.map(({ headers, event }) => headers['webhook-id'] === event.id)).toEqual([true, true, true])
    const [first] = heard
    if (first === undefined) throw new Error('nothing was heard')
    expect(() => verify(secret, { ...first, body: first.body.replace('hums', 'sings') })).toThrow('No matching signature')
  })

  it('is told only of what it wants to hear, and nothing from before it was made', async () => {
    const before = await desk.open('Too early')
    await desk.endpoint('/some', ['note.created'])
    await desk.endpoint('/all')
    const number = await desk.open('Fan stops')
    await desk.note(before, 'Called back')
    await desk.note(number, 'Called')
    await desk.told('/all', 3)
    await desk.told('/some', 2)
    expect(desk.receiver.types('/some')).toEqual(['note.created', 'note.created'])
    expect(desk.receiver.types('/all').toSorted()).toEqual(['note.created', 'note.created', 'ticket.created'])
    const numbers = desk.receiver.heard.filter(({ path }) => path === '/some').map(({ event }) => event.sequence)
    expect(numbers).toEqual([1, 1])
  })

  it('hears of messages by their ids, without their words', async () => {
    await desk.endpoint('/messages', ['message.received', 'message.sent', 'ticket.created'])
    await desk.life.accept({ kind: 'message', message: newMessage('The oven smokes', 'oven-1', 'oven@example.org') })
    await desk.told('/messages', 3)
    const heard = desk.receiver.heard.filter(({ path }) => path === '/messages')
    expect(heard.map(({ event }) => event.type).toSorted()).toEqual(['message.received', 'message.sent', 'ticket.created'])
    expect(new Set(heard.map(({ event }) => event.ticket)).size).toBe(1)
    const received = heard.find(({ event }) => event.type === 'message.received')
    expect(received?.body).not.toContain('smokes')
    expect(received?.event.data).toMatchObject({ channel: 'email' })
    const message = z.object({ message: z.string() }).parse(received?.event.data).message
    expect(await (await desk.api.get(`/messages/${message}/raw`)).text()).toBe('The oven smokes')
  })

  it('gets the same event again, under the same id with a new timestamp, until it says 2xx', async () => {
    const { id, secret } = await desk.endpoint('/again', ['ticket.created'])
    let times = 0
    desk.receiver.answer = (_, response) => void response.writeHead(++times <= 2 ? 500 : 204).end('busy with myself')
    const number = await desk.open('Lamp')
    const [waiting] = await eventually(async () => {
      const found = await desk.deliveries(`endpoint=${id}`)
      return found[0]?.tries.length === 1 ? found : undefined
    }, 'the first try')
    expect(waiting).toMatchObject({ state: 'waiting', ticket: number, tries: [{ status: 500, answer: 'busy with myself' }] })
    desk.pass(10_000)
    await eventually(async () => ((await desk.deliveries(`endpoint=${id}`))[0]?.tries.length === 2 ? true : undefined), 'the second try')
    desk.pass(7 * minute)
    await eventually(async () => ((await desk.deliveries(`endpoint=${id}`))[0]?.state === 'delivered' ? true : undefined), 'the third try')
    const heard = desk.receiver.heard.filter(({ path }) => path === '/again')
    expect(new Set(heard.map(({ body }) => body)).size).toBe(1)
    expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    const [first, last] = [heard[0]?.headers['webhook-timestamp'], heard[2]?.headers['webhook-timestamp']]
    expect(Number(last) - Number(first)).toBeGreaterThan(400)
    expect(secret).toMatch(/^whsec_/)
  })

  it('that redirects is not followed', async () => {
    const { id } = await desk.endpoint('/moved', ['ticket.created'])
    desk.receiver.answer = (_, response) => void response.writeHead(307, { location: `${desk.receiver.url}/elsewhere` }).end()
    await desk.open('Lamp again')
    const [delivery] = await eventually(async () => {
      const found = await desk.deliveries(`endpoint=${id}`)
      return found[0]?.tries.length === 1 ? found : undefined
    }, 'a try')
    expect(delivery?.tries[0]?.status).toBe(307)
    expect(desk.receiver.types('/elsewhere')).toEqual([])
  })

  it('that hangs does not keep another waiting, nor does one ticket there another', async () => {
    await desk.endpoint('/slow', ['ticket.created'])
    await desk.endpoint('/quick', ['ticket.created'])
    desk.receiver.answer = ({ path }, response) => {
      if (path === '/quick') response.writeHead(200).end()
    }
    const began = Date.now()
    for (let index = 0; index < 12; index++) await desk.open(`Ticket ${index}`)
    await desk.told('/quick', 12)
    expect(Date.now() - began).toBeLessThan(14_000)
    expect(desk.receiver.heard.filter(({ path }) => path === '/slow').length).toBeGreaterThan(1)
  }, 60_000)

  it('that sends us away is left alone for as long as it asks', async () => {
    const { id } = await desk.endpoint('/busy', ['ticket.created'])
    desk.receiver.answer = (_, response) => void response.writeHead(429, { 'retry-after': '120' }).end()
    await desk.open('One')
    await eventually(async () => ((await desk.deliveries(`endpoint=${id}`))[0]?.tries.length === 1 ? true : undefined), 'a try')
    await desk.open('Two')
    await desk.endpoint('/other', ['ticket.created'])
    await desk.open('Three')
    desk.receiver.answer = (_, response) => void response.writeHead(200).end()
    await desk.told('/other', 1)
    expect(desk.receiver.types('/busy')).toHaveLength(1)
    desk.pass(2 * minute + 1000)
    await desk.told('/busy', 3)
  })
})

describe('events of one ticket', () => {
  it('wait for the one before while the receiver is away, and arrive in order when it is back', async () => {
    const { id } = await desk.endpoint('/away', ['ticket.created', 'note.created'])
    desk.receiver.answer = ({ path }, response) => void (path === '/away' ? response.destroy() : response.end())
    const number = await desk.open('Boiler')
    for (const text of ['one', 'two', 'three']) await desk.note(number, text)
    for (const pause of [10_000, 7 * minute, 40 * minute, 3 * 60 * minute]) {
      await eventually(async () => {
        const found = await desk.deliveries(`endpoint=${id}&ticket=${number}&type=ticket.created`)
        return found[0]?.state === 'waiting' && (found[0].nextTryAt ?? '') > new Date(desk.life.core.clock.now()).toISOString() ? true : undefined
      }, 'a try that failed')
      desk.pass(pause)
    }
    const tried = desk.receiver.heard.filter(({ path, event }) => path === '/away' && event.ticket === number)
    expect(new Set(tried.map(({ event }) => event.sequence))).toEqual(new Set([1]))
    desk.receiver.answer = (_, response) => void response.end()
    desk.pass(6 * 60 * minute)
    await desk.told('/away', 4)
    const all = desk.receiver.heard.filter(({ path }) => path === '/away').map(({ event }) => event.sequence)
    expect(all.slice(tried.length)).toEqual([1, 2, 3, 4])
  })

  it('pass by one that the receiver has refused three times', async () => {
    const { id } = await desk.endpoint('/refuses', ['ticket.created', 'note.created'])
    desk.receiver.answer = ({ event }, response) => void response.writeHead(event.type === 'ticket.created' ? 400 : 200).end('I do not like it')
    const number = await desk.open('Toaster')
    await desk.note(number, 'one')
    const triesOf = async () => (await desk.deliveries(`endpoint=${id}&type=ticket.created`))[0]?.tries.length
    for (const [tries, pause] of [
      [1, 10_000],
      [2, 7 * minute],
    ] as const) {
      await eventually(async () => ((await triesOf()) === tries ? true : undefined), `try ${tries}`)
      expect(desk.receiver.types('/refuses')).toEqual(['ticket.created'])
      desk.pass(pause)
    }
    await desk.told('/refuses', 2)
    expect(await triesOf()).toBe(3)
  })
})

describe('what can be told', () => {
  it('is listed with a schema for each type', async () => {
    const list = z.object({ data: z.array(z.object({ type: z.string(), schema: z.looseObject({ properties: z.looseObject({ data: z.unknown() }) }) })) })
    const { data } = await desk.api.read('/webhook-event-types', list)
    expect(data.map(({ type }) => type)).toEqual(webhookTypes)
  })
})
