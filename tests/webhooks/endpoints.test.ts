// Looking after webhook endpoints: secrets that change over, switching off and on, telling again, what is refused.
import { describe, expect, it } from 'vitest'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { eventually } from '../support/processes.ts'
import { verify } from '../support/receiver.ts'
import { webhookDesk } from './desk.ts'

const desk = webhookDesk()
const day = 24 * 3_600_000
const view = z.looseObject({ state: z.string(), disabled: z.looseObject({ reason: z.string() }).nullable(), oldSecretsUntil: z.string().nullable() })
const withSecret = z.looseObject({ secret: z.string() })
const tasks = z.object({ data: z.array(z.looseObject({ kind: z.string(), about: z.string().nullable() })) })
const heardAt = (path: string) => desk.receiver.heard.filter((each) => each.path === path)

describe('a secret', () => {
  it('is told once, and kept out of every other answer and of the history', async () => {
    const { id, secret } = await desk.endpoint('/secret')
    for (const path of [`/webhook-endpoints/${id}`, '/webhook-endpoints', '/webhook-deliveries'])
      expect(await (await desk.api.get(path)).text()).not.toContain(secret)
    expect(JSON.stringify(await desk.life.core.journal.entries('webhook_endpoint', id))).not.toContain(secret.slice(6))
    expect(Buffer.from(secret.slice(6), 'base64').length).toBeGreaterThanOrEqual(24)
  })

  it('is answered again to the request that made it', async () => {
    const body = { url: `${desk.receiver.url}/once`, events: [] }
    const made = async () =>
      withSecret.extend({ id: z.string() }).parse(await (await desk.api.post('/webhook-endpoints', body, { 'idempotency-key': 'e-1' })).json())
    const [first, again] = [await made(), await made()]
    expect([again.id, again.secret]).toEqual([first.id, first.secret])
  })

  it('changes over without a gap: both sign until the old one ends', async () => {
    const { id, secret: old } = await desk.endpoint('/rotates', ['ticket.created'])
    const rotated = await desk.api.post(`/webhook-endpoints/${id}/rotate-secret`, { overlap: '1h' })
    const { secret: fresh } = withSecret.parse(await rotated.json())
    await desk.open('During')
    await desk.told('/rotates', 1)
    desk.pass(3_601_000)
    await desk.open('After')
    await desk.told('/rotates', 2)
    const [during, after] = heardAt('/rotates')
    if (during === undefined || after === undefined) throw new Error('nothing was heard')
    for (const secret of [old, fresh]) expect(verify(secret, during).type).toBe('ticket.created')
    const { headers, body, event } = after
    const at = new Date(Number(headers['webhook-timestamp']) * 1000)
    expect(headers['webhook-signature']).toBe(new Webhook(fresh).sign(event.id, at, body))
  })
})

