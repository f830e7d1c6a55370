// The log of deliveries does not grow for ever, and forgetting it changes nothing of what endpoints are told.
import { describe, expect, it } from 'vitest'
import { sweep } from '../../src/intake/recover.ts'
import { newMessage } from '../support/life.ts'
import { eventually } from '../support/processes.ts'
import { webhookDesk } from './desk.ts'

const desk = webhookDesk('webhooks: { allow: [127.0.0.0/8], keepFor: 10d }')
const day = 86_400_000

/** Waits until the endpoint took so many. */
const delivered = (endpoint: string, count: number) =>
  eventually(
    async () => ((await desk.deliveries(`endpoint=${endpoint}&state=delivered`)).length === count ? true : undefined),
    `${count} deliveries to ${endpoint}`,
  )
const sequences = (path: string) => desk.receiver.heard.filter((each) => each.path === path).map(({ event }) => event.sequence)

describe('the log of deliveries', () => {
  it('forgets what was delivered when its time is over, and no sooner; the sequence of the ticket goes on', async () => {
    const { id } = await desk.endpoint('/takes', ['ticket.created', 'note.created'])
    const number = await desk.open('Belt squeals')
    await desk.note(number, 'Called')
    await delivered(id, 2)
    desk.pass(9 * day)
    await sweep(desk.life.core)
    expect(await desk.deliveries(`endpoint=${id}`)).toHaveLength(2)
    desk.pass(1.5 * day)
    await sweep(desk.life.core)
    expect(await desk.deliveries(`endpoint=${id}`)).toEqual([])
    await desk.note(number, 'Called again')
    await desk.note(number, 'Called back')
    await delivered(id, 2)
    expect(sequences('/takes')).toEqual([1, 2, 3, 4])
  })

  it('keeps what was not taken', async () => {
    const { id } = await desk.endpoint('/refuses', ['ticket.created'])
    desk.receiver.answer = (_, response) => void response.writeHead(500).end('no')
    await desk.open('Door jams')
    await eventually(async () => ((await desk.deliveries(`endpoint=${id}`))[0]?.tries.length === 1 ? true : undefined), 'a try')
    await desk.api.post(`/webhook-endpoints/${id}/disable`)
    desk.pass(40 * day)
    await sweep(desk.life.core)
    expect(await desk.deliveries(`endpoint=${id}`)).toMatchObject([{ state: 'waiting' }])
  })

  it('forgets, and does not tell again that a message was sent when it is read long after', async () => {
    const { id } = await desk.endpoint('/read', ['message.sent', 'message.delivered'])
    await desk.life.accept({ kind: 'message', message: newMessage('The oven smokes', 'oven-1', 'oven@example.org') })
    await delivered(id, 1)
    const [sent] = await desk.life.core.collections.messages.find({ direction: 'outbound' })
    desk.pass(11 * day)
    await sweep(desk.life.core)
    const raw = { name: 'raw', contentType: 'text/plain', content: new TextEncoder().encode('read') }
    await desk.life.accept({ kind: 'receipt', receipt: { channel: 'email', messageId: sent?._id ?? '', state: 'read' }, raw })
    await delivered(id, 1)
    const heard = desk.receiver.heard.filter(({ path }) => path === '/read').map(({ event }) => [event.type, event.sequence])
    expect(heard).toEqual([
      ['message.sent', 1],
      ['message.delivered', 2],
    ])
  })
})
