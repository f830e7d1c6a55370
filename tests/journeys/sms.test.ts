// By text and by WhatsApp, from first word to survey answer, against the started program from outside: an emulated Twilio, and people with phones.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTwilio, type TwilioEmulator } from '../emulators/twilio.ts'
import type { Customer } from '../emulators/twilio/customer.ts'
import { startCluster } from '../support/cluster.ts'
import { without } from '../support/needs.ts'
import { outside, type Outside } from '../support/outside.ts'
import { eventually, freePort, startMendline } from '../support/processes.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

const key = 'cluster-key-0123456789'
const ourNumber = '+14152001331'
const ourWhatsapp = 'whatsapp:+14155238886'
const publicUrl = 'https://desk.example'

interface Desk extends Outside {
  url: string
}

/** Twilio signs for the public address; a proxy brings each call to one of the gateways in turn. */
async function phoneNetwork(): Promise<{ twilio: TwilioEmulator; env: Record<string, string>; gateways: string[]; visits: string[] }> {
  const gateways: string[] = []
  /** Which gateway took which call. */
  const visits: string[] = []
  const twilio = await startTwilio({
    numbers: [ourNumber, ourWhatsapp],
    webhook: `${publicUrl}/webhooks/sms`,
    door(url) {
      const gateway = gateways[visits.length % gateways.length] ?? 'http://127.0.0.1:9'
      visits.push(gateway)
      return url.replace(publicUrl, gateway)
    },
  })
  cleanups.push(() => twilio.goAway())
  const folder = mkdtempSync(join(tmpdir(), 'mendline-sms-'))
  cleanups.push(() => rmSync(folder, { recursive: true, force: true }))
  const settings = join(folder, 'mendline.yaml')
  writeFileSync(settings, 'survey:\n  delay: 1s\n')
  const env = {
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_FROM: ourNumber,
    TWILIO_WHATSAPP_FROM: ourWhatsapp,
    TWILIO_API_URL: twilio.url,
    PUBLIC_URL: publicUrl,
    SETTINGS_FILE: settings,
    DATA_DIR: join(folder, 'data'),
  }
  return { twilio, env, gateways, visits }
}

async function embedded(env: Readonly<Record<string, string>>, gateways: string[]): Promise<Desk & { kill(): Promise<void> }> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  gateways.splice(0, 1, url)
  const running = await startMendline({ ...env, PORT: String(port), SMTP_LISTEN_PORT: 'off', ADMIN_KEY: key })
  cleanups.push(() => running.kill())
  return { ...outside(url, key), url, kill: () => running.kill() }
}

const ticketPage = z.object({
  data: z.array(z.object({ number: z.string(), status: z.string(), channel: z.string(), satisfaction: z.object({ score: z.number() }).nullable() })),
})
const messagePage = z.object({
  data: z.array(
    z.object({ direction: z.string(), text: z.string(), state: z.string(), channel: z.string(), attachments: z.array(z.object({ contentType: z.string() })) }),
  ),
})

