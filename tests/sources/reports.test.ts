// Webhooks in, through the front door: what other systems and machines report becomes one ticket each, and nothing is lost.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createWebhookChannel } from '../../channels/webhook/index.ts'
import { systemClock } from '../../src/clock.ts'
import { systemRandom } from '../../src/random.ts'
import { readSettings } from '../../src/settings.ts'
import type { Source } from '../../src/sources/index.ts'
import { basic, env, shopSecret, signHmac, signStandard, yaml } from '../channels/webhook/sources.ts'
import { apiOf, type Api } from '../support/api.ts'
import { createFolder, createProvider, live, type Life } from '../support/life.ts'
import { eventually } from '../support/processes.ts'

const payload = (name: string) => readFileSync(join(import.meta.dirname, '../channels/webhook/payloads', name), 'utf8')
const ticket = z.looseObject({
  number: z.string(),
  status: z.string(),
  channel: z.string(),
  subject: z.string(),
  priority: z.string(),
  follows: z.string().nullable(),
  conversation: z.string().nullable(),
})
const tickets = z.object({ data: z.array(ticket) })
const faults = z.object({ data: z.array(z.looseObject({ serial: z.string(), count: z.int(), state: z.string(), ticket: z.string() })) })
const timeline = z.object({ data: z.array(z.looseObject({ events: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).optional() })) })
const review = z.object({ data: z.array(z.looseObject({ id: z.string(), about: z.string().nullable() })) })

let life: Life
let api: Api
let sources: readonly Source[] = []
let offset = 0
let cleanup: () => Promise<void>
const provider = createProvider()
const clock = { now: () => systemClock.now() + offset }
beforeAll(async () => {
  const folder = createFolder()
  sources = readSettings(env, () => yaml).sources
  const channel = createWebhookChannel({ sources: () => sources, clock, random: systemRandom })
  life = await live({ folder: folder.path, provider, clock, yaml, env, real: [channel] })
  api = apiOf(() => `http://127.0.0.1:${life.port}`, 'test-key-0123456789')
  cleanup = async () => {
    await life.close()
    folder.remove()
  }
})
afterAll(() => cleanup())

const now = () => new Date(clock.now())
const post = (source: string, body: string, headers: Record<string, string>) =>
  fetch(`http://127.0.0.1:${life.port}/webhooks/in/${source}`, { method: 'POST', body, headers })
const shop = (body: string, id: string) => post('shop', body, signStandard(body, id, now()))
const shopFault = (id: string, changes: Record<string, string> = {}) =>
  Object.entries({ 'C-20931': id, 'ann.lee@': `${id.toLowerCase()}@`, ...changes }).reduce(
    (text, [from, to]) => text.replace(from, to),
    payload('shop-fault.json'),
  )
const found = async (subject: string) => (await api.read('/tickets?limit=200', tickets)).data.filter((each) => each.subject === subject)
const handled = () =>
  eventually(async () => {
    const waiting = await life.core.collections.due.count({ state: 'waiting', 'alarm.kind': 'provider_event' })
    return waiting === 0 && (await life.core.journal.unfinished('9', 1)).length === 0 ? true : undefined
  }, 'every report to be looked at')
const notesOf = async (number: string) =>
  (await api.read(`/tickets/${number}/timeline`, timeline)).data.flatMap(({ events = [] }) =>
    events.flatMap(({ type, text }) => (type === 'note.created' ? [text] : [])),
  )

