// Once, across processes: the same mail in two gateways at the same time, seen from outside.
import { createTransport } from 'nodemailer'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startCluster, type Cluster, type Gateway } from '../support/cluster.ts'
import { without } from '../support/needs.ts'

const secret = 'webhook-secret-0123456789'

interface Mail {
  from: string
  to?: string
  id: string
  text: string
}

const mime = ({ from, to = 'support@desk.example', id, text }: Mail) =>
  [`From: Ann Lee <${from}>`, `To: ${to}`, 'Subject: Treadmill', `Message-ID: <${id}>`, 'Date: Mon, 05 Jan 2026 10:00:00 +0000', '', text, ''].join('\r\n')

async function byWebhook({ url }: Gateway, raw: string): Promise<void> {
  const headers = { authorization: `Bearer ${secret}`, 'content-type': 'message/rfc822' }
  expect((await fetch(`${url}/webhooks/email`, { method: 'POST', headers, body: raw })).status).toBe(200)
}

/** Resolves on 250. */
async function bySmtp({ smtpPort }: Gateway, raw: string, envelope: { from: string; to: string }): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: smtpPort, ignoreTLS: true })
  await transport.sendMail({ envelope, raw })
  transport.close()
}

describe.skipIf(without('redis', 'mongodb'))('two gateways at once', () => {
  let cluster: Cluster
  let gateways: readonly Gateway[]
  let before: { stored: number; again: number; tickets: Set<string> }

  /** What came in since the test began: inputs over both gateways, tickets, their messages, mail that went out. */
  async function seen(customer: string) {
    const [desk] = gateways
    if (desk === undefined) throw new Error('no gateway')
    await desk.quiet(6) // longer than a sweep of recover, which might double what the queue did not
    const counts = await inputs()
    const tickets = (await desk.tickets()).filter(({ number }) => !before.tickets.has(number))
    const messages = (await Promise.all(tickets.map(({ number }) => desk.messages(number)))).flat()
    return {
      stored: counts.stored - before.stored,
      again: counts.again - before.again,
      tickets: tickets.length,
      conversations: new Set(messages.map(({ conversation }) => conversation)).size,
      inbound: messages.filter(({ direction }) => direction === 'inbound').length,
      acknowledgements: messages.filter(({ acknowledgement }) => acknowledgement === true).length,
      mails: cluster.mail.received.filter(({ to }) => to.includes(customer)).length,
    }
  }

  async function inputs(): Promise<{ stored: number; again: number }> {
    const count = async (outcome: string) =>
      (await Promise.all(gateways.map((gateway) => gateway.metric('mendline_inputs_total', { outcome })))).reduce((sum, each) => sum + each, 0)
    return { stored: await count('stored'), again: await count('duplicate') }
  }

  beforeAll(async () => {
    cluster = await startCluster({
      gateways: 2,
      workers: 1,
      env: { SUPPORT_ADDRESS: 'support@desk.example,repairs@desk.example', EMAIL_WEBHOOK_SECRET: secret },
    })
    gateways = cluster.gateways
  }, 120_000)
  afterAll(() => cluster.remove())
  beforeEach(async () => {
    before = { ...(await inputs()), tickets: new Set((await gateways[0]?.tickets())?.map(({ number }) => number)) }
  })

  const everywhere = async (times: number, act: (gateway: Gateway, time: number) => Promise<void>) => {
    await Promise.all(
      Array.from({ length: times / gateways.length }, (_, round) => gateways.map((gateway, index) => act(gateway, round * gateways.length + index))).flat(),
    )
  }

  it('make one message, one ticket and one acknowledgement of a mail that comes twenty times by webhook', async () => {
    const raw = mime({ from: 'ann@customer.example', id: 'hook@customer.example', text: 'My treadmill leaks oil.' })
    await everywhere(20, (gateway) => byWebhook(gateway, raw))
    expect(await seen('ann@customer.example')).toEqual({ stored: 1, again: 19, tickets: 1, conversations: 1, inbound: 1, acknowledgements: 1, mails: 1 })
  })

  it('make one message, one ticket and one acknowledgement of a mail that comes twenty times by SMTP', async () => {
    const from = 'bob@customer.example'
    const raw = mime({ from, id: 'smtp@customer.example', text: 'My treadmill leaks oil.' })
    await everywhere(20, (gateway) => bySmtp(gateway, raw, { from, to: 'support@desk.example' }))
    expect(await seen(from)).toEqual({ stored: 1, again: 19, tickets: 1, conversations: 1, inbound: 1, acknowledgements: 1, mails: 1 })
  })

  it('keep two mails that share a Message-ID and say different things', async () => {
    const from = 'cat@customer.example'
    const raw = ['My treadmill leaks oil.', 'It also makes a loud noise.'].map((text) => mime({ from, id: 'shared@customer.example', text }))
    await everywhere(20, (gateway, time) => bySmtp(gateway, raw[Math.floor(time / 2) % 2] ?? '', { from, to: 'support@desk.example' }))
    expect(await seen(from)).toMatchObject({ stored: 2, again: 18, tickets: 1, inbound: 2, acknowledgements: 1 })
  })

  it('make one message and one ticket of a mail to two of our mailboxes, however its line ends and headers differ', async () => {
    const from = 'dan@customer.example'
    const to = 'support@desk.example, repairs@desk.example'
    const raw = mime({ from, to, id: 'boxes@customer.example', text: 'My treadmill leaks oil.' })
    const boxes = ['support@desk.example', 'repairs@desk.example']
    await everywhere(20, async (gateway, time) => {
      const box = boxes[Math.floor(time / 2) % 2] ?? ''
      await (time < 10 ? bySmtp(gateway, raw, { from, to: box }) : byWebhook(gateway, `Delivered-To: ${box}\n${raw.replaceAll('\r\n', '\n')}`))
    })
    expect(await seen(from)).toEqual({ stored: 1, again: 19, tickets: 1, conversations: 1, inbound: 1, acknowledgements: 1, mails: 1 })
  })
})