describe('an endpoint', () => {
  it('that answers 410 is switched off with a notice, and another is told of it', async () => {
    const { id } = await desk.endpoint('/gone?key=1', ['ticket.created'])
    await desk.endpoint('/watches', ['webhook_endpoint.disabled'])
    desk.receiver.answer = ({ path }, response) => void response.writeHead(path.startsWith('/gone') ? 410 : 200).end()
    await desk.open('Gone')
    await desk.told('/watches', 1)
    expect(heardAt('/watches')[0]?.event.data).toMatchObject({ endpoint: id, reason: 'gone' })
    expect(await desk.api.read(`/webhook-endpoints/${id}`, view)).toMatchObject({ state: 'disabled', disabled: { reason: 'gone' } })
    const notice = (await desk.api.read('/tasks?kind=webhook_disabled', tasks)).data[0]
    expect(notice?.about).toContain('/gone')
    expect(notice?.about).not.toContain('key=1')
  })

  it('is told what happened while it was off when it is on again, in order', async () => {
    const { id } = await desk.endpoint('/off', ['ticket.created', 'note.created'])
    expect((await desk.api.post(`/webhook-endpoints/${id}/disable`)).status).toBe(200)
    const number = await desk.open('While off')
    await desk.note(number, 'one')
    expect((await desk.api.post(`/webhook-endpoints/${id}/test`)).status).toBe(409)
    expect(desk.receiver.types('/off')).toEqual([])
    await desk.api.post(`/webhook-endpoints/${id}/enable`)
    expect(await desk.told('/off', 2)).toEqual(['ticket.created', 'note.created'])
  })

  it('that fails for five days is switched off; one that takes anything meanwhile is not', async () => {
    const { id } = await desk.endpoint('/fails', ['ticket.created'])
    const tries = async () => (await desk.deliveries(`endpoint=${id}`)).flatMap((each) => each.tries).length
    for (const [time, status] of [500, 500, 200, 500, 500, 500, 500].entries()) {
      desk.receiver.answer = (_, response) => void response.writeHead(status).end()
      const before = await tries()
      await desk.open(`Fails ${time}`)
      await eventually(async () => ((await tries()) > before ? true : undefined), 'another try')
      expect(await desk.api.read(`/webhook-endpoints/${id}`, view)).toMatchObject({ state: 'enabled' })
      if (status === 200) await eventually(async () => ((await desk.deliveries(`endpoint=${id}&state=waiting`)).length === 0 ? true : undefined), 'all taken')
      desk.pass(1.5 * day)
    }
    await eventually(async () => ((await desk.api.read(`/webhook-endpoints/${id}`, view)).state === 'disabled' ? true : undefined), 'its end')
    expect((await desk.api.read('/tasks?kind=webhook_disabled', tasks)).data.length).toBeGreaterThan(0)
  })

  it('that was deleted is told nothing more and is not there', async () => {
    const { id } = await desk.endpoint('/deleted')
    const url = `http://127.0.0.1:${desk.life.port}/api/v1/webhook-endpoints/${id}`
    expect((await fetch(url, { method: 'DELETE', headers: { authorization: 'Bearer test-key-0123456789' } })).status).toBe(204)
    for (const path of ['', '/test', '/enable', '/replay'])
      expect(
        (await (path === '' ? desk.api.get(`/webhook-endpoints/${id}`) : desk.api.post(`/webhook-endpoints/${id}${path}`, path === '/replay' ? {} : undefined)))
          .status,
      ).toBe(404)
    await desk.endpoint('/stays', ['ticket.created'])
    await desk.open('After')
    await desk.told('/stays', 1)
    expect(desk.receiver.types('/deleted')).toEqual([])
  })

  it('is refused where it could be nobody, or hears of what there is not', async () => {
    for (const body of [
      { url: 'nowhere' },
      { url: 'ftp://example.com' },
      { url: 'https://a:b@example.com' },
      { url: 'https://example.com', events: ['ticket.eaten'] },
      {},
    ])
      expect((await desk.api.post('/webhook-endpoints', body)).status, JSON.stringify(body)).toBe(400)
    const { id } = await desk.endpoint('/versioned')
    expect((await desk.api.patch(`/webhook-endpoints/${id}`, { description: 'ERP' }, { 'if-match': '"7"' })).status).toBe(412)
    expect((await desk.api.patch(`/webhook-endpoints/${id}`, { description: 'ERP', events: ['quote.sent'] }, { 'if-match': '"1"' })).status).toBe(200)
  })

  it('inside the house is never asked, and its log says why', async () => {
    const made = await desk.api.post('/webhook-endpoints', { url: 'http://169.254.169.254/latest/meta-data', events: ['ticket.created'] })
    const { id } = z.looseObject({ id: z.string() }).parse(await made.json())
    await desk.open('Metadata')
    const [delivery] = await eventually(async () => {
      const found = await desk.deliveries(`endpoint=${id}`)
      return found[0]?.tries.length === 1 ? found : undefined
    }, 'a try')
    expect(delivery?.tries[0]).toMatchObject({ status: null, answer: expect.stringContaining('webhooks.allow') })
  })
})

describe('telling again', () => {
  it('sends a test at once', async () => {
    const { id } = await desk.endpoint('/test', ['quote.sent'])
    const response = await desk.api.post(`/webhook-endpoints/${id}/test`)
    expect(response.status).toBe(202)
    expect(await desk.told('/test', 1)).toEqual(['webhook.test'])
    expect(heardAt('/test')[0]?.event.data).toEqual({ endpoint: id })
    expect((await desk.api.get(response.headers.get('location')?.replace('/api/v1', '') ?? '')).status).toBe(200)
  })

  it('sends one again, or those of a ticket, or of a time, under their ids', async () => {
    const { id } = await desk.endpoint('/replay', ['ticket.created', 'note.created'])
    const number = await desk.open('First')
    await desk.note(number, 'one')
    await desk.told('/replay', 2)
    const between = new Date(desk.life.core.clock.now() + 1000).toISOString()
    desk.pass(2000)
    await desk.open('Second')
    await desk.told('/replay', 3)
    const count = () => heardAt('/replay').length
    const again = async (more: number, what: string) => eventually(async () => (count() >= more ? true : undefined), what)

    const [newest] = await desk.deliveries(`endpoint=${id}`)
    expect((await desk.api.post(`/webhook-deliveries/${newest?.id}/replay`)).status).toBe(202)
    await again(4, 'one again')
    expect((await desk.api.post(`/webhook-endpoints/${id}/replay`, { ticket: number })).status).toBe(202)
    await again(6, 'those of the ticket')
    expect((await desk.api.post(`/webhook-endpoints/${id}/replay`, { from: between }, { 'idempotency-key': 'r' })).status).toBe(202)
    expect((await desk.api.post(`/webhook-endpoints/${id}/replay`, { from: between }, { 'idempotency-key': 'r' })).status).toBe(202)
    await again(7, 'those of the time')
    await eventually(async () => ((await desk.deliveries(`endpoint=${id}&state=waiting`)).length === 0 ? true : undefined), 'the end')
    expect(heardAt('/replay').map(({ event }) => [event.data['subject'] ?? 'note', event.sequence])).toEqual([
      ['First', 1],
      ['note', 2],
      ['Second', 1],
      ['Second', 1],
      ['First', 1],
      ['note', 2],
      ['Second', 1],
    ])
    expect(new Set(heardAt('/replay').map(({ event }) => event.id)).size).toBe(3)
  })
})