describe('a report of another system', () => {
  it('opens one ticket for its id, however often and by however many it is sent, and its customer is told the number once', async () => {
    const body = shopFault('C-1', { 'Belt slips': 'Belt slips a lot' })
    const replies = await Promise.all(Array.from({ length: 5 }, (_, index) => shop(body, `msg_${index % 2}`)))
    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    await handled()
    const opened = await found('Order 100234: Belt slips a lot')
    expect(opened).toMatchObject([{ status: 'new', channel: 'webhook', priority: 'high' }])
    await eventually(async () => (provider.sent.some(({ place }) => place.address === 'c-1@example.org') ? true : undefined), 'the customer to be told')
    expect(provider.sent.filter(({ place }) => place.address === 'c-1@example.org')).toHaveLength(1)
  })

  it('is taken as the reference library signs it', async () => {
    const body = shopFault('C-2', { 'Belt slips': 'Belt torn' })
    const at = now()
    const headers = {
      'webhook-id': 'ref',
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(shopSecret).sign('ref', at, body),
    }
    expect((await post('shop', body, { ...headers, 'content-type': 'application/json' })).status).toBe(200)
    await handled()
    expect(await found('Order 100234: Belt torn')).toHaveLength(1)
  })

  it('that tells the same case in other words is noted on its ticket', async () => {
    await shop(shopFault('C-3', { 'Belt slips': 'Belt smells' }), 'm-31')
    await handled()
    await shop(shopFault('C-3', { 'Belt slips': 'Belt burns' }), 'm-32')
    await handled()
    const [opened] = await found('Order 100234: Belt smells')
    expect(await found('Order 100234: Belt burns')).toEqual([])
    expect(await notesOf(opened?.number ?? '')).toEqual([expect.stringContaining('Belt burns')])
  })

  it('is taken from senders who sign the body, or know a password', async () => {
    const order = JSON.stringify({ no: 4711, title: 'Mixer stands still' })
    expect((await post('erp', order, basic())).status).toBe(200)
    expect((await post('erp', order, basic())).status).toBe(200)
    const alarm = payload('device-raised.json').replace('KP-20391', 'KP-00001')
    expect((await post('machines', alarm, signHmac(alarm, 'r-1'))).status).toBe(200)
    await handled()
    expect(await found('Mixer stands still')).toHaveLength(1)
  })

  it('is refused from everybody else', async () => {
    const order = JSON.stringify({ no: 1, title: 'No' })
    const old = new Date(clock.now() - 302_000)
    const soon = new Date(clock.now() + 400_000)
    for (const [source, headers, status] of [
      ['shop', signStandard(`${order} `, 'm'), 401],
      ['shop', signStandard(order, 'm', old), 401],
      ['shop', signStandard(order, 'm', soon), 401],
      ['shop', basic(), 401],
      ['machines', signHmac(`${order} `), 401],
      ['erp', basic('erp:wrong-horse!'), 401],
      ['erp', { 'content-type': 'application/json' }, 401],
      ['erp', { ...basic(), 'content-type': 'text/plain' }, 415],
      ['nobody', basic(), 404],
    ] as const) {
      const reply = await post(source, order, headers)
      expect(reply.status, `${source} ${status}`).toBe(status)
      expect(reply.headers.get('content-type')).toContain('application/problem+json')
    }
    expect((await post('erp', '{"no":', basic())).status).toBe(400)
  })

  it('that nobody understands waits for a person, and becomes a ticket once the mapping is mended', async () => {
    const body = payload('unknown.json')
    expect((await shop(body, 'unknown-1')).status).toBe(200)
    expect((await shop(body, 'unknown-1')).status).toBe(200)
    await handled()
    const waiting = (await api.read('/needs-review', review)).data.filter(({ about }) => about?.startsWith('shop'))
    expect(waiting).toMatchObject([{ about: 'shop: no shape of this source fits' }])
    const id = waiting[0]?.id ?? ''
    expect(await (await api.get(`/needs-review/${id}/raw`)).text()).toBe(body)
    const refused = await api.post(`/needs-review/${id}/replay`)
    expect(refused.status).toBe(409)
    expect(await refused.text()).toContain('no shape of this source fits')

    sources = readSettings(env, () =>
      yaml.replace(
        '- when: { $.type: order.paid }',
        '- { when: { $.event.kind: return_requested }, request: { id: $.event.rma, subject: "Return {$.event.rma}" } }\n        - when: { $.type: order.paid }',
      ),
    ).sources
    for (let time = 0; time < 2; time++) expect((await api.post(`/needs-review/${id}/replay`)).status).toBe(200)
    expect(await found('Return 771')).toHaveLength(1)
    expect((await api.read('/needs-review', review)).data.filter(({ about }) => about?.startsWith('shop'))).toEqual([])
  })
})

describe('a fault of a machine', () => {
  const alarm = async (serial: string, active: boolean): Promise<void> => {
    const body = JSON.stringify({ type: 'device.alarm', device: { serial, model: 'T5 treadmill' }, alarm: { code: 'E07', text: 'Motor overheats', active } })
    expect((await post('machines', body, signHmac(body))).status).toBe(200)
    await handled()
  }
  const minutes = (count: number) => void (offset += count * 60_000)
  const openFor = async (serial: string) =>
    (await api.read('/tickets?limit=200', tickets)).data.filter(({ asset }) => z.looseObject({ serial: z.string().nullable() }).parse(asset).serial === serial)
  const faultOf = async (serial: string) => (await api.read('/device-faults', faults)).data.find((each) => each.serial === serial)

  it('opens one ticket however often it is raised, tells nobody, and counts', async () => {
    const said = provider.sent.length
    for (let time = 0; time < 4; time++) await alarm('KP-1', true)
    expect(await openFor('KP-1')).toMatchObject([{ subject: 'T5 treadmill: fault E07', conversation: null, channel: 'webhook' }])
    expect(await faultOf('KP-1')).toMatchObject({ count: 4, state: 'raised' })
    const number = (await openFor('KP-1'))[0]?.number ?? ''
    expect(await notesOf(number)).toEqual([])
    minutes(31)
    await alarm('KP-1', true)
    expect(await notesOf(number)).toEqual([expect.stringMatching(/again: 5 times since/)])
    expect(provider.sent.length).toBe(said)
  })

  it('that flutters is one still, also when it was just called repaired', async () => {
    await alarm('KP-2', true)
    const number = (await openFor('KP-2'))[0]?.number ?? ''
    for (let time = 0; time < 3; time++) {
      await alarm('KP-2', false)
      await alarm('KP-2', true)
    }
    await api.post(`/tickets/${number}/status`, { status: 'resolved' })
    await alarm('KP-2', false)
    minutes(10)
    await alarm('KP-2', true)
    expect(await openFor('KP-2')).toHaveLength(1)
    expect(await api.read(`/tasks?ticket=${number}&kind=new_information`, review)).toMatchObject({ data: [{}] })
  })

  it('that comes back later is another repair, which follows the first', async () => {
    await alarm('KP-3', true)
    const number = (await openFor('KP-3'))[0]?.number ?? ''
    await alarm('KP-3', false)
    await api.post(`/tickets/${number}/status`, { status: 'resolved' })
    minutes(31)
    await alarm('KP-3', true)
    expect((await openFor('KP-3')).map(({ follows }) => follows)).toEqual([number, null])
    expect(await faultOf('KP-3')).toMatchObject({ count: 1, state: 'raised' })
  })

  it('that is over before anybody heard of it is nothing', async () => {
    await alarm('KP-4', false)
    expect(await openFor('KP-4')).toEqual([])
  })
})