async function api(desk: Desk, path: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(`${desk.url}/api/v1${path}`, {
    headers: { authorization: `Bearer ${key}` },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  expect(answer.status).toBeLessThan(300)
  return answer.json()
}
const tickets = async (desk: Desk) => ticketPage.parse(await api(desk, '/tickets')).data
const messagesOf = async (desk: Desk, number: string) => messagePage.parse(await api(desk, `/tickets/${number}/messages`)).data

/** The number before the choice that reads so, in the message that was sent last. */
function numberOf(choice: string, message: string): string {
  return new RegExp(`^(\\d+) ${choice}$`, 'm').exec(message)?.[1] ?? `no choice "${choice}"`
}

/** Asks for a repair, answers what is asked, hears that it is done, and says how it went. */
async function repair(desk: Desk, customer: Customer, channel: string): Promise<void> {
  const known = (await tickets(desk)).length
  let answer = await customer.ask(
    'Hi, our T5 treadmill (SN KP-20391) stops after ten minutes with E03 since Monday, we are at 12 Elm St, call me on 415 555 0100, Thursday afternoon suits. Ann Lee',
  )
  const [ticket] = await tickets(desk)
  if (ticket === undefined) throw new Error('no ticket')
  expect(ticket).toMatchObject({ status: 'new', channel })
  expect(answer).toContain(ticket.number)
  while (/^\d+ Skip$/m.test(answer)) answer = await customer.ask(numberOf('Skip', answer))
  expect(answer).toContain('12 Elm St')
  expect(await customer.ask(numberOf('All correct', answer))).toContain('accepted')
  const before = customer.inbox().length
  await api(desk, `/tickets/${ticket.number}/status`, { status: 'resolved', comment: 'New drive belt fitted.' })
  const after = await customer.waitFor(before + 2)
  expect(after[before]?.body).toContain('New drive belt fitted.')
  expect(after[before + 1]?.body).toMatch(/^5 Very happy$/m)
  await customer.ask('5')
  await eventually(
    async () => ((await tickets(desk)).find(({ number }) => number === ticket.number)?.satisfaction?.score === 5 ? true : undefined),
    'the rating',
  )
  expect(await tickets(desk)).toHaveLength(known + 1)
  // Every word arrived, as its status told, and none went twice.
  const outgoing = await eventually(async () => {
    const all = (await messagesOf(desk, ticket.number)).filter(({ direction }) => direction === 'outbound')
    return all.every(({ state }) => state === 'delivered') ? all : undefined
  }, 'everything to be delivered')
  expect(customer.inbox().map(({ body }) => body.split('\n\n1 ')[0])).toEqual(outgoing.toReversed().map(({ text }) => text))
}

describe('by text', () => {
  it('a repair goes from first word to survey answer on the embedded engines, and a text whose webhook never came is brought in once', async () => {
    const { twilio, env, gateways } = await phoneNetwork()
    // While the desk is not even running: Twilio calls in vain, and does not call again.
    const bob = twilio.customer('+16505550123', ourNumber, 'Bob Ray')
    const lost = await bob.text('Our dishwasher leaks', { lost: true, at: new Date(Date.now() - 120_000) })
    const desk = await embedded(env, gateways)
    await bob.waitFor(1)
    const [ticket] = await tickets(desk)
    // The webhook comes after all, from Twilio's console, and is the same text.
    expect(await twilio.again(lost.fields['MessageSid'] ?? '')).toMatchObject({ status: 200 })
    // Twilio confirms an opt-out itself, from our number: that message is none of ours, and nobody's task.
    await bob.text('STOP')
    await repair(desk, twilio.customer('+17067815146', ourNumber), 'sms')
    const bobs = await messagesOf(desk, ticket?.number ?? '')
    expect(
      bobs
        .filter(({ direction }) => direction === 'inbound')
        .map(({ text }) => text)
        .toSorted(),
    ).toEqual(['Our dishwasher leaks', 'STOP'])
    expect(bob.inbox().filter(({ direction }) => direction === 'outbound-api')).toHaveLength(1)
    expect((await desk.tasks()).filter(({ kind }) => kind === 'unmatched')).toEqual([])
    expect(twilio.called.filter(({ status }) => status !== 200)).toEqual([])
    expect(twilio.strangers).toBe(0)
  }, 120_000)

  it('what Twilio had taken when the desk was killed is found there, and not sent again', async () => {
    const { twilio, env, gateways } = await phoneNetwork()
    const first = await embedded(env, gateways)
    const ann = twilio.customer('+17067815146', ourNumber)
    // Twilio says nothing before the desk is dead, not even what became of it.
    twilio.slow(60_000)
    twilio.destine(ann.address, [])
    await ann.text('Our washing machine leaks')
    await ann.waitFor(1)
    await first.kill()
    twilio.slow(0)
    const desk = await embedded(env, gateways)
    const answer = await eventually(async () => {
      const [ticket] = await tickets(desk)
      const messages = await messagesOf(desk, ticket?.number ?? '')
      return messages.find(({ direction, state }) => direction === 'outbound' && state === 'sent')
    }, 'the answer to be known as sent')
    expect(ann.inbox().map(({ body }) => body.split('\n\n1 ')[0])).toEqual([answer.text])
    expect(await desk.metric('mendline_maybe_twice_total')).toBe(0)
  }, 120_000)

  it.skipIf(without('redis', 'mongodb'))(
    'and by WhatsApp, a repair goes from first word to survey answer on servers; eight photos at two gateways are one ticket with one answer',
    async () => {
      const { twilio, env, gateways, visits } = await phoneNetwork()
      const cluster = await startCluster({ gateways: 2, workers: 1, env })
      cleanups.push(() => cluster.remove())
      gateways.push(...cluster.gateways.map(({ url }) => url))
      const [desk] = cluster.gateways
      if (desk === undefined) throw new Error('no gateway')

      await repair(desk, twilio.customer('+17067815146', ourNumber), 'sms')
      await repair(desk, twilio.customer('whatsapp:+4915217532498', ourWhatsapp, 'Anna Lind'), 'whatsapp')

      const carl = twilio.customer('+16505550177', ourNumber, 'Carl')
      const photos = Array.from({ length: 8 }, (_, n) => Buffer.from([0xff, 0xd8, 0xff, 0xe0, ...Array.from({ length: 64 }, () => n)]))
      await Promise.all(
        photos.map(async (photo, n) => {
          // In no order, within two seconds: carriers bring the pictures of one burst as they come.
          await new Promise((resolve) => setTimeout(resolve, ((n * 5) % 8) * 200))
          expect(await carl.photo(photo, { missing: n % 3 === 0 ? 1 : 0 })).toMatchObject({ status: 200 })
        }),
      )
      await carl.waitFor(1)
      await desk.quiet(3)
      const mine = (await tickets(desk)).slice(0, -2)
      expect(mine).toHaveLength(1)
      const messages = await messagesOf(desk, mine[0]?.number ?? '')
      expect(messages.filter(({ direction }) => direction === 'inbound')).toHaveLength(8)
      expect(messages.flatMap(({ attachments }) => attachments).map(({ contentType }) => contentType)).toEqual(photos.map(() => 'image/jpeg'))
      expect(messages.filter(({ direction }) => direction === 'outbound')).toHaveLength(1)
      expect(carl.inbox()).toHaveLength(1)
      // Both gateways took some of it.
      for (const url of gateways) expect(visits.filter((visited) => visited === url).length).toBeGreaterThan(4)
    },
    180_000,
  )
})
